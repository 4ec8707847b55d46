import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type LogSettings, type LogsAnswer, type SupportLinks, supportLinks } from '../../api/support.ts';
import type { Services } from '../app.ts';
import { attached } from '../attached.ts';
import { Refusal } from '../refusal.ts';

const LINKS = 'support-links';

/** Through their door again: an address that is no page of the web never becomes a link. */
export async function links({ app }: Services): Promise<SupportLinks> {
  const kept = await app.deps.store.settings.get(LINKS);
  return kept === null ? [] : supportLinks.parse(JSON.parse(kept));
}

export async function putLinks(services: Services, given: SupportLinks): Promise<SupportLinks> {
  await services.app.deps.store.settings.set(LINKS, JSON.stringify(given));
  return links(services);
}

export async function logs({ log }: Services): Promise<LogsAnswer> {
  return { ...log.settings(), files: await log.list() };
}

export async function putLogs(services: Services, given: LogSettings): Promise<LogsAnswer> {
  await services.log.set(given);
  return logs(services);
}

export async function logFile({ log }: Services, name: string): Promise<Response> {
  const path = await log.path(name);
  if (path === null) throw new Refusal(404, 'request.unknown', { path: name.slice(0, 60) });
  return attached(name, 'text/plain; charset=utf-8', createReadStream(path), (await stat(path)).size);
}

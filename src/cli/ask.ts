import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../core/problem.ts';
import type { Context } from './cli.ts';
import { usage } from './say.ts';

/** Asks a person; elsewhere the command ends with 2, since nobody can answer. */
export async function confirmed(
  { app, say }: Context,
  question: string,
  signal = app.terminal.interrupt(),
): Promise<boolean> {
  if (!app.terminal.interactive) throw usage(say.text('cli.usage.needs-yes'));
  const answer = (await app.terminal.ask(`${question} ${say.text('cli.yes-no')} `, signal)).trim().toLowerCase();
  return answer !== '' && say.text('cli.yes-answers').split(' ').includes(answer);
}

/** The folder that was named, made when it is not there: whoever types it wants it. */
export async function folderAsked(out: string | undefined, { app }: Context): Promise<string | null> {
  if (out === undefined) return null;
  const folder = resolve(app.cwd, out);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new Failure('delivery.no-access', { path: folder }, { cause: error });
  });
  return folder;
}

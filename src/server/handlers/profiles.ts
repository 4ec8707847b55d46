import type {
  CreateProfile,
  DeletedProfile,
  FieldError,
  ProfileDocument,
  ProfileHome,
  ProfileSummary,
  SaveProfile,
} from '../../api/api.ts';
import { type Day, dayIn, isTimeZone } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import type { Mappings } from '../../core/settings.ts';
import { appliedToAll } from '../../profiles/apply-to-all.ts';
import type { FieldError as ProfileFault } from '../../profiles/fault.ts';
import { missing } from '../../profiles/gaps.ts';
import { newProfile, withTemplate } from '../../profiles/new-profile.ts';
import { getAt } from '../../profiles/paths.ts';
import { defaultDays } from '../../profiles/periods.ts';
import type { StoredProfile } from '../../profiles/profile.ts';
import type { TemplateName } from '../../profiles/templates.ts';
import { validateProfile } from '../../profiles/validate.ts';
import { defaultFolder } from '../../runs/deliver.ts';
import { type Added, addProfile, createProfile, duplicateProfile } from '../../runs/new-profile.ts';
import { binnedProfiles, binProfile, DEFAULT_PROFILE, forgetProfile, restoreProfile } from '../../runs/profile-bin.ts';
import type { ProfileRow } from '../../store/store.ts';
import type { Services } from '../app.ts';
import { attached, XLSX } from '../attached.ts';
import { exceptionsXlsx } from '../exceptions-xlsx.ts';
import { isRunning } from '../live.ts';
import { Refusal } from '../refusal.ts';
import { profileSummary, runSummary } from '../summaries.ts';
import { spokenIn } from './languages.ts';

const SHOWN_RUNS = 5;
const LOOKED_AT = 50;

export async function summaryOf({ app }: Services, id: string): Promise<ProfileSummary> {
  return profileSummary(id, await app.deps.profiles.get(id), app);
}

export async function create(
  services: Services,
  { credentials, ...asked }: CreateProfile & { readonly template: TemplateName; readonly fiscalYearStart: Day | null },
  signal: AbortSignal,
): Promise<ProfileSummary> {
  return added(
    services,
    await createProfile(services.app, newProfile({ ...asked, folder: null }), credentials, signal),
  );
}

/** A profile exported elsewhere: secrets are not in it, and are asked again. */
export async function importDocument(services: Services, document: unknown): Promise<ProfileSummary> {
  return added(services, await addProfile(services.app, document));
}

export async function duplicate(services: Services, id: string, name: string): Promise<ProfileSummary> {
  return added(services, await duplicateProfile(services.app, id, name));
}

export async function home(services: Services, id: string): Promise<ProfileHome> {
  const { app, live } = services;
  const { store, now } = app.deps;
  const stored = await app.deps.profiles.get(id);
  const { profile } = stored;
  const runs = await store.runs.list(id, LOOKED_AT);
  const review = runs.find(({ state }) => state === 'review');
  const lock = await store.locks.get(id);
  const imported = runs.find(({ state }) => state === 'written');
  const zone = profile.advanced.timeZone;
  // Only a day is needed: with the zone unknown until the shop says it, UTC's day will do as a proposal.
  const days = defaultDays(profile, dayIn(zone !== null && isTimeZone(zone) ? zone : 'UTC', now()));
  return {
    ...profileSummary(id, stored, app),
    folder: folderOf(services, stored),
    timeZone: zone,
    defaultPeriod: profile.import.defaultPeriod,
    defaultFrom: days?.from ?? null,
    defaultTo: days?.to ?? null,
    showEntriesBeforeWriting: profile.entries.showEntriesBeforeWriting,
    missing: stored.demo ? [] : [...missing(profile), ...(await missingSecrets(services, stored))],
    runningRun:
      live.running(id) ??
      (lock !== null && runs.some((run) => run.id === lock.run && isRunning(run)) ? lock.run : null),
    openReview:
      review === undefined ? null : { run: review.id, held: (await store.runs.countDocuments(review.id)).held ?? 0 },
    waiting: await store.parts.countHeld(id),
    lastRuns: runs.slice(0, SHOWN_RUNS).map((run) => runSummary(run, app.ledgers)),
    lastImportAt: imported?.endedAt ?? null,
  };
}

export async function getDocument(services: Services, id: string): Promise<ProfileDocument> {
  const row = await rowOf(services, id);
  const { store } = services.app.deps;
  const names = await store.secrets.names(id);
  const profile = parsed(row);
  const asked =
    services.app.shops.find(({ id: type }) => type === shopOf(profile))?.credentials.map(({ name }) => name) ?? [];
  if (hasBasicAuth(profile)) asked.push('basicAuthPassword');
  return {
    id,
    revision: row.revision,
    profile,
    secrets: [...new Set([...asked, ...names])].map((name) => ({ name, set: names.includes(name) })),
  };
}

export async function putDocument(
  services: Services,
  id: string,
  { revision, profile, secrets }: SaveProfile,
): Promise<ProfileDocument> {
  await rowOf(services, id);
  validated(services, profile);
  const { store, now } = services.app.deps;
  const at = new Date(now()).toISOString();
  if (!(await store.profiles.save(id, { document: JSON.stringify(profile), revision, at })))
    throw new Refusal(409, 'profile.changed', { profile: id });
  for (const [name, value] of Object.entries(secrets ?? {})) await store.secrets.put(id, name, value);
  return getDocument(services, id);
}

/** *Apply to all*: the default of a field copied on every exception of its mapping, and saved. */
export async function applyToAll(
  services: Services,
  id: string,
  { revision, field }: { readonly revision: number; readonly field: string },
): Promise<ProfileDocument> {
  const applied = appliedToAll(parsed(await rowOf(services, id)), field);
  if (applied === null) throw new Failure('usage', { reason: 'no-such-default', written: field });
  return putDocument(services, id, { revision, profile: applied.document });
}

/** A starter template laid over a profile: its chart, customers, mappings and country replace what stands there. */
export async function useTemplate(
  services: Services,
  id: string,
  {
    revision,
    template,
    fiscalYearStart,
  }: { readonly revision: number; readonly template: TemplateName; readonly fiscalYearStart: Day | null },
): Promise<ProfileDocument> {
  const profile = withTemplate(parsed(await rowOf(services, id)), template, fiscalYearStart);
  return putDocument(services, id, { revision, profile });
}

export async function remove(services: Services, id: string): Promise<null> {
  await rowOf(services, id);
  refuseWhileRunning(services, id);
  await binProfile(services.app.deps, id);
  return null;
}

/** Deleted profiles that can still come back, by the names they had. */
export async function deleted({ app }: Services): Promise<readonly DeletedProfile[]> {
  const rows = await binnedProfiles(app.deps);
  return rows.map(({ id, document, deletedAt, until }) => {
    const { name } = JSON.parse(document) as { name?: unknown }; // only valid profiles are saved, and they are objects
    return { id, name: String(name ?? id), deletedAt, until };
  });
}

export async function restore(services: Services, id: string): Promise<ProfileSummary> {
  await restoreProfile(services.app.deps, id);
  return summaryOf(services, id);
}

export async function forget({ app }: Services, id: string): Promise<null> {
  await forgetProfile(app.deps, id);
  return null;
}

export async function makeDefault(services: Services, id: string): Promise<ProfileSummary> {
  await rowOf(services, id);
  await services.app.deps.store.settings.set(DEFAULT_PROFILE, id);
  return summaryOf(services, id);
}

export async function rowOf({ app }: Services, id: string): Promise<ProfileRow> {
  const row = await app.deps.store.profiles.get(id);
  if (row === null) throw new Failure('profile.unknown', { profile: id });
  return row;
}

/** The profile, or a refusal that names each field, why, and what was found. */
export function validated({ app }: Services, document: unknown) {
  const answer = validateProfile(document, app.known);
  if (answer.ok) return answer.profile;
  throw invalid(answer.errors);
}

async function added(services: Services, answer: Added): Promise<ProfileSummary> {
  if (!answer.ok) throw invalid(answer.errors);
  return summaryOf(services, answer.id);
}

function invalid(errors: readonly ProfileFault[]): Refusal {
  const [first] = errors;
  const values = { path: first?.path ?? '', reason: first?.code ?? '' };
  return new Refusal(422, 'profile.invalid', values, errors.map(fieldError));
}

/** Field by field: what a field holds is not repeated when it may be a secret, and it never is. */
export function fieldError({ path, code, values }: ProfileFault): FieldError {
  return { path, code, message: Object.values(values).join(', '), values };
}

function parsed({ document }: ProfileRow): Readonly<Record<string, unknown>> {
  return JSON.parse(document) as Readonly<Record<string, unknown>>; // only validated profiles are saved, and they are objects
}

function shopOf({ shop }: Readonly<Record<string, unknown>>): unknown {
  return typeof shop === 'object' && shop !== null && 'type' in shop ? shop.type : null;
}

/** A site behind a password of its own: that password is a secret beside the shop's keys. */
function hasBasicAuth(profile: Readonly<Record<string, unknown>>): boolean {
  const user = getAt(profile, ['shop', 'http', 'basicAuthUser']);
  return typeof user === 'string' && user !== '';
}

function refuseWhileRunning({ live }: Services, id: string): void {
  if (live.running(id) !== null) throw new Refusal(409, 'run.running', { profile: id });
}

/** Where the files of a profile go when it names no folder. */
export function folderOf({ app }: Services, { id, profile }: StoredProfile): string {
  return profile.ledger.folder ?? defaultFolder(app.deps, id);
}

async function missingSecrets({ app }: Services, { id, profile }: StoredProfile) {
  const shop = app.shops.find(({ id: type }) => type === profile.shop.type);
  const names = new Set(await app.deps.store.secrets.names(id));
  const lacking = shop?.credentials.filter(({ name, required }) => required && !names.has(name)) ?? [];
  return lacking.map(({ name }) => ({ path: `secrets.${name}`, code: 'credential' }));
}

/** The exceptions of a mapping as a workbook; a mapping that is none is not there. */
export async function exceptions({ app }: Services, id: string, which: string, lang: string): Promise<Response> {
  const { profile } = await app.deps.profiles.get(id);
  if (!Object.hasOwn(profile.mappings, which)) throw new Refusal(404, 'request.unknown', { path: which.slice(0, 60) });
  const mapping = which as keyof Mappings; // the keys of the schema
  return attached(`${id}-${which}.xlsx`, XLSX, exceptionsXlsx(profile, mapping, spokenIn({ app }, lang)));
}

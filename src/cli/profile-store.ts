import { Failure } from '../core/problem.ts';
import type { FieldError } from '../profiles/fault.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { validateProfile } from '../profiles/validate.ts';
import type { Added } from '../runs/new-profile.ts';
import type { ProfileRow } from '../store/store.ts';
import type { Tools } from './app.ts';
import type { Context } from './cli.ts';

/** The id of the profile that was named: by its id, by its name when only one has it, or a demo, made at first use. */
export async function idOf(tools: Tools, asked: string): Promise<string> {
  const { profiles } = tools.deps.store;
  if ((await profiles.get(asked)) !== null) return asked;
  if (tools.demos.some(({ id }) => id === asked)) {
    const id = await tools.openDemo(asked);
    if (id !== null) return id;
  }
  const named = (await profiles.list()).filter((row) => documentOf(row).name === asked);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only.id;
  throw new Failure('profile.unknown', { profile: asked });
}

export async function storedOf(tools: Tools, asked: string): Promise<StoredProfile> {
  return tools.deps.profiles.get(await idOf(tools, asked));
}

export async function rowOf(tools: Tools, asked: string): Promise<ProfileRow> {
  const row = await tools.deps.store.profiles.get(await idOf(tools, asked));
  if (row === null) throw new Failure('profile.unknown', { profile: asked });
  return row;
}

/** Only validated profiles are saved, and they are objects. */
export function documentOf({ document }: ProfileRow): Readonly<Record<string, unknown>> {
  return JSON.parse(document) as Readonly<Record<string, unknown>>; // written by this product
}

/** Saves over the profile as it was read; false, and each fault told, when it is not valid. */
export async function saveProfile(
  tools: Tools,
  context: Context,
  row: ProfileRow,
  document: unknown,
): Promise<boolean> {
  const validated = validateProfile(document, tools.known);
  if (!validated.ok) {
    tellFaults(context, validated.errors);
    return false;
  }
  const { store, now } = tools.deps;
  const change = { document: JSON.stringify(document), revision: row.revision, at: new Date(now()).toISOString() };
  if (await store.profiles.save(row.id, change)) return true;
  context.app.terminal.err(`${context.say.text('cli.profile.changed-meanwhile', { profile: row.id })}\n`);
  return false;
}

/** Tells the id of what was added, or each fault of its document; the exit code. */
export function tellAdded(context: Context, added: Added, sentence: string): 0 | 1 {
  if (!added.ok) {
    tellFaults(context, added.errors);
    return 1;
  }
  context.app.terminal.out(`${context.say.text(sentence, { profile: added.id })}\n`);
  return 0;
}

/** One a line. */
export function tellFaults({ app, say }: Context, errors: readonly FieldError[]): void {
  for (const error of errors) app.terminal.err(`${say.field(error)}\n`);
}

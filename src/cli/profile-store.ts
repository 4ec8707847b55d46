import { Failure } from '../core/problem.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { validateProfile } from '../profiles/validate.ts';
import { addProfile as keepProfile } from '../runs/new-profile.ts';
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

/** Saves a new profile under an id made of its name; null, and each fault told, when it is not valid. */
export async function addProfile(tools: Tools, context: Context, document: unknown): Promise<string | null> {
  const name = told(tools, context, document);
  return name === null ? null : keepProfile(tools.deps, name, document);
}

/** Saves over the profile as it was read; false, and each fault told, when it is not valid. */
export async function saveProfile(
  tools: Tools,
  context: Context,
  row: ProfileRow,
  document: unknown,
): Promise<boolean> {
  if (told(tools, context, document) === null) return false;
  if (await tools.deps.store.profiles.save(row.id, JSON.stringify(document), row.revision)) return true;
  context.app.terminal.err(`${context.say.text('cli.profile.changed-meanwhile', { profile: row.id })}\n`);
  return false;
}

/** The name of a valid profile; the faults of another are written, one a line. */
function told(tools: Tools, { app, say }: Context, document: unknown): string | null {
  const validated = validateProfile(document, tools.known);
  if (validated.ok) return validated.profile.name;
  for (const error of validated.errors) app.terminal.err(`${say.field(error)}\n`);
  return null;
}

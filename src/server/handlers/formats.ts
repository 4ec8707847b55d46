import type { FormatTrial, StartingPoint } from '../../api/format.ts';
import { readDefinition } from '../../profiles/own-format.ts';
import { formatSettings } from '../../profiles/settings.ts';
import { lastEntries } from '../../runs/last-entries.ts';
import type { Services } from '../app.ts';
import { fieldError } from './profiles.ts';

/** Entries of the last import that a trial shows. */
const SHOWN_ENTRIES = 6;

/** A format as it is being described: what is wrong, or what it writes, of this profile's last entries. */
export async function tryOut({ app }: Services, id: string, definition: unknown): Promise<FormatTrial> {
  const { profile } = await app.deps.profiles.get(id);
  const read = readDefinition(definition, app.known);
  if (!read.ok) return { errors: read.errors.map(fieldError), preview: null, sample: false };
  const entries = await lastEntries(app.deps.store, id, SHOWN_ENTRIES);
  const given = entries.length === 0 ? null : { entries, context: formatSettings(profile, 'custom') };
  return { errors: [], preview: await app.ownFormats.preview(read.definition, given), sample: given === null };
}

/** Those whose declaration has no rule that a definition cannot say; first the one that every profile begins with. */
export function startingPoints({ app }: Services): readonly StartingPoint[] {
  const { starter, derive } = app.ownFormats;
  return app.ledgers.flatMap(({ id, name }) => {
    if (id === 'custom') return [{ id, name, definition: starter }];
    const derived = derive(id, {});
    return derived.ok ? [{ id, name, definition: derived.definition }] : [];
  });
}

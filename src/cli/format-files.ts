import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { readDefinition } from '../profiles/own-format.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import type { Context } from './cli.ts';
import { documentIn } from './json-files.ts';
import { tellFaults } from './profile-store.ts';

/** The definition in a file; null, and each fault told, when it is none. */
export async function definitionIn(context: Context, file: string): Promise<FormatDefinition | null> {
  const { app, say } = context;
  const read = readDefinition(await documentIn(resolve(app.cwd, file)), app.ownFormats);
  if (read.ok) return read.definition;
  tellFaults(context, read.errors);
  app.terminal.err(`${say.text('cli.formats.faults', { count: read.errors.length })}\n`);
  return null;
}

/** An id of a format, or a file that describes one: `cabinet.json`. */
export function formatName(context: Pick<Context, 'app'>): (written: string) => string {
  const ids = context.app.formats.map(({ id }) => id);
  return (written) => {
    if (isFile(written) || ids.includes(written)) return written;
    throw new InvalidArgumentError(`Allowed choices are ${ids.join(', ')}.`);
  };
}

/** The format that a name stands for: `custom` is the profile's own, where it has one. Null: a fault was told. */
export async function formatAsked(
  context: Context,
  name: string,
  stored: StoredProfile | null,
): Promise<string | FormatDefinition | null> {
  if (isFile(name)) return definitionIn(context, name);
  return name === 'custom' ? (stored?.profile.ledger.definition ?? name) : name;
}

function isFile(name: string): boolean {
  return /\.json$/i.test(name);
}

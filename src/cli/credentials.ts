import type { Context } from './cli.ts';
import { pair, usage } from './say.ts';

/** Where a credential named without its value is looked for first: `COMPTOIR_CREDENTIAL_KEY` ... */
const VARIABLE = 'COMPTOIR_CREDENTIAL_';

/**
 * Credentials as `--credential` gives them, each one that the shop knows: `NAME=VALUE`, or `NAME` alone, whose value
 * comes from the environment, else from whoever sits at the terminal, without echo, else from standard input, a line
 * each in the order named. A command line can be seen by the machine's other users. A value is never repeated, even in
 * a message.
 */
export async function credentialsOf(
  given: readonly string[],
  shop: string,
  context: Context,
): Promise<Readonly<Record<string, string>>> {
  const { app, say } = context;
  const pairs = given.map((text): readonly [string, string | null] =>
    text.includes('=') ? pair(text, say.text('cli.usage.credential')) : [text, null],
  );
  const asked = app.shops.find(({ id }) => id === shop)?.credentials.map(({ name }) => name) ?? [];
  const known = [...asked, 'basicAuthPassword'];
  const unknown = pairs.find(([name]) => !known.includes(name));
  if (unknown !== undefined)
    throw usage(say.text('cli.usage.unknown-credential', { written: unknown[0], known: known.join(', ') }));
  return credentialValues(pairs, context);
}

/** The value of each: as given, from the environment, else from whoever sits at the terminal or from standard input. */
export async function credentialValues(
  pairs: readonly (readonly [string, string | null])[],
  context: Context,
): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  const nameless: string[] = [];
  for (const [name, value] of pairs) {
    const found = value ?? context.app.environment[VARIABLE + name.toUpperCase()];
    if (found === undefined) nameless.push(name);
    else values[name] = found;
  }
  return { ...values, ...(await brought(nameless, context)) };
}

/** Values that neither the command line nor the environment gives. */
async function brought(names: readonly string[], { app, say }: Context): Promise<Record<string, string>> {
  const { terminal } = app;
  const values: Record<string, string> = {};
  if (names.length === 0) return values;
  const lines = terminal.interactive ? [] : await terminal.lines(names.length);
  const signal = terminal.interrupt();
  for (const [place, name] of names.entries()) {
    const value = terminal.interactive
      ? await terminal.askSecret(say.text('cli.credential-question', { name }), signal)
      : (lines[place] ?? '');
    if (value.trim() === '')
      throw usage(say.text('cli.usage.credential-empty', { name, variable: VARIABLE + name.toUpperCase() }));
    values[name] = value.trim();
  }
  return values;
}

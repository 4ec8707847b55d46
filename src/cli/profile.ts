import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { Failure } from '../core/problem.ts';
import { missing } from '../profiles/gaps.ts';
import { newProfile } from '../profiles/new-profile.ts';
import { getAt, parsePath, setFromText } from '../profiles/paths.ts';
import { TEMPLATES, type TemplateName } from '../profiles/templates.ts';
import { validateProfile } from '../profiles/validate.ts';
import { fillPayments } from '../runs/new-profile.ts';
import type { Tools } from './app.ts';
import type { Context } from './cli.ts';
import { addProfile as addToStore, documentOf, idOf, rowOf, saveProfile } from './profile-store.ts';
import { usage } from './say.ts';
import { table } from './table.ts';

/** A profile document is a few hundred lines; more is not one. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

type CreateOptions = {
  readonly shop: string;
  readonly url: string;
  readonly ledger: string;
  readonly out?: string;
  readonly template: TemplateName;
  readonly credential: readonly string[];
  readonly set: readonly string[];
};

/** `comptoir profile ...`: makes, changes, copies and checks profiles without a browser. */
export function addProfile(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  const { terminal } = app;
  const group = program.command('profile').description(say.text('cli.help.profile'));
  const repeated = (value: string, before: readonly string[]) => [...before, value];

  group
    .command('list')
    .description(say.text('cli.help.profile.list'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ json }: { json?: boolean }) => list(await tools(), context, json ?? false));

  group
    .command('create <name>')
    .description(say.text('cli.help.profile.create'))
    .addOption(
      new Option('--shop <id>', say.text('cli.help.shop')).choices(app.shops.map(({ id }) => id)).makeOptionMandatory(),
    )
    .requiredOption('--url <address>', say.text('cli.help.url'))
    .option('--credential <name=value>', say.text('cli.help.credential'), repeated, [])
    .option('--ledger <id>', say.text('cli.help.ledger'), 'sage-pnm')
    .option('--out <dir>', say.text('cli.help.out'))
    .addOption(new Option('--template <id>', say.text('cli.help.template')).choices(TEMPLATES).default('blank'))
    .option('--set <path=value>', say.text('cli.help.set'), repeated, [])
    .action(async (name: string, options: CreateOptions) => end(await create(await tools(), context, name, options)));

  group
    .command('set <profile> [settings...]')
    .description(say.text('cli.help.profile.set'))
    .option('--credential <name=value>', say.text('cli.help.credential'), repeated, [])
    .action(async (asked: string, settings: string[], { credential }: { credential: string[] }) => {
      const opened = await tools();
      const row = await rowOf(opened, asked);
      const document = withSettings(documentOf(row), settings, context);
      const secrets = pairs(credential, context);
      checkCredentials(String(getAt(document, ['shop', 'type'])), secrets, context);
      if (settings.length === 0 && credential.length === 0) throw usage(say.text('cli.usage.nothing-to-set'));
      if (settings.length > 0 && !(await saveProfile(opened, context, row, document))) return end(1);
      for (const [secret, value] of secrets) await opened.deps.store.secrets.put(row.id, secret, value);
      terminal.out(`${say.text('cli.profile.saved', { profile: row.id })}\n`);
    });

  group
    .command('show <profile> [path]')
    .description(say.text('cli.help.profile.show'))
    .action(async (asked: string, path: string | undefined) => {
      const opened = await tools();
      const { profile } = await opened.deps.profiles.get(await idOf(opened, asked));
      const value = path === undefined ? profile : getAt(profile, parsePath(path) ?? []);
      if (value === undefined) throw usage(say.text('cli.usage.no-such-path', { written: path ?? '' }));
      terminal.out(`${JSON.stringify(value, null, 2)}\n`);
    });

  group
    .command('export <profile>')
    .description(say.text('cli.help.profile.export'))
    .option('--out <file>', say.text('cli.help.profile.export-out'))
    .action(async (asked: string, { out }: { out?: string }) => {
      const text = `${JSON.stringify(documentOf(await rowOf(await tools(), asked)), null, 2)}\n`;
      if (out === undefined) return terminal.out(text);
      const path = resolve(app.cwd, out);
      await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => unwritable(path, error));
      terminal.out(`${say.text('cli.profile.exported', { path })}\n`);
    });

  group
    .command('import <file>')
    .description(say.text('cli.help.profile.import'))
    .option('--name <name>', say.text('cli.help.profile.name'))
    .action(async (file: string, { name }: { name?: string }) => {
      const document = await documentIn(resolve(app.cwd, file));
      const id = await addToStore(await tools(), context, name === undefined ? document : { ...document, name });
      if (id === null) return end(1);
      terminal.out(`${say.text('cli.profile.imported', { profile: id })}\n`);
    });

  group
    .command('duplicate <profile> <name>')
    .description(say.text('cli.help.profile.duplicate'))
    .action(async (asked: string, name: string) => {
      const opened = await tools();
      const row = await rowOf(opened, asked);
      const id = await addToStore(opened, context, { ...documentOf(row), name });
      if (id === null) return end(1);
      const { secrets } = opened.deps.store;
      for (const [secret, value] of Object.entries(await secrets.all(row.id))) await secrets.put(id, secret, value);
      terminal.out(`${say.text('cli.profile.created', { profile: id })}\n`);
    });

  group
    .command('delete <profile>')
    .description(say.text('cli.help.profile.delete'))
    .option('--yes', say.text('cli.help.yes'))
    .action(async (asked: string, { yes }: { yes?: boolean }) => {
      const opened = await tools();
      const id = await idOf(opened, asked);
      if (!yes && !(await confirmed(context, say.text('cli.profile.delete-question', { profile: id })))) return end(1);
      const lock = await opened.deps.store.locks.get(id);
      if (lock !== null) throw new Failure('run.already-running', { profile: id, since: lock.since });
      await opened.deps.store.profiles.remove(id);
      terminal.out(`${say.text('cli.profile.deleted', { profile: id })}\n`);
    });

  group
    .command('check [profile]')
    .description(say.text('cli.help.profile.check'))
    .action(async (asked: string | undefined) => end(await checkProfiles(await tools(), context, asked ?? null)));
}

/** Asks a person; elsewhere the command ends with 2, since nobody can answer. */
export async function confirmed({ app, say }: Context, question: string): Promise<boolean> {
  if (!app.terminal.interactive) throw usage(say.text('cli.usage.needs-yes'));
  const answer = (await app.terminal.ask(`${question} ${say.text('cli.yes-no')} `)).trim().toLowerCase();
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

async function list(tools: Tools, { app, say }: Context, json: boolean): Promise<void> {
  const rows = await tools.deps.store.profiles.list();
  const known = new Set(rows.map(({ id }) => id));
  const listed = rows.map((row) => {
    const document = documentOf(row);
    const [shop, ledger] = [getAt(document, ['shop', 'type']), getAt(document, ['ledger', 'type'])];
    return {
      id: row.id,
      name: String(document.name),
      shop: String(shop),
      ledger: String(ledger ?? 'sage-pnm'),
      demo: row.demo,
    };
  });
  const unmade = tools.demos
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({ id, name: id, shop: '', ledger: '', demo: true }));
  const all = [...listed, ...unmade];
  if (json) return app.terminal.out(`${JSON.stringify(all, null, 2)}\n`);
  const head = ['id', 'name', 'shop', 'ledger'].map((column) => say.text(`cli.profile.column.${column}`));
  app.terminal.out(
    table(
      head,
      all.map(({ id, name, shop, ledger }) => [id, name, shop, ledger]),
      app.terminal.columns,
    ),
  );
}

async function create(tools: Tools, context: Context, name: string, options: CreateOptions): Promise<0 | 1> {
  const { app, say } = context;
  const secrets = pairs(options.credential, context);
  checkCredentials(options.shop, secrets, context);
  const folder = await folderAsked(options.out, context);
  const { shop, url, ledger, template } = options;
  const document = withSettings(newProfile({ name, shop, url, ledger, folder, template }), options.set, context);
  const id = await addToStore(tools, context, document);
  if (id === null) return 1;
  for (const [secret, value] of secrets) await tools.deps.store.secrets.put(id, secret, value);
  app.terminal.out(`${say.text('cli.profile.created', { profile: id })}\n`);
  if (template !== 'blank') await tryPayments(tools, context, id);
  return 0;
}

/**
 * A template gives accounts, and only the shop knows its payment methods: a row is added for each of them. A shop that
 * cannot be reached yet changes nothing, and is told.
 */
async function tryPayments({ deps }: Tools, { app, say }: Context, id: string): Promise<void> {
  try {
    const count = await fillPayments(deps, id);
    app.terminal.out(`${say.text('cli.profile.payments', { count })}\n`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    app.terminal.err(`${say.text('cli.profile.no-lists', { reason: say.trouble(error).message })}\n`);
  }
}

function withSettings(document: unknown, settings: readonly string[], { say }: Context): unknown {
  let changed = document;
  for (const setting of settings) {
    const [path, value] = pair(setting, say.text('cli.usage.setting', { written: setting }));
    const steps = parsePath(path);
    changed = steps === null ? undefined : setFromText(changed, steps, value);
    if (changed === undefined) throw usage(say.text('cli.usage.no-such-path', { written: path }));
  }
  return changed;
}

/** A secret's value is never repeated, even in a message. */
function pairs(credentials: readonly string[], { say }: Context): readonly (readonly [string, string])[] {
  return credentials.map((text) => pair(text, say.text('cli.usage.credential')));
}

function pair(text: string, otherwise: string): readonly [string, string] {
  const place = text.indexOf('=');
  if (place <= 0) throw usage(otherwise);
  return [text.slice(0, place), text.slice(place + 1)];
}

function checkCredentials(shop: string, secrets: readonly (readonly [string, string])[], { app, say }: Context): void {
  const known = app.shops.find(({ id }) => id === shop)?.credentials.map(({ name }) => name) ?? [];
  const names = [...known, 'basicAuthPassword'];
  const unknown = secrets.find(([name]) => !names.includes(name));
  if (unknown !== undefined)
    throw usage(say.text('cli.usage.unknown-credential', { written: unknown[0], known: names.join(', ') }));
}

async function checkProfiles(tools: Tools, context: Context, asked: string | null): Promise<0 | 1> {
  const { app, say } = context;
  const rows = asked === null ? await tools.deps.store.profiles.list() : [await rowOf(tools, asked)];
  let faulty = false;
  for (const row of rows) {
    const validated = validateProfile(documentOf(row), tools.known);
    const lines = validated.ok
      ? row.demo
        ? []
        : [
            ...missing(validated.profile).map(({ code }) => say.text(`profile.missing.${code}`)),
            ...(await lacking(tools, context, row.id, validated.profile.shop.type)),
          ]
      : validated.errors.map(say.field);
    faulty ||= lines.length > 0;
    app.terminal.out(
      `${say.text(lines.length === 0 ? 'cli.profile.valid' : 'cli.profile.faulty', { profile: row.id })}\n`,
    );
    for (const line of lines) app.terminal.out(`  ${line}\n`);
  }
  return faulty ? 1 : 0;
}

async function lacking(tools: Tools, { app, say }: Context, id: string, shop: string): Promise<readonly string[]> {
  const given = await tools.deps.store.secrets.names(id);
  const wanted = app.shops.find((one) => one.id === shop)?.credentials ?? [];
  return wanted
    .filter(({ name, required }) => required && !given.includes(name))
    .map(({ name }) => say.text('cli.profile.no-credential', { name, profile: id }));
}

async function documentIn(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MAX_FILE_BYTES) throw new Failure('file.unreadable', { path, reason: 'too-large' });
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document))
      return document as Readonly<Record<string, unknown>>; // just checked
    throw new Failure('file.unreadable', { path, reason: 'not-json-object' });
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason =
      error instanceof SyntaxError ? 'not-json' : error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Failure('file.unreadable', { path, reason }, { cause: error });
  }
}

function unwritable(path: string, error: unknown): never {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
  throw new Failure('file.unwritable', { path, reason }, { cause: error });
}

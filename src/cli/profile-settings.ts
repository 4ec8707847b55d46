import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { parseDay } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { appliedToAll } from '../profiles/apply-to-all.ts';
import { newProfile } from '../profiles/new-profile.ts';
import { getAt, parsePath, setFromText } from '../profiles/paths.ts';
import { TEMPLATES, type TemplateName } from '../profiles/templates.ts';
import { createProfile } from '../runs/new-profile.ts';
import type { Tools } from './app.ts';
import { folderAsked } from './ask.ts';
import type { Context } from './cli.ts';
import { credentialsOf } from './credentials.ts';
import { documentIn } from './json-files.ts';
import { repeated } from './options.ts';
import { documentOf, rowOf, saveProfile, tellAdded } from './profile-store.ts';
import { pair, usage } from './say.ts';

type CreateOptions = {
  readonly shop: string;
  readonly url: string;
  readonly ledger: string;
  readonly out?: string;
  readonly template: TemplateName;
  readonly credential: readonly string[];
  readonly set: readonly string[];
  readonly fiscalYear?: string;
};

/** `comptoir profile create`: a profile of a template, with its key and any settings given. */
export function addProfileCreate(group: Command, context: Context): void {
  const { app, say, tools, end } = context;
  const shopIds = app.shops.map(({ id }) => id);
  group
    .command('create <name>')
    .description(say.text('cli.help.profile.create'))
    .addOption(new Option('--shop <id>', say.text('cli.help.shop')).choices(shopIds).makeOptionMandatory())
    .requiredOption('--url <address>', say.text('cli.help.url'))
    .option('--credential <name[=value]>', say.text('cli.help.credential'), repeated, [])
    .option('--ledger <id>', say.text('cli.help.ledger'), 'sage-pnm')
    .option('--out <dir>', say.text('cli.help.out'))
    .addOption(new Option('--template <id>', say.text('cli.help.template')).choices(TEMPLATES).default('blank'))
    .option('--fiscal-year <day>', say.text('cli.help.fiscal-year'))
    .option('--set <path=value>', say.text('cli.help.set'), repeated, [])
    .action(async (name: string, options: CreateOptions) => end(await create(await tools(), context, name, options)));
}

async function create(tools: Tools, context: Context, name: string, options: CreateOptions): Promise<0 | 1> {
  const { app, say } = context;
  const { shop, url, ledger, template } = options;
  const secrets = await credentialsOf(options.credential, shop, context);
  const folder = await folderAsked(options.out, context);
  const fiscalYearStart = options.fiscalYear === undefined ? null : parseDay(options.fiscalYear);
  if (options.fiscalYear !== undefined && fiscalYearStart === null)
    throw usage(say.text('cli.usage.day', { written: options.fiscalYear }));
  const given = newProfile({ name, shop, url, ledger, folder, template, fiscalYearStart });
  const document = await withSettings(given, options.set, context);
  const created = await createProfile(tools, document, secrets, app.terminal.interrupt());
  const code = tellAdded(context, created, 'cli.profile.created');
  if (!created.ok || created.payments === null) return code;
  if (created.payments instanceof Failure) {
    const { message } = say.trouble(created.payments);
    app.terminal.err(`${say.text('cli.profile.no-lists', { reason: message })}\n`);
  } else app.terminal.out(`${say.text('cli.profile.payments', { count: created.payments.added })}\n`);
  return code;
}

/** `comptoir profile set`: settings by their path, and credentials. */
export function addProfileSet(group: Command, context: Context): void {
  const { app, say, tools, end } = context;
  group
    .command('set <profile> [settings...]')
    .description(say.text('cli.help.profile.set'))
    .option('--credential <name[=value]>', say.text('cli.help.credential'), repeated, [])
    .action(async (asked: string, settings: string[], { credential }: { credential: string[] }) => {
      const opened = await tools();
      const row = await rowOf(opened, asked);
      const document = await withSettings(documentOf(row), settings, context);
      const secrets = await credentialsOf(credential, String(getAt(document, ['shop', 'type'])), context);
      if (settings.length === 0 && credential.length === 0) throw usage(say.text('cli.usage.nothing-to-set'));
      if (settings.length > 0 && !(await saveProfile(opened, context, row, document))) return end(1);
      for (const [name, value] of Object.entries(secrets)) await opened.deps.store.secrets.put(row.id, name, value);
      app.terminal.out(`${say.text('cli.profile.saved', { profile: row.id })}\n`);
    });
}

/** `comptoir profile apply-to-all`: a default copied on every exception of its mapping. */
export function addApplyToAll(group: Command, context: Context): void {
  const { app, say, tools, end } = context;
  group
    .command('apply-to-all <profile> <field>')
    .description(say.text('cli.help.profile.apply-to-all'))
    .action(async (asked: string, field: string) => {
      const opened = await tools();
      const row = await rowOf(opened, asked);
      const applied = appliedToAll(documentOf(row), field);
      if (applied === null) throw new Failure('usage', { reason: 'no-such-default', written: field });
      if (!(await saveProfile(opened, context, row, applied.document))) return end(1);
      app.terminal.out(`${say.text('cli.profile.applied', { count: applied.rows, field })}\n`);
    });
}

async function withSettings(document: unknown, settings: readonly string[], { app, say }: Context): Promise<unknown> {
  let changed = document;
  for (const setting of settings) {
    const [path, value] = pair(setting, say.text('cli.usage.setting', { written: setting }));
    const steps = parsePath(path);
    const text =
      path === 'ledger.definition' && value.startsWith('@') ? await textIn(resolve(app.cwd, value.slice(1))) : value;
    changed = steps === null ? undefined : setFromText(changed, steps, text);
    if (changed === undefined) throw usage(say.text('cli.usage.no-such-path', { written: path }));
  }
  return changed;
}

/** A file format described in a file of its own: `ledger.definition=@cabinet.json`. */
async function textIn(path: string): Promise<string> {
  return JSON.stringify(await documentIn(path));
}

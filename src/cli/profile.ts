import type { Command } from 'commander';
import { Failure } from '../core/problem.ts';
import { missing } from '../profiles/gaps.ts';
import { getAt, parsePath } from '../profiles/paths.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { validateProfile } from '../profiles/validate.ts';
import { duplicateProfile } from '../runs/new-profile.ts';
import { BIN_DAYS, binnedProfiles, binProfile, restoreProfile } from '../runs/profile-bin.ts';
import type { ProfileRow } from '../store/store.ts';
import type { Tools } from './app.ts';
import { confirmed } from './ask.ts';
import type { Context } from './cli.ts';
import { addProfileExport, addProfileImport } from './profile-files.ts';
import { addApplyToAll, addProfileCreate, addProfileSet } from './profile-settings.ts';
import { documentOf, idOf, rowOf, tellAdded } from './profile-store.ts';
import { usage } from './say.ts';
import { table } from './table.ts';

/** `comptoir profile ...`: makes, changes, copies and checks profiles without a browser. */
export function addProfile(program: Command, context: Context): void {
  const group = program.command('profile').description(context.say.text('cli.help.profile'));
  const commands = [
    addList,
    addProfileCreate,
    addProfileSet,
    addShow,
    addApplyToAll,
    addProfileExport,
    addProfileImport,
    addDuplicate,
    addDelete,
    addRestore,
    addProfileCheck,
  ];
  for (const add of commands) add(group, context);
}

function addList(group: Command, context: Context): void {
  const { say, tools } = context;
  group
    .command('list')
    .description(say.text('cli.help.profile.list'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ json }: { json?: boolean }) => list(await tools(), context, json ?? false));
}

async function list(tools: Tools, { app, say }: Context, json: boolean): Promise<void> {
  const rows = await tools.deps.store.profiles.list();
  const known = new Set(rows.map(({ id }) => id));
  const unmade = tools.demos
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({ id, name: id, shop: '', ledger: '', demo: true }));
  const all = [...rows.map(listed), ...unmade];
  if (json) return app.terminal.out(`${JSON.stringify(all, null, 2)}\n`);
  const head = ['id', 'name', 'shop', 'ledger'].map((column) => say.text(`cli.profile.column.${column}`));
  const cells = all.map(({ id, name, shop, ledger }) => [id, name, shop, ledger]);
  app.terminal.out(table(head, cells, app.terminal.columns));
}

function listed(row: ProfileRow) {
  const document = documentOf(row);
  const [shop, ledger] = [getAt(document, ['shop', 'type']), getAt(document, ['ledger', 'type'])];
  return {
    id: row.id,
    name: String(document.name),
    shop: String(shop),
    ledger: String(ledger ?? 'sage-pnm'),
    demo: row.demo,
  };
}

function addShow(group: Command, { app, say, tools }: Context): void {
  group
    .command('show <profile> [path]')
    .description(say.text('cli.help.profile.show'))
    .action(async (asked: string, path: string | undefined) => {
      const opened = await tools();
      const { profile } = await opened.deps.profiles.get(await idOf(opened, asked));
      const value = path === undefined ? profile : getAt(profile, parsePath(path) ?? []);
      if (value === undefined) throw usage(say.text('cli.usage.no-such-path', { written: path ?? '' }));
      app.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
    });
}

function addDuplicate(group: Command, context: Context): void {
  const { say, tools, end } = context;
  group
    .command('duplicate <profile> <name>')
    .description(say.text('cli.help.profile.duplicate'))
    .action(async (asked: string, name: string) => {
      const opened = await tools();
      const added = await duplicateProfile(opened, await idOf(opened, asked), name);
      end(tellAdded(context, added, 'cli.profile.created'));
    });
}

function addDelete(group: Command, context: Context): void {
  const { app, say, tools, end } = context;
  group
    .command('delete <profile>')
    .description(say.text('cli.help.profile.delete'))
    .option('--yes', say.text('cli.help.yes'))
    .action(async (asked: string, { yes }: { yes?: boolean }) => {
      const opened = await tools();
      const id = await idOf(opened, asked);
      if (!yes && !(await confirmed(context, say.text('cli.profile.delete-question', { profile: id })))) return end(1);
      await binProfile(opened.deps, id);
      app.terminal.out(`${say.text('cli.profile.deleted', { profile: id, days: String(BIN_DAYS) })}\n`);
    });
}

/** Deleted profiles, and the way back. */
function addRestore(group: Command, { app, say, tools }: Context): void {
  group
    .command('restore [profile]')
    .description(say.text('cli.help.profile.restore'))
    .action(async (asked: string | undefined) => {
      const { deps } = await tools();
      if (asked === undefined) {
        const rows = await binnedProfiles(deps);
        const lines = rows.map(({ id, until }) => say.text('cli.profile.binned', { profile: id, until }));
        app.terminal.out(`${lines.length === 0 ? say.text('cli.profile.none-binned') : lines.join('\n')}\n`);
        return;
      }
      await restoreProfile(deps, asked);
      app.terminal.out(`${say.text('cli.profile.restored', { profile: asked })}\n`);
    });
}

function addProfileCheck(group: Command, context: Context): void {
  const { say, tools, end } = context;
  group
    .command('check [profile]')
    .description(say.text('cli.help.profile.check'))
    .action(async (asked: string | undefined) => {
      const opened = await tools();
      const rows = asked === undefined ? await opened.deps.store.profiles.list() : [await rowOf(opened, asked)];
      let faulty = false;
      for (const row of rows) faulty = (await checkProfile(opened, context, row)) || faulty;
      end(faulty ? 1 : 0);
    });
}

/** Whether something is wrong with the profile; each fault is told. */
async function checkProfile(tools: Tools, context: Context, row: ProfileRow): Promise<boolean> {
  const { app, say } = context;
  const faults = await faultsOf(tools, context, row);
  const key = faults.length === 0 ? 'cli.profile.valid' : 'cli.profile.faulty';
  app.terminal.out(`${say.text(key, { profile: row.id })}\n`);
  for (const fault of faults) app.terminal.out(`  ${fault}\n`);
  return faults.length > 0;
}

/** A demo profile needs nothing of anybody. */
async function faultsOf(tools: Tools, context: Context, row: ProfileRow): Promise<readonly string[]> {
  const { say } = context;
  const validated = validateProfile(documentOf(row), tools.known);
  if (!validated.ok) return validated.errors.map(say.field);
  if (row.demo) return [];
  const lacking = missing(validated.profile).map(({ code }) => say.text(`profile.missing.${code}`));
  return [
    ...lacking,
    ...(await credentialsLacking(tools, context, row.id, validated.profile.shop.type)),
    ...(await scriptFaults(tools, context, { id: row.id, profile: validated.profile, demo: row.demo })),
  ];
}

/** The script is loaded as a run would load it. */
async function scriptFaults({ deps }: Tools, { say }: Context, stored: StoredProfile): Promise<readonly string[]> {
  try {
    await (await deps.openHook(stored))?.close();
    return [];
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'hook.unusable') throw error;
    return [say.text('cli.profile.script', error.values)];
  }
}

async function credentialsLacking(
  tools: Tools,
  { app, say }: Context,
  id: string,
  shop: string,
): Promise<readonly string[]> {
  const given = await tools.deps.store.secrets.names(id);
  const wanted = app.shops.find((one) => one.id === shop)?.credentials ?? [];
  return wanted
    .filter(({ name, required }) => required && !given.includes(name))
    .map(({ name }) => say.text('cli.profile.no-credential', { name, profile: id }));
}

import { type Command, Option } from 'commander';
import { ROLES, type Role } from '../access/role.ts';
import { addUser, changePassword, changeRole, removeUser, userId, userOf } from '../access/users.ts';
import { confirmed } from './ask.ts';
import type { Context } from './cli.ts';
import { usage } from './say.ts';

type RoleOption = { readonly role?: Role };

/** `comptoir user list|add|passwd|role|remove`: who may come in by the browser, and what each may do. */
export function addUserCommands(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  const group = program.command('user').description(say.text('cli.help.user'));
  const roleOption = () => new Option('--role <role>', say.text('cli.help.user.role')).choices(ROLES);
  const told = (key: string, user: string) => app.terminal.out(`${say.text(key, { user })}\n`);
  group
    .command('list')
    .description(say.text('cli.help.user.list'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ json }: { json?: boolean }) => {
      const rows = await (await tools()).deps.store.access.users.list();
      const users = rows.map(({ name, role, createdAt, seenAt }) => ({ name, role, createdAt, seenAt }));
      const lines = users.map(({ name, role }) => `${name}  ${say.text(`role.${role}`)}\n`);
      if (json) app.terminal.out(`${JSON.stringify({ users }, null, 2)}\n`);
      else app.terminal.out(lines.join('') || `${say.text('cli.user.none')}\n`);
      end(0);
    });
  group
    .command('add <name>')
    .description(say.text('cli.help.user.add'))
    .addOption(roleOption())
    .action(async (name: string, { role = 'configure' }: RoleOption) => {
      const { deps } = await tools();
      const password = await newPasswordOf(context);
      const user = await addUser(deps.store, { name, role, password }, deps.now());
      await recorded(context, 'user.add', user.name);
      told('cli.user.added', user.name);
      end(0);
    });
  group
    .command('passwd <name>')
    .description(say.text('cli.help.user.passwd'))
    .action(async (name: string) => {
      const { deps } = await tools();
      const user = await userOf(deps.store, userId(name));
      await changePassword(deps.store, user.id, await newPasswordOf(context), null);
      await recorded(context, 'user.password', user.name);
      told('cli.user.password-changed', user.name);
      end(0);
    });
  group
    .command('role <name>')
    .description(say.text('cli.help.user.role-command'))
    .addOption(roleOption().makeOptionMandatory())
    .action(async (name: string, { role = 'read' }: RoleOption) => {
      const { deps } = await tools();
      await changeRole(deps.store, userId(name), role);
      await recorded(context, 'user.change', name);
      told('cli.user.changed', name);
      end(0);
    });
  group
    .command('remove <name>')
    .description(say.text('cli.help.user.remove'))
    .option('--yes', say.text('cli.help.yes'))
    .action(async (name: string, { yes = false }: { yes?: boolean }) => {
      const { deps } = await tools();
      const user = await userOf(deps.store, userId(name));
      if (!yes && !(await confirmed(context, say.text('cli.user.remove-question', { user: user.name })))) return end(1);
      await removeUser(deps.store, user.id);
      await recorded(context, 'user.remove', user.name);
      told('cli.user.removed', user.name);
      end(0);
    });
}

/** From `COMPTOIR_PASSWORD`, else typed twice, else the first line of standard input; never of the command line. */
async function newPasswordOf({ app, say }: Context): Promise<string> {
  const { terminal, environment } = app;
  if (environment.COMPTOIR_PASSWORD !== undefined) return environment.COMPTOIR_PASSWORD;
  if (!terminal.interactive) return (await terminal.lines(1))[0] ?? '';
  const signal = terminal.interrupt();
  const password = await terminal.askSecret(say.text('cli.user.password'), signal);
  if ((await terminal.askSecret(say.text('cli.user.password-again'), signal)) !== password)
    throw usage(say.text('cli.usage.passwords-differ'));
  return password;
}

async function recorded({ tools }: Context, act: string, object: string): Promise<void> {
  const { deps } = await tools();
  const at = new Date(deps.now()).toISOString();
  await deps.store.access.audit.add({ at, user: deps.by ?? null, via: 'cli', act, object });
}

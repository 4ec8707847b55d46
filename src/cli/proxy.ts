import type { Command } from 'commander';
import { proxyOptions, proxySchema, saveProxy } from '../runs/proxy.ts';
import type { Context } from './cli.ts';
import { credentialValues } from './credentials.ts';
import { usage } from './say.ts';

type SetOptions = { readonly user?: string; readonly except?: readonly string[] };

/** `comptoir proxy show|set|none`: the way out to every shop. */
export function addProxy(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  const group = program.command('proxy').description(say.text('cli.help.proxy'));
  group
    .command('show')
    .description(say.text('cli.help.proxy.show'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ json }: { json?: boolean }) => {
      const { url, user, exceptions } = await proxyOptions((await tools()).deps.store);
      const shown = url === null ? 'cli.proxy.none' : user === null ? 'cli.proxy.shown' : 'cli.proxy.shown-user';
      const spoken = say.text(shown, { url: url ?? '', user: user ?? '', exceptions: exceptions.join(', ') });
      app.terminal.out(json ? `${JSON.stringify({ url, user, exceptions }, null, 2)}\n` : `${spoken}\n`);
      end(0);
    });
  group
    .command('set <address>')
    .description(say.text('cli.help.proxy.set'))
    .option('--user <name>', say.text('cli.help.proxy.user'))
    .option('--except <server...>', say.text('cli.help.proxy.except'))
    .action(async (url: string, { user, except }: SetOptions) => {
      const parsed = proxySchema.safeParse({ url, user: user ?? null, ...(except && { exceptions: except }) });
      if (!parsed.success) throw usage(say.text('cli.usage.proxy', { written: url }));
      const { deps } = await tools();
      const { proxyPassword = '' } =
        user === undefined ? {} : await credentialValues([['proxyPassword', null]], context);
      await saveProxy(deps.store, parsed.data, proxyPassword);
      app.terminal.out(`${say.text('cli.proxy.saved', { url: parsed.data.url ?? '' })}\n`);
      end(0);
    });
  group
    .command('none')
    .description(say.text('cli.help.proxy.none'))
    .action(async () => {
      const { deps } = await tools();
      const { exceptions } = await proxyOptions(deps.store);
      await saveProxy(deps.store, { url: null, user: null, exceptions }, '');
      app.terminal.out(`${say.text('cli.proxy.none')}\n`);
      end(0);
    });
}

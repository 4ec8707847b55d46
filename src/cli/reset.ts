import type { Command } from 'commander';
import { confirmed } from './ask.ts';
import type { Context } from './cli.ts';
import { idOf } from './profile-store.ts';
import { type Say, usage } from './say.ts';

/** Ids a command line may name, ranges counted out. */
const MAX_IDS = 100_000;

/** `comptoir reset`: makes documents transferable again; nothing is written, and the history says who asked. */
export function addReset(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  program
    .command('reset [ids...]')
    .description(say.text('cli.help.reset'))
    .requiredOption('--profile <id>', say.text('cli.help.profile-option'))
    .option('--all', say.text('cli.help.reset.all'))
    .option('--reason <text>', say.text('cli.help.reset.reason'))
    .option('--yes', say.text('cli.help.yes'))
    .action(async (words: string[], options: { profile: string; all?: boolean; reason?: string; yes?: boolean }) => {
      const ids = options.all ? null : idsOf(words, say);
      const opened = await tools();
      const profile = await idOf(opened, options.profile);
      const ask = ids === null && !options.yes;
      if (ask && !(await confirmed(context, say.text('cli.reset.question', { profile })))) return end(1);
      const count = await opened.runs.resetTransfers(opened.deps, profile, ids, options.reason ?? 'comptoir reset');
      app.terminal.out(`${say.text('cli.reset.done', { count, profile })}\n`);
    });
}

/** `12`, `12-15`, `12,14 sale/39` as ids of orders or keys of documents; null for `ALL`. */
export function idsOf(words: readonly string[], say: Say): readonly string[] | null {
  const items = words
    .flatMap((word) => word.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw usage(say.text('cli.usage.no-ids'));
  if (items.some((item) => item.toUpperCase() === 'ALL')) {
    if (items.length > 1) throw usage(say.text('cli.usage.all-and-ids'));
    return null;
  }
  const ids = new Set<string>();
  for (const item of items) {
    const range = /^(\d{1,15})-(\d{1,15})$/.exec(item);
    const [first, last] = range ? [Number(range[1]), Number(range[2])] : [0, 0];
    if (range && first > last) throw usage(say.text('cli.usage.range-backwards', { written: item }));
    if (ids.size + last - first >= MAX_IDS) throw usage(say.text('cli.usage.too-many-ids', { limit: String(MAX_IDS) }));
    if (!range) ids.add(item);
    else for (let id = first; id <= last; id += 1) ids.add(String(id));
  }
  return [...ids];
}

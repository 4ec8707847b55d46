import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { PERIODS } from '../core/periods.ts';
import type { RunKind } from '../runs/events.ts';
import { exportSales, SPELLINGS, type SpellingName } from '../runs/export.ts';
import type { ExitCode } from './app.ts';
import type { Context } from './cli.ts';
import { type PeriodOptions, requestFor } from './import.ts';
import { storedOf } from './profile-store.ts';
import { whole } from './say.ts';

/** Records that are not in the file, told one by one. */
const SHOWN = 20;

const KINDS = {
  sales: ['sales'],
  'credit-notes': ['creditNotes'],
  all: ['sales', 'creditNotes'],
} as const satisfies Record<string, readonly RunKind[]>;

type ExportOptions = Omit<PeriodOptions, 'file'> & {
  readonly profile: string;
  readonly kind: keyof typeof KINDS;
  readonly as?: SpellingName;
  readonly out?: string;
  readonly json?: boolean;
};

/** `comptoir export`: what a shop gives of a period, to a file that can stand in for it. */
export function addExport(program: Command, context: Context): void {
  const { say, end } = context;
  program
    .command('export')
    .description(say.text('cli.help.export'))
    .requiredOption('--profile <id>', say.text('cli.help.profile-option'))
    .option('--from <day>', say.text('cli.help.from'))
    .option('--to <day>', say.text('cli.help.to'))
    .addOption(new Option('--period <name>', say.text('cli.help.period')).choices(PERIODS))
    .addOption(new Option('--kind <kind>', say.text('cli.help.export.kind')).choices(Object.keys(KINDS)).default('all'))
    .addOption(
      new Option('--format <id>', say.text('cli.help.export.format'))
        .choices(['comptoir-sales'])
        .default('comptoir-sales'),
    )
    .addOption(new Option('--as <spelling>', say.text('cli.help.export.as')).choices(SPELLINGS))
    .option('--out <file>', say.text('cli.help.export.out'))
    .option('--json', say.text('cli.help.json'))
    .action(async (options: ExportOptions) => end(await exported(context, options)));
}

async function exported(context: Context, options: ExportOptions): Promise<ExitCode> {
  const { app, say } = context;
  const { terminal, version, cwd } = app;
  const tools = await context.tools();
  const signal = terminal.interrupt();
  const stored = await storedOf(tools, options.profile);
  const { period } = await requestFor(tools, context, 'sales', options, 'preview', signal);
  const spelling = options.as ?? spellingOf(options.out ?? '');
  const path = resolve(cwd, options.out ?? `${stored.id}.${spelling}`);
  const asked = { kinds: KINDS[options.kind], period, path, spelling, generator: `Comptoir ${version}` };
  const { sales, creditNotes, unreadable } = await exportSales(tools.deps, stored, asked, signal);
  if (options.json) {
    const left = unreadable.map(({ kind, key, problems }) => ({ kind, key, code: problems[0]?.code ?? '' }));
    terminal.out(`${JSON.stringify({ path, sales, creditNotes, unreadable: left }, null, 2)}\n`);
  } else {
    for (const { key, problems } of unreadable.slice(0, SHOWN)) {
      const [first] = problems;
      terminal.err(`${say.text('cli.export.unreadable', { key, reason: first ? whole(say.reason(first)) : '' })}\n`);
    }
    const more = unreadable.length - SHOWN;
    if (more > 0) terminal.err(`${say.text('cli.export.more', { count: more })}\n`);
    terminal.out(`${say.text('cli.export.done', { sales, creditNotes, path })}\n`);
  }
  return unreadable.length > 0 ? 3 : 0;
}

/** What the file's name says, packed or not. */
function spellingOf(name: string): SpellingName {
  return SPELLINGS.find((one) => name.endsWith(`.${one}`) || name.endsWith(`.${one}.gz`)) ?? 'jsonl';
}

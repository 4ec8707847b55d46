import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Day, dayIn, isTimeZone, parseDay } from '../core/calendar.ts';
import { PERIODS, type PeriodName, periodDays } from '../core/periods.ts';
import { Failure } from '../core/problem.ts';
import { customDays } from '../profiles/periods.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { emptyTally } from '../runs/counts.ts';
import type { RunEvent, RunKind, RunOutcome, RunRequest } from '../runs/events.ts';
import type { ExitCode, Tools } from './app.ts';
import { confirmed, folderAsked } from './ask.ts';
import type { Context } from './cli.ts';
import { collector } from './collect.ts';
import { jsonOutput } from './json-output.ts';
import { layoutIn } from './layout.ts';
import { storedOf } from './profile-store.ts';
import { progress } from './progress.ts';
import { documentsTable, printRun, summaryLines, TABLE_LIMIT } from './report.ts';
import { usage } from './say.ts';

/** Where the documents are: a period of the shop, or a file. */
export type PeriodOptions = {
  readonly from?: string;
  readonly to?: string;
  readonly period?: PeriodName;
  readonly file?: readonly string[];
  readonly layout?: string;
};

type ImportOptions = PeriodOptions & {
  readonly profile: string;
  readonly includeTransferred?: boolean;
  readonly fresh?: boolean;
  readonly late?: LateWord;
  readonly correct?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly format?: string;
  readonly out?: string;
  readonly json?: boolean;
};

const LATE = { 'next-open-day': 'nextOpenDay', 'keep-date': 'keepDate' } as const;
type LateWord = keyof typeof LATE;

const KINDS: Readonly<Record<string, RunKind>> = { sales: 'sales', 'credit-notes': 'creditNotes' };

/** `comptoir import sales|credit-notes`: one run, from the shop or a file to the ledger. */
export function addImport(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  const group = program.command('import').description(say.text('cli.help.import'));
  for (const [word, kind] of Object.entries(KINDS)) {
    group
      .command(word)
      .description(say.text(`cli.help.import.${word}`))
      .requiredOption('--profile <id>', say.text('cli.help.profile-option'))
      .option('--from <day>', say.text('cli.help.from'))
      .option('--to <day>', say.text('cli.help.to'))
      .addOption(new Option('--period <name>', say.text('cli.help.period')).choices(PERIODS))
      .option('--file <file>', say.text('cli.help.file'), (file: string, before: string[] = []) => [...before, file])
      .option('--layout <file>', say.text('cli.help.layout-option'))
      .option('--fresh', say.text('cli.help.fresh'))
      .option('--include-transferred', say.text('cli.help.include-transferred'))
      .option('--correct', say.text('cli.help.correct'))
      .addOption(new Option('--late <day>', say.text('cli.help.late')).choices(Object.keys(LATE)))
      .option('--yes', say.text('cli.help.yes'))
      .option('--dry-run', say.text('cli.help.dry-run'))
      .addOption(new Option('--format <id>', say.text('cli.help.format')).choices(app.formats.map(({ id }) => id)))
      .option('--out <dir>', say.text('cli.help.out'))
      .option('--json', say.text('cli.help.json'))
      .action(async (options: ImportOptions) => end(await runImport(await tools(), context, kind, options)));
  }
}

async function runImport(tools: Tools, context: Context, kind: RunKind, options: ImportOptions): Promise<ExitCode> {
  const { app, say } = context;
  const { terminal } = app;
  const signal = terminal.interrupt();
  const request = await requestOf(tools, context, kind, options, signal);
  if (options.json) return runForProgram(tools, context, request, signal);
  const gathered = collector(TABLE_LIMIT);
  const outcome = await followed(tools.runs.startRun(tools.deps, request, signal));
  if (outcome.run.state !== 'review') {
    printRun(outcome, gathered.collected(), terminal, say);
    return codeOf(outcome);
  }

  terminal.out(documentsTable(gathered.collected(), say, terminal.columns));
  tell(outcome);
  const question = say.text('cli.write-question', { ready: outcome.counts.ready });
  let wanted = false;
  try {
    wanted = outcome.counts.ready > 0 && (await confirmed(context, question, signal));
  } finally {
    if (!wanted) {
      await tools.runs.closeReview(tools.deps, outcome.run.id);
      terminal.out(`${say.text('cli.closed')}\n`);
    }
  }
  if (!wanted) return codeOf(outcome);
  const written = await followed(tools.runs.writeReview(tools.deps, outcome.run.id, signal));
  tell(written);
  return codeOf(written);

  function tell(ended: RunOutcome): void {
    for (const line of summaryLines(ended, say)) terminal.out(`${line}\n`);
  }

  function followed(events: AsyncGenerator<RunEvent, RunOutcome>): Promise<RunOutcome> {
    return follow(tools, context, events, gathered.take);
  }
}

/** The same for a program: one object on standard output, whatever the length of the run. */
async function runForProgram(
  tools: Tools,
  context: Context,
  request: RunRequest,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { app, say } = context;
  const output = jsonOutput(tools.deps.home, say);
  try {
    const events = tools.runs.startRun(tools.deps, request, signal);
    const outcome = await follow(tools, context, events, output.take).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      return neverStarted(request, error);
    });
    await output.print(outcome, app.terminal);
    return codeOf(outcome);
  } finally {
    output.close();
  }
}

/** The outcome of a run whose events are shown and taken while they pass. */
async function follow(
  { deps }: Tools,
  { app, say }: Context,
  events: AsyncGenerator<RunEvent, RunOutcome>,
  take: (event: RunEvent) => void,
): Promise<RunOutcome> {
  const shown = await progress({ terminal: app.terminal, say, now: deps.now });
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return next.value;
      take(next.value);
      shown.show(next.value);
    }
  } finally {
    await events.return(undefined as never); // what cannot be taken (a full disk) stops the run
    shown.stop();
  }
}

async function requestOf(
  tools: Tools,
  context: Context,
  kind: RunKind,
  options: ImportOptions,
  signal: AbortSignal,
): Promise<RunRequest> {
  if (options.yes && options.dryRun) throw usage(context.say.text('cli.usage.yes-and-dry-run'));
  const mode = modeOf(await storedOf(tools, options.profile), context, options);
  return {
    ...(await requestFor(tools, context, kind, options, mode, signal)),
    includeTransferred: options.includeTransferred ?? false,
    corrections: options.correct ? 'write' : 'tell',
    fresh: options.fresh ?? false,
    late: options.late === undefined ? null : LATE[options.late],
    format: options.format ?? null,
    folder: await folderAsked(options.out, context),
  };
}

/** What a run is asked, with nothing beside the profile, the kind and where to look. */
export async function requestFor(
  tools: Tools,
  context: Context,
  kind: RunKind,
  options: PeriodOptions & { readonly profile: string },
  mode: RunRequest['mode'],
  signal: AbortSignal,
): Promise<RunRequest> {
  const stored = await storedOf(tools, options.profile);
  const { file } = options;
  if (options.layout !== undefined && file === undefined)
    throw usage(context.say.text('cli.usage.layout-without-file'));
  const [first, ...more] = (file ?? []).map((one) => resolve(context.app.cwd, one));
  const layout = options.layout === undefined ? undefined : await layoutIn(resolve(context.app.cwd, options.layout));
  return {
    profile: stored.id,
    kind,
    source: first === undefined ? { type: 'shop' } : { type: 'file', path: first, more, layout },
    mode,
    period: await periodOf(tools, stored, context, options, signal),
    includeTransferred: false,
    startedBy: 'cli',
    format: null,
    folder: null,
  };
}

function codeOf({ run, counts }: RunOutcome): ExitCode {
  if (run.state === 'failed' || run.state === 'cancelled') return 1;
  return counts.held > 0 ? 3 : 0;
}

/** Without `--yes` or `--dry-run` somebody must be there to look, unless the profile does without. */
function modeOf(
  { profile }: StoredProfile,
  { app, say }: Context,
  { yes, dryRun, json }: ImportOptions,
): RunRequest['mode'] {
  if (dryRun) return 'preview';
  if (yes || !profile.entries.showEntriesBeforeWriting) return 'write';
  if (!app.terminal.interactive || json) throw usage(say.text('cli.usage.needs-yes-or-dry-run'));
  return 'review';
}

async function periodOf(
  tools: Tools,
  stored: StoredProfile,
  { say }: Context,
  options: PeriodOptions,
  signal: AbortSignal,
): Promise<RunRequest['period']> {
  const { from, to, period, file } = options;
  if (from !== undefined || to !== undefined) {
    if (period !== undefined) throw usage(say.text('cli.usage.period-twice'));
    if (from === undefined || to === undefined) throw usage(say.text('cli.usage.from-and-to'));
    const days = { from: dayOf(from, say), to: dayOf(to, say) };
    if (days.from > days.to) throw usage(say.text('cli.usage.period-backwards', days));
    return { type: 'days', ...days };
  }
  if (file !== undefined && period === undefined) return { type: 'all' };
  const name = period ?? stored.profile.import.defaultPeriod;
  if (name === 'since-last-import') return { type: 'since-last-import' };
  const days = name === 'custom' ? customDays(stored.profile) : periodDays(name, await today(tools, stored, signal));
  if (days === null) throw usage(say.text('cli.usage.no-custom-days'));
  return { type: 'days', ...days };
}

function dayOf(text: string, say: Context['say']): Day {
  const value = parseDay(text);
  if (value === null) throw usage(say.text('cli.usage.day', { written: text }));
  return value;
}

/** The day of the run in the profile's zone, else in the one the shop states. */
async function today({ deps }: Tools, stored: StoredProfile, signal: AbortSignal): Promise<Day> {
  const zone = stored.profile.advanced.timeZone ?? (await zoneOfShop(deps, stored, signal));
  if (zone === null || !isTimeZone(zone)) throw new Failure('shop.no-time-zone', {});
  return dayIn(zone, deps.now());
}

async function zoneOfShop(deps: Tools['deps'], stored: StoredProfile, signal: AbortSignal): Promise<string | null> {
  const { shop, close } = await deps.openShop(stored);
  try {
    return (await shop.facts(signal)).timeZone;
  } finally {
    await close();
  }
}

/** A run that could not begin, in the shape of one that failed. */
function neverStarted({ profile, kind, period }: RunRequest, { code, values }: Failure): RunOutcome {
  const days = period.type === 'days' ? period : null;
  return {
    run: { id: '', profile, kind, from: days?.from ?? null, to: days?.to ?? null, state: 'failed' },
    counts: emptyTally(),
    totals: { debit: '0.00', credit: '0.00' },
    troubles: [{ code, values }],
    files: [],
    control: null,
    reasonCounts: [],
  };
}

import { constants, copyFile, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { unitsText } from '../core/decimal.ts';
import { currencyOf } from '../core/money.ts';
import { Failure } from '../core/problem.ts';
import { showAmount, showDate, showTime } from '../i18n/show.ts';
import { runFiles } from '../runs/deliver.ts';
import type { RunOutcome } from '../runs/events.ts';
import { controlOf, countsOf, documentOf, fileOf, troublesOf } from '../runs/stored.ts';
import type { RunRow } from '../store/store.ts';
import type { Tools } from './app.ts';
import type { Context } from './cli.ts';
import { documentJson, runJson, stateOf } from './json.ts';
import { itemText, jsonText } from './json-output.ts';
import { idOf } from './profile-store.ts';
import { printRun, TABLE_LIMIT } from './report.ts';
import { usage } from './say.ts';
import { spoolIn } from './spool.ts';
import { table } from './table.ts';

const SHOWN_RUNS = 50;
/** Documents that `run show --json` holds at a time. */
const JSON_LOT = 1000;

/** `comptoir run list|show|download`: what was done, and the files again. */
export function addRun(program: Command, context: Context): void {
  const { app, say, tools } = context;
  const group = program.command('run').description(say.text('cli.help.run'));

  group
    .command('list')
    .description(say.text('cli.help.run.list'))
    .option('--profile <id>', say.text('cli.help.profile-option'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ profile, json }: { profile?: string; json?: boolean }) => {
      const opened = await tools();
      const ids =
        profile === undefined
          ? (await opened.deps.store.profiles.list()).map(({ id }) => id)
          : [await idOf(opened, profile)];
      const runs = (await Promise.all(ids.map((id) => opened.deps.store.runs.list(id, SHOWN_RUNS)))).flat();
      const newest = runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).slice(0, SHOWN_RUNS);
      if (json) app.terminal.out(`${JSON.stringify(newest.map(runLine), null, 2)}\n`);
      else printList(newest, context);
    });

  group
    .command('show <run>')
    .description(say.text('cli.help.run.show'))
    .option('--json', say.text('cli.help.json'))
    .action(async (id: string, { json }: { json?: boolean }) => {
      const opened = await tools();
      const run = await runOf(opened, context, id);
      const outcome = await outcomeOf(opened, run);
      if (json) return showJson(opened, context, run, outcome);
      printRun(outcome, await documentsFrom(opened, id, 0, TABLE_LIMIT), app.terminal, say);
    });

  group
    .command('download <run>')
    .description(say.text('cli.help.run.download'))
    .option('--out <path>', say.text('cli.help.run.download-out'))
    .option('--annex', say.text('cli.help.run.annex'))
    .option('--customers', say.text('cli.help.run.download-customers'))
    .action(async (id: string, { out, annex, customers }: { out?: string; annex?: boolean; customers?: boolean }) => {
      const opened = await tools();
      const run = await runOf(opened, context, id);
      const delivered = fileOf(run);
      const entries = delivered === null ? [] : [delivered, ...delivered.more];
      const files = annex ? [delivered?.annex] : customers ? [delivered?.customers] : entries;
      const [file] = files;
      if (!file) throw usage(say.text('cli.usage.no-file', { written: id }));
      const [delivers] = entries;
      if (file === delivers) await opened.deps.store.undo.downloaded(id, new Date(opened.deps.now()).toISOString());
      if (out === '-') return app.terminal.out(await readFile(file.copyPath));
      const wanted = resolve(app.cwd, out ?? '.');
      for (const one of files) if (one) await download(one, files.length, wanted, context);
    });
}

/** The copy of a file under its own name in a folder, or, the only one, under the name asked. */
async function download(
  { copyPath, targetPath }: { readonly copyPath: string; readonly targetPath: string },
  among: number,
  wanted: string,
  { app, say }: Context,
): Promise<void> {
  const path = among > 1 ? join(wanted, basename(targetPath)) : await placeFor(wanted, targetPath);
  await copyFile(copyPath, path, constants.COPYFILE_EXCL).catch((error: unknown) => {
    throw new Failure(
      'file.unwritable',
      { path, reason: error instanceof Error && 'code' in error ? String(error.code) : '' },
      { cause: error },
    );
  });
  app.terminal.out(`${say.text('cli.run.downloaded', { path })}\n`);
}

/** What `--json` of the import gave, without the entries, which only the run itself tells. */
async function showJson(tools: Tools, { app, say }: Context, run: RunRow, outcome: RunOutcome): Promise<void> {
  const { entries: _, ...shown } = runJson(outcome, { documents: [], entries: [] }, say);
  const documents = spoolIn(tools.deps.home);
  try {
    for (let offset = 0; ; offset += JSON_LOT) {
      const lot = await documentsFrom(tools, run.id, offset, JSON_LOT);
      for (const [place, document] of lot.entries())
        documents.append(offset + place, itemText(documentJson(document, stateOf(outcome) === 'failed', say)));
      if (lot.length < JSON_LOT) break;
    }
    const object = { ...shown, run: { ...shown.run, state: run.state } };
    for (const text of jsonText(object, { documents: documents.texts() })) app.terminal.out(text);
    app.terminal.out('\n');
  } finally {
    documents.close();
  }
}

async function documentsFrom({ deps }: Tools, run: string, offset: number, limit: number) {
  const { rows } = await deps.store.runs.documents(run, { states: null, problems: false, offset, limit });
  return rows.map(documentOf);
}

function printList(runs: readonly RunRow[], { app, say }: Context): void {
  const head = ['id', 'profile', 'kind', 'started', 'state', 'written', 'debit'].map((column) =>
    say.text(`cli.run.column.${column}`),
  );
  const rows = runs.map((run) => {
    const { id, profile, kind, startedAt, state, written, debit } = runLine(run);
    const started = `${showDate(startedAt, say.language)} ${showTime(startedAt, say.language)}`;
    return [
      id,
      profile,
      say.text(`cli.kind.${kind}`),
      started,
      say.text(`cli.run-state.${state}`),
      String(written),
      showAmount(debit, say.language),
    ];
  });
  app.terminal.out(table(head, rows, app.terminal.columns));
}

function runLine(run: RunRow) {
  const counts = countsOf(run);
  const { debit, credit } = totalsOf(run);
  const { id, profile, kind, from, to, state, startedAt, endedAt, currency } = run;
  return {
    id,
    profile,
    kind,
    from,
    to,
    state,
    startedAt,
    endedAt,
    read: counts.read,
    written: counts.written,
    held: counts.held,
    debit,
    credit,
    currency,
    file: fileOf(run)?.path ?? null,
  };
}

async function runOf(tools: Tools, { say }: Context, id: string): Promise<RunRow> {
  const run = await tools.deps.store.runs.get(id);
  if (run === null) throw usage(say.text('cli.usage.unknown-run', { written: id }));
  return run;
}

async function outcomeOf({ deps }: Tools, run: RunRow): Promise<RunOutcome> {
  const file = fileOf(run);
  return {
    run: {
      id: run.id,
      profile: run.profile,
      kind: run.kind,
      from: run.from,
      to: run.to,
      state: run.state as RunOutcome['run']['state'],
    }, // written by a run
    counts: countsOf(run),
    totals: totalsOf(run),
    troubles: troublesOf(run),
    files: file === null ? [] : runFiles(file),
    control: controlOf(run),
    reasonCounts: await deps.store.runs.countReasons(run.id),
  };
}

function totalsOf({ currency, decimals: kept, debitMinor, creditMinor }: RunRow): RunOutcome['totals'] {
  const { decimals } = currencyOf(currency, kept);
  return { debit: unitsText(debitMinor, decimals), credit: unitsText(creditMinor, decimals) };
}

/** A folder takes the file under its own name; anything else is the name itself. Nothing is overwritten. */
async function placeFor(wanted: string, file: string): Promise<string> {
  const isFolder = await stat(wanted).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(wanted, basename(file)) : wanted;
}

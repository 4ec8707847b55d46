import type { Command } from 'commander';
import { Option } from 'commander';
import { unitsText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine } from '../core/entry.ts';
import { PERIODS } from '../core/periods.ts';
import { keyOf, partsOf } from '../core/reason.ts';
import { showAmount, showDate, showDay, showMoney, showTime } from '../i18n/show.ts';
import type { RunKind } from '../runs/events.ts';
import type { Explained, ExplainedEntry } from '../runs/explain.ts';
import { explainDocuments } from '../runs/explain.ts';
import { explanationJson } from '../runs/explain-json.ts';
import type { Tools } from './app.ts';
import type { Context } from './cli.ts';
import { type PeriodOptions, requestFor } from './import.ts';
import { idOf } from './profile-store.ts';
import { type Say, usage, whole } from './say.ts';
import { table } from './table.ts';

type ExplainOptions = PeriodOptions & {
  readonly profile: string;
  readonly kind?: RunKind;
  readonly json?: boolean;
};

const KINDS: readonly RunKind[] = ['sales', 'creditNotes'];

/**
 * `comptoir explain DOCUMENT`: what was written of a document, where and when, and of each line the rule that gave its
 * account and the amounts it sums. With a period or a file the shop is read again, and it tells what it would write now.
 */
export function addExplain(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  program
    .command('explain <document>')
    .description(say.text('cli.help.explain'))
    .requiredOption('--profile <id>', say.text('cli.help.profile-option'))
    .option('--from <day>', say.text('cli.help.from'))
    .option('--to <day>', say.text('cli.help.to'))
    .addOption(new Option('--period <name>', say.text('cli.help.period')).choices(PERIODS))
    .option('--file <file>', say.text('cli.help.file'), (file: string, before: string[] = []) => [...before, file])
    .addOption(new Option('--kind <kind>', say.text('cli.help.explain.kind')).choices(KINDS))
    .option('--json', say.text('cli.help.json'))
    .action(async (name: string, options: ExplainOptions) => {
      const opened = await tools();
      const profile = await idOf(opened, options.profile);
      const read = await readAgain(opened, context, profile, name, options);
      const known = await explainDocuments(opened.deps.store, profile, name);
      const found = merged(known, read);
      if (found.length === 0) throw usage(say.text('cli.usage.unknown-document', { written: name }));
      if (options.json) {
        const told = found.map((one) =>
          explanationJson(one, (reason) => ({ code: reason.code, severity: reason.severity, ...say.reason(reason) })),
        );
        app.terminal.out(`${JSON.stringify(told, null, 2)}\n`);
      } else app.terminal.out(found.map((one) => textOf(one, say, app.terminal.columns)).join('\n'));
      end(0);
    });
}

/** The document as the shop has it now, when a period or a file says where to look; nothing is written. */
async function readAgain(
  tools: Tools,
  context: Context,
  profile: string,
  name: string,
  options: ExplainOptions,
): Promise<readonly Explained[]> {
  const { deps, runs } = tools;
  const { from, to, period, file } = options;
  if ([from, to, period, file].every((one) => one === undefined)) return [];
  const found: Explained[] = [];
  const signal = context.app.terminal.interrupt();
  for (const kind of options.kind === undefined ? KINDS : [options.kind]) {
    const asked = await requestFor(tools, context, kind, { ...options, profile }, 'preview', signal);
    const request = { ...asked, includeTransferred: true };
    const events = runs.startRun(deps, request, signal);
    let run = { id: '', at: '', file: null };
    for (;;) {
      const next = await events.next();
      if (next.done) {
        const [trouble] = next.value.run.state === 'failed' ? next.value.troubles : [];
        if (trouble) throw usage(whole(context.say.trouble(trouble)));
        break;
      }
      const event = next.value;
      if (event.type === 'begin') run = { id: event.run.id, at: event.at, file: null };
      if (event.type !== 'document') continue;
      const { document } = event;
      const names = [
        document.key,
        document.orderId,
        document.orderNumber,
        document.invoiceNumber,
        document.creditNoteNumber,
      ];
      if (!names.includes(name)) continue;
      const entries = event.entries.map((entry): ExplainedEntry => ({ source: 'read', run, entry }));
      found.push({ key: document.key, document, parts: [], history: [], entries });
    }
  }
  return found;
}

/** What is remembered of a document, with what the shop says of it now. */
function merged(known: readonly Explained[], read: readonly Explained[]): readonly Explained[] {
  const keys = [...new Set([...known, ...read].map(({ key }) => key))];
  return keys.flatMap((key) => {
    const now = read.find((one) => one.key === key);
    const before = known.find((one) => one.key === key);
    if (now === undefined || before === undefined) return now ?? before ?? [];
    return { ...before, document: now.document, entries: [...before.entries, ...now.entries] };
  });
}

function textOf({ key, document, parts, history, entries }: Explained, say: Say, columns: number | null): string {
  const lines: string[] = [];
  const { language } = say;
  const facts = document && [
    say.text(`cli.explain.${document.kind}`),
    document.orderNumber ?? document.orderId,
    document.creditNoteNumber ?? document.invoiceNumber ?? '',
    document.date === null ? '' : showDay(document.date, language),
    document.gross === null || document.currency === null ? '' : showMoney(document.gross, document.currency, language),
    say.text(`cli.state.${document.state}`),
  ];
  lines.push([key, ...(facts ?? [])].filter((word) => word !== '').join(' · '));
  for (const reason of document?.reasons ?? []) lines.push(`  ! ${whole(say.reason(reason))}`);
  for (const { part, state, reason } of parts) {
    if (state !== 'transferred')
      lines.push(`  ${say.text(`cli.explain.part.${state}`, { part, reason: reason ?? '' })}`);
  }
  for (const one of history) {
    const { action, part, run, number, reason } = one;
    const at = `${showDate(one.at, language)} ${showTime(one.at, language)}`;
    lines.push(
      `  ${say.text(`cli.explain.history.${action}`, { part, at, run: run ?? '', number: String(number ?? ''), reason: reason ?? '' })}`,
    );
  }
  let text = `${lines.join('\n')}\n`;
  for (const one of entries) text += `\n${entryText(one, say, columns)}`;
  return text;
}

function entryText({ source, run, entry }: ExplainedEntry, say: Say, columns: number | null): string {
  const { number, journal, date, piece, reference, label } = entry;
  const head = say.text(`cli.explain.entry.${source}`, {
    number,
    run: run.id,
    file: run.file ?? '',
    at: run.at === '' ? '' : `${showDate(run.at, say.language)} ${showTime(run.at, say.language)}`,
  });
  const facts = [journal, showDay(date, say.language), piece, reference, label]
    .filter((word) => word !== '')
    .join(' · ');
  const titles = ['account', 'debit', 'credit', 'rule', 'sum'].map((column) =>
    say.text(`cli.explain.column.${column}`),
  );
  return `${head}\n${facts}\n${table(
    titles,
    entry.lines.map((line) => lineCells(line, say)),
    columns,
  )}`;
}

function lineCells(line: EntryLine, say: Say): readonly string[] {
  const { decimals } = line.amount.currency;
  const side = (minor: bigint) => (minor === 0n ? '' : showAmount(unitsText(minor, decimals), say.language));
  const { mapping, rule } = line.because;
  const key = keyOf(rule).map(([, value]) => value);
  return [
    [line.account, line.thirdParty, line.taxCode].filter((word) => word !== null).join(' '),
    side(debitOf(line)),
    side(creditOf(line)),
    `${say.text(`ui.mapping.${mapping}`)} · ${key.length === 0 ? say.text('cli.explain.default') : key.join(' + ')}`,
    partsOf(line.because)
      .map(({ line: id, label, amount }) =>
        `${nameOf(id)}${label === '' ? '' : ` ${label}`} ${amount === '' ? '' : showAmount(amount, say.language)}`.trim(),
      )
      .join('; '),
  ];

  /** What comes from no line of the document has a name of its own. */
  function nameOf(id: string): string {
    return id === 'total' || id === 'rounding' || id === 'conversion' ? say.text(`ui.why.part.${id}`) : id;
  }
}

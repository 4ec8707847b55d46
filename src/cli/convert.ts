import { basename, extname, join, parse, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { unitsText } from '../core/decimal.ts';
import { currencyOf } from '../core/money.ts';
import { showAmount } from '../i18n/show.ts';
import type { ConvertEvent } from '../ledgers/ledger.ts';
import { formatSettings } from '../profiles/settings.ts';
import type { ConvertRequest, ExitCode } from './app.ts';
import type { Context } from './cli.ts';
import { formatAsked, formatName } from './format-files.ts';
import { optionsOf, repeated } from './options.ts';
import { storedOf } from './profile-store.ts';
import { type Say, usage, whole } from './say.ts';

/** Lines told on the terminal and in `--json`; the rest is counted. */
const SHOWN = 20;
const JSON_LIMIT = 10_000;

type ConvertOptions = {
  readonly from: string;
  readonly to: string;
  readonly out?: string;
  readonly profile?: string;
  readonly currency?: string;
  readonly journal?: string;
  readonly option: readonly string[];
  readonly json?: boolean;
};

type Refused = Extract<ConvertEvent, { type: 'fault' | 'held' }>;
type Loss = Extract<ConvertEvent, { type: 'loss' }>;
type Done = Extract<ConvertEvent, { type: 'done' }>;

/** `comptoir convert FILE --from F --to G`: a file of one program made into a file of another. */
export function addConvert(program: Command, context: Context): void {
  const { say, end } = context;
  const name = formatName(context);
  program
    .command('convert <file>')
    .description(say.text('cli.help.convert'))
    .addOption(new Option('--from <id>', say.text('cli.help.convert.from')).argParser(name).makeOptionMandatory())
    .addOption(new Option('--to <id>', say.text('cli.help.convert.to')).argParser(name).makeOptionMandatory())
    .option('--out <file>', say.text('cli.help.convert.out'))
    .option('--profile <id>', say.text('cli.help.convert.profile'))
    .option('--currency <code>', say.text('cli.help.convert.currency'))
    .option('--journal <code>', say.text('cli.help.convert.journal'))
    .addOption(new Option('--option <name=value>', say.text('cli.help.convert.option')).argParser(repeated).default([]))
    .option('--json', say.text('cli.help.json'))
    .action(async (file: string, options: ConvertOptions) => {
      const request = await requestOf(context, file, options);
      end(request === null ? 1 : await followed(context, request, options.json ?? false));
    });
}

async function requestOf(context: Context, file: string, options: ConvertOptions): Promise<ConvertRequest | null> {
  const { app, tools } = context;
  const { out, currency, profile } = options;
  const source = resolve(app.cwd, file);
  const stored = profile === undefined ? null : await storedOf(await tools(), profile);
  const { options: _, ...books } = stored === null ? NO_BOOKS : formatSettings(stored.profile, options.to);
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) throw usage('--currency');
  const from = await formatAsked(context, options.from, stored);
  const to = await formatAsked(context, options.to, stored);
  if (from === null || to === null) return null;
  return {
    source,
    target: out === undefined ? beside(context, source, to) : resolve(app.cwd, out),
    from,
    to,
    context: { ...books, booksCurrency: currency ?? books.booksCurrency },
    journal: options.journal ?? '',
    options: optionsOf(options.option),
  };
}

const NO_BOOKS = {
  companyName: '',
  booksCurrency: 'EUR',
  chart: { accounts: {}, journals: {}, thirdParties: {} },
  translate: { accounts: {}, journals: {}, thirdParties: {} },
  options: {},
};

/** The same name with the new format's extension, and its id where that would be the same file. */
function beside({ app }: Context, source: string, to: ConvertRequest['to']): string {
  const { dir, name } = parse(source);
  const id = nameOf(to);
  const known = typeof to === 'string' ? app.formats.find((one) => one.id === to)?.extension : to.extension;
  const extension = `.${known ?? 'txt'}`;
  const same = extname(basename(source)).toLowerCase() === extension;
  return join(dir, same ? `${name}-${id}${extension}` : name + extension);
}

/** `custom` is any that its user describes. */
function nameOf(format: ConvertRequest['to']): string {
  return typeof format === 'string' ? format : 'custom';
}

/** Tells what is refused as it comes, what is lost at the end; 3 when an entry was left out, 1 when all were. */
async function followed({ app, say }: Context, request: ConvertRequest, json: boolean): Promise<ExitCode> {
  const refused: Refused[] = [];
  const losses: Loss[] = [];
  let count = 0;
  let done: Done | null = null;
  for await (const event of app.convert(request)) {
    if (event.type === 'done') done = event;
    else if (event.type === 'loss') losses.push(event);
    else {
      count += 1;
      if (count <= JSON_LIMIT) refused.push(event);
      if (!json && count <= SHOWN) app.terminal.err(`${refusalText(event, say)}\n`);
    }
  }
  if (done === null) throw new TypeError('A conversion without an end');
  const decimals = currencyOf(request.context.booksCurrency).decimals;
  if (json) {
    const { path, entries, lines } = done;
    const totals = { debit: unitsText(done.debitMinor, decimals), credit: unitsText(done.creditMinor, decimals) };
    const told = refused.map((one) => refusalJson(one, say));
    const lost = losses.map(({ loss, entries: among, line }) => ({ loss, entries: among, line }));
    const [from, to] = [nameOf(request.from), nameOf(request.to)];
    const result = { from, to, path, entries, lines, ...totals, refusedCount: count, refused: told, losses: lost };
    app.terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    if (count > SHOWN) app.terminal.err(`${say.text('cli.convert.more', { count: count - SHOWN })}\n`);
    for (const { loss, entries, line } of losses)
      app.terminal.err(`${say.text(`cli.convert.loss.${loss}`, { count: entries, line })}\n`);
    app.terminal.out(`${doneText(done, decimals, say)}\n`);
  }
  if (done.path === null) return 1;
  return count > 0 ? 3 : 0;
}

function refusalText(event: Refused, say: Say): string {
  if (event.type === 'fault') return say.text('cli.convert.fault', faultValues(event));
  const reasons = event.problems.map((problem) => whole(say.reason(problem))).join(' ');
  return say.text('cli.convert.held', { line: event.line, piece: event.piece, reasons });
}

function refusalJson(event: Refused, say: Say) {
  if (event.type === 'fault') return { ...faultValues(event), problems: [] };
  const problems = event.problems.map((problem) => ({ code: problem.code, ...say.reason(problem) }));
  return { line: event.line, piece: event.piece, problems };
}

function faultValues({ line, column, expected, found }: Extract<ConvertEvent, { type: 'fault' }>) {
  return { line, column: column === null ? '' : column, expected, found };
}

function doneText({ path, entries, lines, debitMinor }: Done, decimals: number, say: Say): string {
  if (path === null) return say.text('cli.convert.nothing');
  const total = showAmount(unitsText(debitMinor, decimals), say.language);
  return say.text('cli.convert.done', { path, entries, lines, total });
}

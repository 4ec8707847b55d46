import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { Failure } from '../core/problem.ts';
import { keepLayout, previewFile } from '../runs/file-layouts.ts';
import { type CsvLayout, csvLayout } from '../schema/csv-layout.ts';
import type { ExitCode } from './app.ts';
import type { Context } from './cli.ts';
import { codeOf, documentIn } from './json-files.ts';
import { storedOf } from './profile-store.ts';
import { usage, whole } from './say.ts';
import { table } from './table.ts';

type LayoutOptions = {
  readonly profile: string;
  readonly kind: 'sales' | 'credit-notes';
  readonly layout?: string;
  readonly out?: string;
  readonly keep?: boolean;
  readonly json?: boolean;
};

/** `comptoir layout FILE`: how a CSV of sales would be read, its first documents, and what must be answered before. */
export function addLayout(program: Command, context: Context): void {
  const { say, end } = context;
  program
    .command('layout <file>')
    .description(say.text('cli.help.layout'))
    .requiredOption('--profile <id>', say.text('cli.help.profile-option'))
    .addOption(
      new Option('--kind <kind>', say.text('cli.help.layout.kind')).choices(['sales', 'credit-notes']).default('sales'),
    )
    .option('--layout <file>', say.text('cli.help.layout.layout'))
    .option('--out <file>', say.text('cli.help.layout.out'))
    .option('--keep', say.text('cli.help.layout.keep'))
    .option('--json', say.text('cli.help.json'))
    .action(async (file: string, options: LayoutOptions) => end(await shown(context, file, options)));
}

/** The layout a file spells; a failure names the field that is wrong in it. */
export async function layoutIn(path: string): Promise<CsvLayout> {
  const read = csvLayout.safeParse(await documentIn(path));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new Failure('file.csv-layout-wrong', { path, field, reason: issue?.message ?? '' });
}

async function shown(context: Context, file: string, options: LayoutOptions): Promise<ExitCode> {
  const { app, say } = context;
  const { terminal, cwd } = app;
  const tools = await context.tools();
  const stored = await storedOf(tools, options.profile);
  const layout = options.layout === undefined ? null : await layoutIn(resolve(cwd, options.layout));
  const kind = options.kind === 'sales' ? 'sale' : 'creditNote';
  const path = resolve(cwd, file);
  const preview = await previewFile(tools.deps.store, stored, { path, kind, layout }, terminal.interrupt());
  if (preview === null) throw usage(say.text('cli.layout.no-csv', { file }));
  const { questions, headless, fingerprint } = preview;
  if (options.out !== undefined) await written(resolve(cwd, options.out), preview.layout);
  const sure = questions.length === 0 && !headless;
  if (options.keep && sure) await keepLayout(tools.deps.store, stored.id, fingerprint, preview.layout);
  if (options.json) {
    terminal.out(`${JSON.stringify(preview, null, 2)}\n`);
    return sure ? 0 : 3;
  }
  const word = (name: string) => say.text(`word.${name}`);
  const columns = preview.columns.map(({ header, samples, field, rate }) => [
    ...[header, field === null ? '—' : `${say.text(`csv.field.${field}`)}${rate === null ? '' : ` ${rate} %`}`],
    samples.join(' · '),
  ]);
  terminal.out(
    table(
      ['header', 'field', 'samples'].map((name) => say.text(`csv.head.${name}`)),
      columns,
      terminal.columns,
    ),
  );
  for (const { number, date, gross, currency, problem } of preview.documents) {
    const told = problem === null ? `${gross} ${currency}` : whole(say.reason({ ...problem, values: problem.values }));
    terminal.out(`${[number, date ?? '', told].filter((text) => text !== '').join('  ')}\n`);
  }
  if (headless) terminal.err(`${word('csv-headless')}\n`);
  for (const { id, values } of questions) {
    terminal.err(`${say.text('csv.question', { question: word(`csv-ask-${id}`), values: values.join(', ') })}\n`);
  }
  if (options.keep) terminal.out(`${say.text(sure ? 'cli.layout.kept' : 'cli.layout.not-kept')}\n`);
  return sure ? 0 : 3;
}

async function written(path: string, layout: CsvLayout): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(layout, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new Failure('file.unwritable', { path, reason: codeOf(error) }, { cause: error });
  }
}

import { type Command, Option } from 'commander';
import { hasSentence } from '../i18n/translate.ts';
import { formatSettings } from '../profiles/settings.ts';
import { lastEntries } from '../runs/last-entries.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import type { FormatPreview } from '../schema/format-preview.ts';
import type { ExitCode } from './app.ts';
import type { Context } from './cli.ts';
import { definitionIn, formatName } from './format-files.ts';
import { optionsOf, repeated } from './options.ts';
import { storedOf } from './profile-store.ts';
import { usage, whole } from './say.ts';
import { table } from './table.ts';

/** Entries of the last import that a preview shows. */
const SHOWN_ENTRIES = 6;

/** `comptoir formats`: the files that can be written, and how sure each layout is; and those that users describe. */
export function addFormats(program: Command, context: Context): void {
  const { app, say } = context;
  const group = program
    .command('formats')
    .description(say.text('cli.help.formats'))
    .option('--json', say.text('cli.help.json'))
    .action(({ json }: { json?: boolean }) => listFormats(context, json ?? false));
  group
    .command('show <id>')
    .description(say.text('cli.help.formats.show'))
    .option('--json', say.text('cli.help.json'))
    .addOption(new Option('--option <name=value>', say.text('cli.help.formats.option')).argParser(repeated).default([]))
    .action((id: string, { option }: { option: readonly string[] }, command: Command) => {
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      context.end(showFormat(context, id, { json, options: optionsOf(option) }));
    });
  group
    .command('check <file>')
    .description(say.text('cli.help.formats.check'))
    .action(async (file: string) => {
      const definition = await definitionIn(context, file);
      if (definition !== null) app.terminal.out(`${await factsText(context, definition)}\n`);
      context.end(definition === null ? 1 : 0);
    });
  group
    .command('preview <file>')
    .description(say.text('cli.help.formats.preview'))
    .option('--profile <id>', say.text('cli.help.formats.profile'))
    .action(async (file: string, { profile }: { profile?: string }) => {
      const definition = await definitionIn(context, file);
      context.end(definition === null ? 1 : await preview(context, definition, profile ?? null));
    });
  group.helpCommand(false);
}

function listFormats({ app, say }: Context, json: boolean): void {
  const formats = app.formats.map(({ id, name, vendor, extension, confidence, checkedAgainst, options }) => {
    return { id, name, vendor, extension, confidence, checkedAgainst, options };
  });
  if (json) {
    app.terminal.out(`${JSON.stringify(formats, null, 2)}\n`);
    return;
  }
  const head = ['id', 'name', 'vendor', 'extension', 'confidence'].map((column) => say.text(`cli.formats.${column}`));
  const rows = formats.map(({ id, name, vendor, extension, confidence }) => [
    ...[id, name, vendor, extension],
    confidence < 4 ? `${confidence}/5, ${say.text('format.ask')}` : `${confidence}/5`,
  ]);
  app.terminal.out(table(head, rows, app.terminal.columns));
}

/** A format's facts, or with `--json` its definition, for one to start from. */
function showFormat(
  context: Context,
  id: string,
  { json, options }: { readonly json: boolean; readonly options: Readonly<Record<string, string>> },
): ExitCode {
  const { app, say } = context;
  const format = app.formats.find((one) => one.id === formatName(context)(id));
  if (format === undefined) throw usage(id);
  if (!json) {
    const { name, vendor, extension, confidence, checkedAgainst } = format;
    const own = `format.checked.${format.id}`;
    const checked = hasSentence(say.language, own) ? say.text(own) : checkedAgainst;
    const known = say.text('format.sureness', { confidence: String(confidence), checked });
    const ask = confidence < 4 ? ` ${say.text('format.ask-accountant')}` : '';
    app.terminal.out(`${name} (${vendor}), .${extension}. ${known}${ask}\n`);
    return 0;
  }
  const derived = app.ownFormats.derive(id, options);
  if (derived.ok) app.terminal.out(`${JSON.stringify(derived.definition, null, 2)}\n`);
  else {
    const reasons = derived.reasons.join(', ');
    app.terminal.err(`${say.text('cli.formats.underivable', { format: format.name, reasons })}\n`);
  }
  return derived.ok ? 0 : 1;
}

/** What a file of it says of an entry, and what it has no place for. */
async function factsText({ app, say }: Context, definition: FormatDefinition): Promise<string> {
  const { carries, lacks } = await app.ownFormats.preview(definition, null);
  const words = (names: readonly string[]) => names.map((name) => say.text(`carried.${name}`)).join(', ');
  const without =
    lacks.length === 0 ? say.text('cli.formats.lacks-nothing') : say.text('cli.formats.lacks', { lacks: words(lacks) });
  return `${say.text('cli.formats.sound', { name: definition.name, carries: words(carries) })}\n${without}`;
}

/** The lines under a ruler of positions, then what a reader makes of them; 1 when they are not what was written. */
async function preview(context: Context, definition: FormatDefinition, asked: string | null): Promise<ExitCode> {
  const { app, say, tools } = context;
  const given = asked === null ? null : await entriesOf(context, asked);
  const shown = await app.ownFormats.preview(definition, given);
  app.terminal.out(`${say.text(given === null ? 'cli.formats.sample' : 'cli.formats.last')}\n`);
  app.terminal.out(rulerOf(shown.lines, definition.shape.is === 'fixed'));
  for (const { entry, problems } of shown.held) {
    const reason = problems.map((problem) => whole(say.reason(problem))).join(' ');
    app.terminal.err(`${say.text('cli.formats.refused', { number: entry, reason })}\n`);
  }
  const { read } = shown;
  if (read.state === 'proven') {
    const { lines, debit: total } = read;
    app.terminal.out(`${say.text('cli.formats.reread', { lines, total })}\n`);
    return shown.held.length > 0 ? 3 : 0;
  }
  if (read.state === 'nothing') return 3;
  const [line, expected, found] = read.state === 'fault' ? [read.line, read.expected, read.found] : ['', '', read.what];
  app.terminal.err(`${say.text('cli.formats.not-read', { line, expected, found })}\n`);
  return 1;

  async function entriesOf(_: Context, profile: string) {
    const opened = await tools();
    const stored = await storedOf(opened, profile);
    const entries = await lastEntries(opened.deps.store, stored.id, SHOWN_ENTRIES);
    return entries.length === 0 ? null : { entries, context: formatSettings(stored.profile, 'custom') };
  }
}

/** Positions are counted in files of fixed width; lines are numbered in all. */
function rulerOf(lines: FormatPreview['lines'], fixed: boolean): string {
  const longest = lines.reduce((length, { text }) => Math.max(length, text.length), 0);
  const tens = Array.from({ length: Math.floor(longest / 10) }, (_, index) => String((index + 1) * 10).padStart(10));
  const marks = Array.from({ length: longest }, (_, at) =>
    (at + 1) % 10 === 0 ? '|' : (at + 1) % 5 === 0 ? '+' : '·',
  );
  const ruler = fixed ? `     ${tens.join('')}\n     ${marks.join('')}\n` : '';
  return ruler + lines.map(({ text }, index) => `${String(index + 1).padStart(4)} ${text}\n`).join('');
}

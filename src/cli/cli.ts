import { Command, CommanderError, Option } from 'commander';
import { Failure } from '../core/problem.ts';
import { LANGUAGES, type Language, languageOf } from '../i18n/language.ts';
import { visible } from '../i18n/show.ts';
import type { App, ExitCode, Terminal, Tools } from './app.ts';
import { addBackup } from './backup.ts';
import { addCheck } from './check.ts';
import { addCheckFec } from './check-fec.ts';
import { addConvert } from './convert.ts';
import { addExplain } from './explain.ts';
import { addExport } from './export.ts';
import { addFormats } from './formats.ts';
import { addImport } from './import.ts';
import { addLayout } from './layout.ts';
import { addProfile } from './profile.ts';
import { addProxy } from './proxy.ts';
import { addReset } from './reset.ts';
import { addRun } from './run.ts';
import { type Say, speaker, usage, whole } from './say.ts';
import { addServe } from './serve.ts';
import { addUndo } from './undo.ts';
import { addUserCommands } from './user.ts';

/** What each command gets: the way to speak, the way to the data, and where its exit code goes. */
export type Context = {
  readonly app: App;
  readonly say: Say;
  /** Opens the data folder, once. */
  readonly tools: () => Promise<Tools>;
  readonly end: (code: ExitCode) => void;
};

const COMMANDS = [
  addServe,
  addImport,
  addLayout,
  addProfile,
  addCheck,
  addReset,
  addUndo,
  addRun,
  addExplain,
  addFormats,
  addConvert,
  addExport,
  addProxy,
  addCheckFec,
  addUserCommands,
  addBackup,
];

/** Runs one command line (without `node` and the script) and gives its exit code. */
export async function cli(argv: readonly string[], { terminal, ...rest }: App): Promise<number> {
  const app: App = { ...rest, terminal: guarded(terminal) };
  const say = speaker(languageAsked(argv, app));
  let code: ExitCode = 0;
  let opened: Promise<Tools> | null = null;
  const program = newProgram(say, app, argv);
  const context: Context = {
    app,
    say,
    tools: () => {
      opened ??= opening();
      return opened;
    },
    end: (given) => {
      code = given;
    },
  };
  for (const add of COMMANDS) add(program, context);
  for (const command of program.commands) command.helpCommand(false);
  async function opening(): Promise<Tools> {
    const tools = await app.open(homeAsked(program, app));
    for (const { outcome, profile, startedAt } of tools.recovered) {
      app.terminal.err(`${say.text(`cli.recovered.${outcome}`, { profile, started: startedAt })}\n`);
    }
    return tools;
  }

  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return told(error, context);
  } finally {
    await (opened as Promise<Tools> | null)?.then(
      (tools) => tools.close(),
      () => {},
    );
  }
}

/** The words come from the language files, not from the library. */
function newProgram(say: Say, app: App, argv: readonly string[]): Command {
  const { terminal, version } = app;
  return new Command('comptoir')
    .description(say.text('cli.help.comptoir'))
    .version(version, '-v, --version', say.text('cli.help.version'))
    .option('--home <dir>', say.text('cli.help.home'))
    .addOption(
      new Option('--lang <code>', say.text('cli.help.lang')).choices([
        ...LANGUAGES,
        ...app.ownLanguages.codes(homeWritten(argv, app)),
      ]),
    )
    .helpOption('-h, --help', say.text('cli.help.help'))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: terminal.err, outputError: () => {} })
    .configureHelp({
      styleTitle: (title) => say.text(`cli.help.title.${title.replace(/\W/g, '').toLowerCase()}`),
      helpWidth: terminal.columns ?? 100,
      optionDescription: ({ description, argChoices, defaultValue }) => {
        const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
        return description + choices + (typeof defaultValue === 'string' ? ` [${defaultValue}]` : '');
      },
    });
}

/** The one door to the terminal: a shop's texts are shown by it, never obeyed. */
function guarded(terminal: Terminal): Terminal {
  const { out, err } = terminal;
  return {
    ...terminal,
    out: (text) => out(typeof text === 'string' ? visible(text) : text),
    err: (text) => err(visible(text)),
  };
}

function told(error: unknown, { app, say }: Context): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (error.code === 'commander.help') return 2; // a group without its command: the help was shown
    app.terminal.err(`${spokenUsage(error, say)}\n`);
    return 2;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    app.terminal.err(`${say.text('cli.interrupted')}\n`);
    return 1;
  }
  if (!(error instanceof Failure)) throw error;
  app.terminal.err(`${whole(say.trouble(error))}\n`);
  return error.code === 'usage' || error.code === 'profile.unknown' ? 2 : 1;
}

/** The library's codes, in our sentences; what it quotes is what was written. */
function spokenUsage(error: CommanderError, say: Say): string {
  const [, first = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const [, written = first, known = ''] =
    /argument '([^']*)' is invalid\. Allowed choices are (.*)\.$/.exec(error.message) ?? [];
  const key = `cli.usage.${error.code.replace('commander.', '')}`;
  const text = say.text(key, { written, known });
  const cure = say.text('cli.usage.cure');
  return text === key ? `${error.message.replace(/^error: /, '')} ${cure}` : `${text} ${cure}`;
}

/** Before the command line is read: its help and its faults are told in that language too. */
function languageAsked(argv: readonly string[], app: App): Language {
  const { environment, ownLanguages } = app;
  const asked = written(argv, '--lang') ?? environment.COMPTOIR_LANG;
  const known = LANGUAGES.find((language) => language === asked);
  if (known !== undefined) return known;
  const home = homeWritten(argv, app);
  if (asked !== undefined && ownLanguages.codes(home).includes(asked)) {
    try {
      return ownLanguages.read(home, asked);
    } catch (error) {
      if (!(error instanceof Failure)) throw error; // a damaged file leaves the command usable; the editor tells it
    }
  }
  return languageOf(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG);
}

function homeWritten(argv: readonly string[], { environment }: App): string | null {
  return written(argv, '--home') || environment.COMPTOIR_HOME || null;
}

/** The value of an option as it stands on the command line. */
function written(argv: readonly string[], option: string): string | undefined {
  const place = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
  return argv[place]?.includes('=') ? argv[place].slice(option.length + 1) : argv[place < 0 ? argv.length : place + 1];
}

function homeAsked(program: Command, { environment }: App): string | null {
  const { home } = program.opts<{ home?: string }>();
  if (home === '') throw usage('--home');
  return home ?? environment.COMPTOIR_HOME ?? null;
}

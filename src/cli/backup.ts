import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { Failure } from '../core/problem.ts';
import { confirmed } from './ask.ts';
import type { Context } from './cli.ts';
import { usage } from './say.ts';

type Asked = { readonly secrets: boolean; readonly yes?: boolean };

/** `comptoir backup FILE` and `restore FILE`: the whole configuration and state as one file, and back. */
export function addBackup(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  program
    .command('backup <file>')
    .description(say.text('cli.help.backup'))
    .option('--no-secrets', say.text('cli.help.backup.no-secrets'))
    .action(async (file: string, { secrets }: Asked) => {
      const { deps } = await tools();
      const passphrase = secrets ? await passphraseOf(context, true) : null;
      const path = resolve(app.cwd, file);
      const { backup } = await import('../backup/backup.ts'); // the other commands do without
      const { store, home, now } = deps;
      await written(path, backup({ store, home, now, version: app.version }, passphrase));
      await recorded(context, 'backup.make');
      app.terminal.out(`${say.text('cli.backup.made', { path })}\n`);
      if (passphrase === null) app.terminal.out(`${say.text('cli.backup.without-secrets')}\n`);
      end(0);
    });
  program
    .command('restore <file>')
    .description(say.text('cli.help.restore'))
    .option('--no-secrets', say.text('cli.help.restore.no-secrets'))
    .option('--yes', say.text('cli.help.yes'))
    .action(async (file: string, { secrets, yes = false }: Asked) => {
      const { deps, putInPlace } = await tools();
      const { accept, forget, receive } = await import('../backup/restore.ts');
      const { openStore } = await import('../store/open.ts');
      const path = resolve(app.cwd, file);
      const manifest = await receive(deps, readable(path), openStore);
      const { madeAt, profiles, transferred, key } = manifest;
      const since = await deps.store.maintenance.transferredSince(madeAt);
      const facts = { madeAt, version: manifest.app, profiles: profiles.length, transferred, since };
      app.terminal.err(`${say.text('cli.restore.inside', facts)}\n`);
      if (since > 0) app.terminal.err(`${say.text('cli.restore.since', facts)}\n`);
      if (!yes && !(await confirmed(context, say.text('cli.restore.question')))) {
        await forget(deps.home);
        return end(1);
      }
      await accept(deps, key !== null && secrets ? await passphraseOf(context, false) : null, openStore);
      const state = await putInPlace();
      app.terminal.out(`${say.text(state === 'done' ? 'cli.restore.done' : 'cli.restore.waits')}\n`);
      end(0);
    });
}

/** From `COMPTOIR_PASSPHRASE`, else typed (twice for a new one), else the first line of standard input. */
async function passphraseOf({ app, say }: Context, isNew: boolean): Promise<string> {
  const { terminal, environment } = app;
  const given = environment.COMPTOIR_PASSPHRASE ?? (terminal.interactive ? null : ((await terminal.lines(1))[0] ?? ''));
  if (given !== null) return checked(given, say.text('cli.usage.passphrase'));
  const signal = terminal.interrupt();
  const typed = await terminal.askSecret(say.text('cli.backup.passphrase'), signal);
  if (isNew && (await terminal.askSecret(say.text('cli.user.password-again'), signal)) !== typed)
    throw usage(say.text('cli.usage.passwords-differ'));
  return checked(typed, say.text('cli.usage.passphrase'));
}

function checked(passphrase: string, otherwise: string): string {
  if (passphrase.length < 10) throw usage(otherwise);
  return passphrase;
}

/** Beside its place, then moved: no half backup bears the name. */
async function written(path: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const beside = `${path}.partial`;
  try {
    await pipeline(Readable.from(parts), createWriteStream(beside, { mode: 0o600 }));
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    if (error instanceof Error && 'syscall' in error && 'code' in error)
      throw new Failure('file.unwritable', { path, reason: String(error.code) }, { cause: error });
    throw error;
  }
}

async function* readable(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure('file.unreadable', { path, reason }, { cause: error });
  }
}

async function recorded({ tools }: Context, act: string): Promise<void> {
  const { deps } = await tools();
  const at = new Date(deps.now()).toISOString();
  await deps.store.access.audit.add({ at, user: deps.by ?? null, via: 'cli', act, object: null });
}

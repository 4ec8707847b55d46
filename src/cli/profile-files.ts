import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Failure } from '../core/problem.ts';
import { addProfile } from '../runs/new-profile.ts';
import type { Context } from './cli.ts';
import { codeOf, documentIn } from './json-files.ts';
import { documentOf, rowOf, tellAdded } from './profile-store.ts';

/** `comptoir profile export`: the profile as a document, without its secrets. */
export function addProfileExport(group: Command, { app, say, tools }: Context): void {
  const { terminal } = app;
  group
    .command('export <profile>')
    .description(say.text('cli.help.profile.export'))
    .option('--out <file>', say.text('cli.help.profile.export-out'))
    .action(async (asked: string, { out }: { out?: string }) => {
      const text = `${JSON.stringify(documentOf(await rowOf(await tools(), asked)), null, 2)}\n`;
      if (out === undefined) return terminal.out(text);
      const path = resolve(app.cwd, out);
      await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => unwritable(path, error));
      terminal.out(`${say.text('cli.profile.exported', { path })}\n`);
    });
}

/** `comptoir profile import`: a new profile from such a document. */
export function addProfileImport(group: Command, context: Context): void {
  const { app, say, tools, end } = context;
  group
    .command('import <file>')
    .description(say.text('cli.help.profile.import'))
    .option('--name <name>', say.text('cli.help.profile.name'))
    .action(async (file: string, { name }: { name?: string }) => {
      const document = await documentIn(resolve(app.cwd, file));
      const added = await addProfile(await tools(), name === undefined ? document : { ...document, name });
      end(tellAdded(context, added, 'cli.profile.imported'));
    });
}

function unwritable(path: string, error: unknown): never {
  throw new Failure('file.unwritable', { path, reason: codeOf(error) }, { cause: error });
}

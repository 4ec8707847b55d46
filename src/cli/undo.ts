import { type Command, Option } from 'commander';
import { showDate, showTime } from '../i18n/show.ts';
import { lookAtUndo, type UndoFiles, undoRun } from '../runs/undo.ts';
import { confirmed } from './ask.ts';
import type { Context } from './cli.ts';
import { usage } from './say.ts';

type Options = { readonly reason?: string; readonly files: UndoFiles; readonly yes?: boolean };

/** `comptoir undo RUN`: takes back an import that the accounting software has not read yet. */
export function addUndo(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  program
    .command('undo <run>')
    .description(say.text('cli.help.undo'))
    .option('--reason <text>', say.text('cli.help.reset.reason'))
    .addOption(
      new Option('--files <what>', say.text('cli.help.undo.files'))
        .choices(['rename', 'remove', 'leave'])
        .default('rename'),
    )
    .option('--yes', say.text('cli.help.yes'))
    .action(async (id: string, { reason, files, yes }: Options) => {
      const { deps } = await tools();
      const run = await deps.store.runs.get(id);
      if (run === null) throw usage(say.text('cli.usage.unknown-run', { written: id }));
      const view = await lookAtUndo(deps, run);
      if (view.obstacle === null) {
        for (const { path, standing } of view.files)
          if (standing !== 'there') app.terminal.err(`${say.text(`cli.undo.file-${standing}`, { path })}\n`);
        if (view.downloadedAt !== null) {
          const at = `${showDate(view.downloadedAt, say.language)} ${showTime(view.downloadedAt, say.language)}`;
          app.terminal.err(`${say.text('cli.undo.downloaded', { at })}\n`);
        }
        const question = say.text('cli.undo.question', { count: view.parts });
        if (!yes && !(await confirmed(context, question))) return end(1);
      }
      const count = await undoRun(deps, id, { files, reason: reason ?? 'comptoir undo', by: 'cli' });
      app.terminal.out(`${say.text('cli.undo.done', { count })}\n`);
    });
}

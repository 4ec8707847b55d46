import type { Command } from 'commander';
import type { Context } from './cli.ts';
import { table } from './table.ts';

/** `comptoir formats`: the files that can be written, and how sure each layout is. */
export function addFormats(program: Command, { app, say }: Context): void {
  program
    .command('formats')
    .description(say.text('cli.help.formats'))
    .option('--json', say.text('cli.help.json'))
    .action(({ json }: { json?: boolean }) => {
      const formats = app.formats.map(({ id, name, vendor, extension, confidence, checkedAgainst, options }) => {
        return { id, name, vendor, extension, confidence, checkedAgainst, options };
      });
      if (json) app.terminal.out(`${JSON.stringify(formats, null, 2)}\n`);
      else {
        const head = ['id', 'name', 'vendor', 'extension', 'confidence'].map((column) =>
          say.text(`cli.formats.${column}`),
        );
        const rows = formats.map(({ id, name, vendor, extension, confidence }) => [
          id,
          name,
          vendor,
          extension,
          `${confidence}/5`,
        ]);
        app.terminal.out(table(head, rows, app.terminal.columns));
      }
    });
}

import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FecFinding, FecPurpose } from '../formats/fec-check/findings.ts';
import type { Context } from './cli.ts';
import type { Say } from './say.ts';

/** Findings of one kind that are told on the terminal, and all in `--json`; the rest is counted. */
const SHOWN = 10;
const JSON_LIMIT = 10_000;

/**
 * `comptoir check-fec FILE`: the file against the published rules, each fault with line, field, value, reason and cure. Ends
 * with 1 when the law or the administration's checker refuses the file; what is only pointed out changes nothing.
 */
export function addCheckFec(program: Command, { app, say, end }: Context): void {
  program
    .command('check-fec <file>')
    .description(say.text('cli.help.check-fec'))
    .option('--import', say.text('cli.help.check-fec.import'))
    .option('--json', say.text('cli.help.json'))
    .action(async (file: string, options: { import?: boolean; json?: boolean }) => {
      const path = resolve(app.cwd, file);
      const purpose: FecPurpose = options.import ? 'import' : 'audit';
      const counts = { error: 0, warning: 0 };
      const kinds = new Map<FecFinding['code'], number>();
      const told: FecFinding[] = [];
      const walk = app.checkFec({ path, purpose });
      let next = await walk.next();
      for (; !next.done; next = await walk.next()) {
        for (const finding of next.value) {
          counts[finding.level] += 1;
          const nth = (kinds.get(finding.code) ?? 0) + 1;
          kinds.set(finding.code, nth);
          if (options.json && told.length < JSON_LIMIT) told.push(finding);
          if (!options.json && nth <= SHOWN) app.terminal.out(`${lineOf(finding, say)}\n`);
        }
      }
      const { error: errors, warning: warnings } = counts;
      const { lines, entries, debit, credit } = next.value;
      end(errors > 0 ? 1 : 0);
      if (options.json) {
        const findings = told.map((finding) => jsonOf(finding, say));
        const result = { path, purpose, lines, entries, debit, credit, errors, warnings, findings };
        app.terminal.out(`${JSON.stringify(result, null, 2)}\n`);
        return;
      }
      for (const [code, count] of kinds) {
        if (count > SHOWN) app.terminal.out(`${say.text('cli.fec.more', { count: count - SHOWN, code })}\n`);
      }
      const values = { path: file, lines, entries, total: debit, errors, warnings };
      app.terminal.out(`${say.text(errors > 0 ? 'cli.fec.bad' : 'cli.fec.good', values)}\n`);
    });
}

/** `REFUSED line 12, field 4 EcritureDate, “20180230”: This date … Correct it …` */
function lineOf(finding: FecFinding, say: Say): string {
  const { level, line, place, column, value } = finding;
  const at = { line: line ?? '', place: place ?? '', column: column ?? '', value };
  const where = say.text(line === null ? 'cli.fec.where-file' : 'cli.fec.where', at);
  const { message, cure } = spoken(finding, say);
  return say.text('cli.fec.finding', { level: say.text(`cli.fec.${level}`), where, message, cure });
}

function jsonOf(finding: FecFinding, say: Say) {
  const { level, code, line, place, column, value } = finding;
  return { level, code, line, place, column, value, ...spoken(finding, say) };
}

function spoken({ code, column, value, values }: FecFinding, say: Say) {
  const holes = { column: column ?? '', value, ...values };
  return { message: say.text(`fec.${code}.message`, holes), cure: say.text(`fec.${code}.cure`, holes) };
}

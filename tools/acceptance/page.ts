import { COMPLAINTS, TRAPS } from './field.ts';
import { provenRows } from './names.ts';
import type { Row } from './row.ts';
import { SETTINGS } from './settings.ts';
import { WINDOWS } from './windows.ts';

/** docs/acceptance.md: every row with the tests that bear its number, or the reason why none does. */
export const GROUPS: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  { title: 'Windows: start, list of entries, shop, ledger', rows: WINDOWS },
  { title: 'Settings: customers, mappings, entries, import, options', rows: SETTINGS },
  { title: 'Holes of the manual', rows: TRAPS },
  { title: 'Complaints of users of such software', rows: COMPLAINTS },
];

export function acceptancePage(): string {
  const proven = provenRows();
  const all = GROUPS.flatMap(({ rows }) => rows);
  const tested = all.filter(([id]) => proven.has(id)).length;
  const notYet = all.filter(([id, , why = '']) => !proven.has(id) && why.startsWith('not yet')).length;
  const parts = GROUPS.map(({ title, rows }) => `## ${title}\n\n${table(rows, proven)}\n`);
  return `${HEAD}
${all.length} rows: ${tested} with tests, ${notYet} not yet, ${all.length - tested - notYet} that need none.

${parts.join('\n')}`;
}

const HEAD = `# What is asked, and what proves it

Written by \`tools/acceptance.ts\`; a test fails when it claims what is not so. Rows \`S-\` are the functions of the manual of the
software that Comptoir stands in for, worded by us, without those of its vendor’s trade and of Windows; rows \`T-\` are holes of that manual, \`D-\` what
users of such software complain of. A test that proves a row bears its number in its name.
`;

function table(rows: readonly Row[], proven: ReadonlyMap<string, readonly string[]>): string {
  const lines = rows.map(([id, asks, why]) => {
    const files = proven.get(id)?.map((file) => `[${shortOf(file)}](../${file})`);
    return `| ${id} | ${asks} | ${files?.join(' · ') ?? why ?? '**nothing**'} |`;
  });
  return ['| row | asks for | proof |', '| --- | --- | --- |', ...lines].join('\n');
}

function shortOf(file: string): string {
  return file.replace(/^src\//, '').replace(/(\.test)?\.ts$/, '');
}

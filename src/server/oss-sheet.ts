import type { Oss } from '../api/activity.ts';
import { translate } from '../i18n/translate.ts';
import type { Services } from './app.ts';
import { attached, XLSX } from './attached.ts';
import { oss } from './handlers/activity.ts';
import { spokenIn } from './handlers/languages.ts';
import { type Cell, csvRow, type SheetColumn, xlsx } from './spreadsheet.ts';

type Asked = { readonly from: string; readonly to: string; readonly lang: string };

/** [title, kind, width, value] */
const COLUMNS: readonly (readonly [string, Cell['kind'], number, (row: Oss['rows'][number]) => string])[] = [
  ['ui.oss.state', 'text', 10, ({ country }) => country],
  ['ui.column.tax-rate', 'amount', 10, ({ rate }) => rate],
  ['ui.dash.base', 'amount', 14, ({ base }) => base],
  ['ui.dash.vat.amount', 'amount', 14, ({ tax }) => tax],
];

/** The sheet as text, its countries by their codes; a mark of UTF-8 in front. */
export async function ossCsv(services: Services, profile: string, { from, to, lang }: Asked): Promise<Response> {
  const language = spokenIn(services, lang);
  const sheet = await oss(services, profile, { from, to });
  const titles: Cell[] = COLUMNS.map(([title]) => ({ kind: 'text', value: translate(language, title) }));
  const rows = [titles, ...cellsOf(sheet)].map((row) => csvRow(row, language));
  return attached(`oss-${from}-${to}.csv`, 'text/csv; charset=utf-8', `\uFEFF${rows.join('')}`);
}

export async function ossWorkbook(services: Services, profile: string, { from, to, lang }: Asked): Promise<Response> {
  const language = spokenIn(services, lang);
  const sheet = await oss(services, profile, { from, to });
  const columns: SheetColumn[] = COLUMNS.map(([title, kind, width]) => ({
    ...{ title: translate(language, title), kind, width },
    ...(kind === 'amount' ? { decimals: 2 } : {}),
  }));
  return attached(`oss-${from}-${to}.xlsx`, XLSX, xlsx('OSS', columns, all()));

  async function* all(): AsyncGenerator<readonly Cell[]> {
    yield* cellsOf(sheet);
  }
}

function cellsOf({ rows }: Oss): Cell[][] {
  return rows.map((row) =>
    COLUMNS.map(([, kind, , value]) => ({ kind: kind === 'amount' ? kind : 'text', value: value(row) })),
  );
}

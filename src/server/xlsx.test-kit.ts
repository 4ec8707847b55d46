import { unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** A cell of a workbook as it stands in its XML: type, style and text; `formula` when there is one. */
export type ReadCell = { readonly type: string; readonly style: string; text: string; formula: boolean };

/** Another reader than the one that wrote: the ZIP by fflate, the XML by saxes. Rows of the first sheet, and number formats by style. */
export function readXlsx(bytes: Uint8Array): {
  readonly rows: readonly ReadonlyMap<string, ReadCell>[];
  readonly formats: readonly string[];
} {
  const files = unzipSync(bytes);
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const rows: Map<string, ReadCell>[] = [];
  let cell: ReadCell | null = null;
  const sheet = new SaxesParser();
  sheet.on('opentag', ({ name, attributes }) => {
    if (name === 'row') rows.push(new Map());
    if (name === 'f' && cell) cell.formula = true;
    if (name !== 'c') return;
    cell = { type: attributes.t ?? 'n', style: attributes.s ?? '0', text: '', formula: false };
    rows.at(-1)?.set(String(attributes.r).replace(/\d+/, ''), cell);
  });
  sheet.on('text', (part) => {
    if (cell) cell.text += part;
  });
  sheet.on('closetag', ({ name }) => {
    if (name === 'c') cell = null;
  });
  sheet.write(text('xl/worksheets/sheet1.xml')).close();

  const codes = new Map<string, string>();
  const formats: string[] = [];
  let inCells = false;
  const styles = new SaxesParser();
  styles.on('opentag', ({ name, attributes }) => {
    if (name === 'numFmt') codes.set(String(attributes.numFmtId), String(attributes.formatCode));
    if (name === 'cellXfs') inCells = true;
    if (name === 'xf' && inCells) formats.push(codes.get(String(attributes.numFmtId)) ?? String(attributes.numFmtId));
  });
  styles.on('closetag', ({ name }) => {
    if (name === 'cellXfs') inCells = false;
  });
  styles.write(text('xl/styles.xml')).close();
  return { rows, formats };
}

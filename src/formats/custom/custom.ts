import { columnPatterns, type FormatDefinition, formatDefinition } from '../../schema/format-definition.ts';
import type { Format } from '../format.ts';
import { layoutFormat } from '../layout.ts';
import { layoutOf } from './layout-of.ts';

/** What a user's own format is until he has described it: nine cells with semicolons under their names. */
export const STARTER: FormatDefinition = formatDefinition.parse({
  name: 'Custom',
  shape: { is: 'separated', separator: ';', quotes: 'needed', header: 'names' },
  extension: 'csv',
  records: {
    line: {
      columns: [
        { name: 'Date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'Journal', is: 'journal' },
        { name: 'Pièce', is: 'piece' },
        { name: 'Compte', is: 'account' },
        { name: 'Tiers', is: 'thirdParty' },
        { name: 'Libellé', is: 'label' },
        { name: 'Débit', is: 'debit', point: ',', zero: '' },
        { name: 'Crédit', is: 'credit', point: ',', zero: '' },
      ],
    },
  },
});

/** The format of a definition that has no faults (`faults.ts`). */
export function customFormat(definition: FormatDefinition): Format {
  const { name, extension, order, takes } = definition;
  const patterns = columnPatterns(definition);
  const format = layoutFormat({
    id: 'custom',
    name,
    vendor: 'you',
    extension,
    confidence: 1,
    checkedAgainst: 'its description by its user',
    order,
    options: {},
    layout: () => layoutOf(definition),
  });
  const { carries } = format;
  return {
    ...format,
    patterns,
    configured: configured(definition),
    limits: { ...format.limits, decimals: decimalsOf(definition) },
    // Numbers start again in each import: without a piece beside them, two entries of a continued file could meet.
    appends: format.appends && (format.entriesEnd === 'balance' || carries.includes('piece')),
    encode: (entry, context) => {
      const { kinds, journals } = takes;
      if (kinds !== undefined && !kinds.includes(entry.kind))
        return { state: 'refused', faults: [{ reason: 'not-taken', field: 'kind', value: entry.kind }] };
      if (journals !== undefined && !journals.includes(entry.journal))
        return { state: 'refused', faults: [{ reason: 'not-taken', field: 'journal', value: entry.journal }] };
      const lacking = patterns.filter((pattern) => entry.columns?.[pattern] === undefined);
      if (lacking.length > 0)
        return { state: 'refused', faults: lacking.map((value) => ({ reason: 'no-text', value })) };
      return format.encode(entry, context);
    },
  };
}

function configured(own: FormatDefinition): Format['configured'] {
  return ({ definition }) => customFormat(definition ?? own);
}

/** The format a profile chooses to describe its own; without a definition, the one it starts as. */
export const custom: Format = { ...customFormat(STARTER), name: 'Format texte personnalisable' };

/** The least that an amount of it has; null: as many as the books have. */
function decimalsOf({ records }: FormatDefinition): number | null {
  const all = Object.values(records).flatMap((record) => record?.columns ?? []);
  const told = all.flatMap((column) =>
    'decimals' in column && column.decimals !== undefined ? [column.decimals] : [],
  );
  return told.length === 0 ? null : Math.min(...told);
}

import type { FormatColumn } from '../../schema/format-definition.ts';

/** What is wrong at a place of a definition; the same shape as a fault of a profile. */
export type Fault = {
  readonly path: string;
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
};

export function fault(path: string, code: FaultCode, values: Readonly<Record<string, string>>): Fault {
  return { path, code: `definition.${code}`, values };
}

type FaultCode =
  | 'unknown-hole'
  | 'separator-in-text'
  | 'name-twice'
  | 'text-only'
  | 'no-width'
  | 'same-sides'
  | 'not-zero'
  | 'unknown-code'
  | 'too-narrow'
  | 'unencodable'
  | 'unmarked'
  | 'overlap'
  | 'beyond-length'
  | 'not-here'
  | 'zero-padding'
  | 'line-number'
  | 'no-value'
  | 'two-amounts'
  | 'conditional'
  | 'pairs';

/** What a column writes of the definition's own, by the field that says it. */
export function literalsOf(column: FormatColumn): readonly (readonly [string, string])[] {
  return LITERALS.flatMap((name) => {
    const text = (column as Readonly<Record<string, unknown>>)[name]; // each kind of column has some of them
    return typeof text === 'string' && !(name === 'text' && column.is === 'pattern') ? [[name, text]] : [];
  });
}

const LITERALS = [
  'text',
  'debit',
  'credit',
  'none',
  'zero',
  'sale',
  'creditNote',
  'payment',
  'thirdParty',
  'general',
  'vat',
  'prefix',
  'point',
] as const;

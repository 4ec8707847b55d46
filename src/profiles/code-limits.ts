import { numberedCode } from '../core/customer-codes.ts';
import { fieldsOf } from '../core/mapping.ts';
import type { Profile } from './profile.ts';

/** Largest number of characters a format takes of each kind of code; null: no limit. Codes are never cut. */
export type CodeLimits = {
  readonly journal: number | null;
  readonly account: number | null;
  readonly thirdParty: number | null;
  readonly currency: number | null;
  readonly section: number | null;
  readonly taxCode: number | null;
};

/** What a format can hold, as far as a profile depends on it. */
export type HoldingLimits = CodeLimits & {
  /** Decimals of an amount; null: as many as there are. */
  readonly decimals: number | null;
};

/** What a format says of the codes it takes. */
export type CodesTaken = {
  readonly limits: CodeLimits;
  readonly accountSigns: 'any' | 'digits';
  readonly supplierCodes: RegExp | null;
};

/** `wrong`: the sentence that says so. */
type CodeFault = {
  readonly path: string;
  readonly value: string;
  readonly wrong: 'digits-for-format' | 'too-long-for-format' | 'suppliers-for-format';
  readonly limit: string | null;
};

/** Fields of mappings that are not accounts. */
const OTHER_FIELDS: Readonly<Record<string, keyof CodeLimits | null>> = {
  'journals.sales': 'journal',
  'journals.creditNotes': 'journal',
  'payments.journal': 'journal',
  'payments.paymentMode': null,
  'payments.create': null,
  'taxes.code': 'taxCode',
  'taxes.grid': null,
  'taxes.creditGrid': null,
  'otherTaxes.grid': null,
  'otherTaxes.creditGrid': null,
  'otherTaxes.code': 'taxCode',
  'currencies.ledgerCurrency': 'currency',
  'currencies.rate': null,
  'analytics.section': 'section',
};

/** The codes that `ledger.translate` can give another code in the files. */
const TABLES = [
  ['journal', 'journals'],
  ['account', 'accounts'],
  ['thirdParty', 'thirdParties'],
] as const satisfies readonly (readonly [keyof CodeLimits, keyof Profile['ledger']['translate']])[];

/** The journals, accounts and third parties of a profile that would not fit the files of its format. */
export function codeFaults(
  profile: Profile,
  { limits, accountSigns, supplierCodes }: CodesTaken,
): readonly CodeFault[] {
  const { translate } = profile.ledger;
  const faults: CodeFault[] = [];
  for (const [name, mapping] of Object.entries(profile.mappings)) {
    look(name, `mappings.${name}.default`, mapping.default);
    for (const [place, exception] of mapping.exceptions.entries()) {
      look(name, `mappings.${name}.exceptions[${place}]`, fieldsOf(exception));
    }
  }
  for (const [name, kind] of [
    ['account', 'account'],
    ['thirdParty', 'thirdParty'],
  ] as const) {
    const code = profile.customers[name];
    if (code.mode === 'same') check(`customers.${name}.code`, code.code, kind);
    if (code.mode === 'onePerCustomer') check(`customers.${name}.length`, numberedCode(code, 1), kind);
    if (code.mode !== 'byPayment') continue;
    check(`customers.${name}.default`, code.default, kind);
    for (const [method, value] of Object.entries(code.byMethod))
      check(`customers.${name}.byMethod["${method}"]`, value, kind);
  }
  check('reading.guestAccount', profile.reading.guestAccount, 'account');
  check('reading.guestThirdParty', profile.reading.guestThirdParty, 'thirdParty');
  for (const [kind, name] of TABLES) {
    for (const [code, given] of Object.entries(translate[name]))
      hold(`ledger.translate.${name}["${code}"]`, given, kind);
  }
  return faults;

  function look(mapping: string, path: string, fields: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(fields)) {
      const other = OTHER_FIELDS[`${mapping}.${name}`];
      if (other !== null && typeof value === 'string') check(`${path}.${name}`, value, other ?? 'account');
    }
  }

  function check(path: string, value: string | null, kind: keyof CodeLimits): void {
    const table = TABLES.find(([one]) => one === kind)?.[1];
    const isTranslated = value !== null && table !== undefined && Object.hasOwn(translate[table], value);
    if (!isTranslated) hold(path, value, kind); // what it becomes is held against the limit in its own place
  }

  function hold(path: string, value: string | null, kind: keyof CodeLimits): void {
    const limit = limits[kind];
    const isNumber = accountSigns === 'digits' && (kind === 'account' || kind === 'thirdParty');
    if (value === null) return;
    if (isNumber && /\D/.test(value)) faults.push({ path, value, wrong: 'digits-for-format', limit: null });
    if (limit !== null && [...value].length > limit)
      faults.push({ path, value, wrong: 'too-long-for-format', limit: String(limit) });
    else if (kind === 'thirdParty' && supplierCodes?.test(value))
      faults.push({ path, value, wrong: 'suppliers-for-format', limit: null });
  }
}

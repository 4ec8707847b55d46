/** What kind of account a code is, by its first digits in the French and Belgian charts. */
export type AccountType = 'equity' | 'assets' | 'liabilities' | 'expenses' | 'revenues' | 'other';

const TYPES: readonly (readonly [RegExp, AccountType])[] = [
  [/^1/, 'equity'],
  [/^41/, 'assets'],
  [/^4/, 'liabilities'],
  [/^[235]/, 'assets'],
  [/^6/, 'expenses'],
  [/^7/, 'revenues'],
];

export function accountType(code: string): AccountType {
  return TYPES.find(([first]) => first.test(code))?.[1] ?? 'other';
}

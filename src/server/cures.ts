import type { ProblemGroup } from '../api/review.ts';
import type { ProfileGap } from '../api/shop.ts';
import { addDays, day } from '../core/calendar.ts';
import { parseDecimal } from '../core/decimal.ts';
import { rateItem } from '../core/mapping.ts';
import type { Problem } from '../core/problem.ts';
import type { Gap } from '../profiles/gaps.ts';
import { owedAccount } from '../profiles/owed.ts';
import type { Profile } from '../profiles/profile.ts';

/** The act that would mend a problem, with the best proposal the profile itself suggests. Nothing is done unasked. */
export type Cure = ProblemGroup['cure'];

export function cureOf({ code, values }: Pick<Problem, 'code' | 'values'>, profile: Profile): Cure {
  switch (code) {
    case 'mapping.no-vat-account': {
      const [country, rate] = [values.country ?? '', values.rate ?? ''];
      return { type: 'vat-account', country, item: rate, ...proposedVat(profile, country, rate) };
    }
    case 'mapping.unknown-payment':
    case 'mapping.unknown-payment-sale':
      return paymentCure(profile, values.method ?? '', values.name ?? '');
    case 'mapping.no-account':
      return accountCure(profile, values.mapping ?? '', values.country ?? '', values.item ?? '');
    case 'mapping.no-journal':
      return journalCure(profile, values.country ?? '', values.kind ?? '');
    case 'mapping.no-ledger-currency': {
      const item = values.currency ?? '';
      return {
        type: 'account',
        mapping: 'currencies',
        field: 'ledgerCurrency',
        country: null,
        item,
        proposedAccount: item, // most ledgers know a currency by its ISO code
      };
    }
    case 'period.ask':
      return { type: 'late', nextOpenDay: addDays(day(values.closed ?? ''), 1) };
    case 'document.totals-differ':
    case 'document.net-differs':
    case 'document.tax-differs':
      return {
        type: 'show-sum',
        stated: values.stated ?? '',
        lines: values.lines ?? '',
        difference: values.difference ?? '',
        tolerance: values.tolerance ?? null,
      };
    default:
      return { type: 'none' };
  }
}

/**
 * Foreign VAT goes beside foreign VAT: the account after those of the same country, else after those of the other
 * foreign countries, else a new ten beside the home accounts (44571x → 445721).
 */
export function proposedVat(
  profile: Profile,
  country: string,
  rate: string,
): { readonly proposedAccount: string | null; readonly proposedCode: string | null } {
  const { exceptions } = profile.mappings.taxes;
  const rules = exceptions.flatMap((rule) =>
    rule.account === null ? [] : [{ country: rule.country, account: rule.account, code: rule.code }],
  );
  const taken = new Set([...Object.keys(profile.chart.accounts), ...rules.map(({ account }) => account)]);
  const home = homeCountry(profile, rules);
  const accountsOf = (fits: (of: string | null) => boolean) =>
    rules.filter((rule) => fits(rule.country)).map(({ account }) => account);

  const own = accountsOf((of) => of === country);
  const foreign = accountsOf((of) => of !== null && of !== home && of !== country);
  const domestic = accountsOf((of) => of === home || of === null);
  const neighbours = own.length > 0 ? own : foreign.length > 0 ? foreign : country === home ? domestic : [];
  const proposedAccount = neighbours.length > 0 ? nextFree(neighbours, taken) : tenBeside(domestic, taken);

  const digits = rate.replace(/[^0-9]/g, '');
  const coded = rules.some(
    ({ country: of, code }) => code !== null && (of === country || (of !== home && of !== null)),
  );
  const code = country === home ? null : `${country}${digits}`;
  const wanted = coded || (foreign.length === 0 && rules.some(({ code: of }) => of !== null));
  return { proposedAccount, proposedCode: wanted && country !== '' ? code : null };
}

/** Where most VAT rules are, unless the profile says it. */
function homeCountry(
  { reading }: Profile,
  rules: readonly { readonly country: string | null; readonly code: string | null }[],
): string | null {
  if (reading.defaultCountry !== null) return reading.defaultCountry;
  const counts = new Map<string, number>();
  // A rule with a VAT code weighs more: templates give codes to the rates of the home country.
  for (const { country, code } of rules) {
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + (code === null ? 1 : 100));
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** The exception that would fill each gap; each proposal knows those before it, so that no account is proposed twice. */
export function proposedRows(profile: Profile, gaps: readonly Gap[]): readonly ProfileGap[] {
  let now = profile;
  return gaps.map((gap) => {
    const row = proposedRow(now, gap);
    if (gap.kind === 'tax' && row !== null) now = withTax(now, row);
    const { owed: _, ...told } = gap;
    return { ...told, row };
  });
}

function withTax(profile: Profile, { country, account }: NonNullable<ProfileGap['row']>): Profile {
  const { mappings } = profile;
  const row = {
    country: String(country),
    item: null,
    account: String(account),
    code: null,
    grid: null,
    creditGrid: null,
  };
  const taxes = { ...mappings.taxes, exceptions: [...mappings.taxes.exceptions, row] };
  return { ...profile, mappings: { ...mappings, taxes } };
}

/** With the same proposals as in the list of entries; null: nothing to propose. */
function proposedRow(profile: Profile, { kind, item, name, country, rate, owed }: Gap): ProfileGap['row'] {
  switch (kind) {
    case 'tax': {
      const percent = parseDecimal(rate ?? '');
      const key = country === null || percent === null ? item : rateItem(percent);
      const { proposedAccount, proposedCode } = proposedVat(profile, country ?? '', key);
      return { country, item: key, account: proposedAccount, code: proposedCode };
    }
    case 'payment': {
      const cure = paymentCure(profile, item, name);
      if (cure.type !== 'payment') return null;
      // What the shop owed is no money that comes in: it is taken off the debt it was.
      const bank = owed === null ? cure.proposedBank : owedAccount(profile, owed);
      return { item, create: true, journal: cure.proposedJournal, bank };
    }
    case 'currency':
      return { item, ledgerCurrency: item };
    case 'account':
    case 'vatRate':
      return null;
  }
}

/** The largest of the accounts plus one, plus one more while taken; null when they are not numbers. */
function nextFree(accounts: readonly string[], taken: ReadonlySet<string>): string | null {
  const numeric = accounts.filter((account) => /^\d{3,15}$/.test(account)).sort();
  const last = numeric.at(-1);
  return last === undefined ? null : firstFree(BigInt(last) + 1n, last.length, taken);
}

/** `445711, 445712 …` → `445721`: the next ten of the same thousand. */
function tenBeside(accounts: readonly string[], taken: ReadonlySet<string>): string | null {
  const first = accounts.filter((account) => /^\d{4,15}$/.test(account)).sort()[0];
  return first === undefined ? null : firstFree((BigInt(first) / 10n + 1n) * 10n + 1n, first.length, taken);
}

const MAX_TRIES = 1000;

function firstFree(start: bigint, length: number, taken: ReadonlySet<string>): string | null {
  for (let step = 0n; step < MAX_TRIES; step += 1n) {
    const account = (start + step).toString();
    if (account.length !== length) return null;
    if (!taken.has(account)) return account;
  }
  return null;
}

function paymentCure(profile: Profile, method: string, name: string): Cure {
  const { default: given, exceptions } = profile.mappings.payments;
  const journals = journalsOf(profile);
  const banks = unique([given.bank, ...exceptions.map(({ bank }) => bank), ...chartAccounts(profile, /^5/)]);
  return {
    type: 'payment',
    method,
    name,
    proposedJournal: given.journal ?? mostUsed(exceptions.map(({ journal }) => journal)),
    proposedBank: given.bank ?? mostUsed(exceptions.map(({ bank }) => bank)),
    journals,
    banks,
  };
}

/** `sales.withVat` names the mapping and its field; a country or item left empty is all of them. */
function accountCure(profile: Profile, place: string, country: string, item: string): Cure {
  const dot = place.indexOf('.');
  const [mapping, field] = [place.slice(0, dot), place.slice(dot + 1)];
  const given = { type: 'account', mapping, field, country: country || null, item: item || null } as const;
  const owed = mapping === 'otherLines' && (item === 'giftCard' || item === 'storeCredit') ? item : null;
  const proposedAccount = owed === null ? neighbour(profile, mapping, field) : owedAccount(profile, owed);
  return { ...given, proposedAccount };
}

function journalCure(profile: Profile, country: string, kind: string): Cure {
  if (kind === 'payment') {
    const proposedAccount = mostUsed(profile.mappings.payments.exceptions.map(({ journal }) => journal));
    return { type: 'account', mapping: 'payments', field: 'journal', country: null, item: null, proposedAccount };
  }
  const field = kind === 'creditNote' ? 'creditNotes' : 'sales';
  const { journals } = profile.mappings;
  const proposedAccount = mostUsed([
    journals.default.sales,
    journals.default.creditNotes,
    ...journals.exceptions.map((rule) => rule[field]),
  ]);
  return { type: 'account', mapping: 'journals', field, country: country || null, item: null, proposedAccount };
}

/** What the field is in the default or most exceptions of its mapping. */
function neighbour(profile: Profile, mapping: string, field: string): string | null {
  if (mapping === 'customers') return chartAccounts(profile, /^4[01]/)[0] ?? null;
  const found = Object.entries(profile.mappings).find(([name]) => name === mapping)?.[1];
  if (found === undefined) return null;
  const values = [found.default, ...found.exceptions].map(
    (fields) => Object.entries(fields).find(([name]) => name === field)?.[1],
  );
  return mostUsed(values.map((value) => (typeof value === 'string' ? value : null)));
}

export function journalsOf({ mappings, chart }: Profile): readonly string[] {
  const { payments, journals } = mappings;
  return unique([
    payments.default.journal,
    ...payments.exceptions.map(({ journal }) => journal),
    ...Object.keys(chart.journals),
    journals.default.sales,
    journals.default.creditNotes,
  ]);
}

function chartAccounts({ chart }: Profile, pattern: RegExp): readonly string[] {
  return Object.keys(chart.accounts).filter((account) => pattern.test(account));
}

function unique(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

function mostUsed(values: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

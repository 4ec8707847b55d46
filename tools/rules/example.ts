import type { Day } from '../../src/core/calendar.ts';
import { addDays, day } from '../../src/core/calendar.ts';
import { numberedCode, type OwnCode } from '../../src/core/customer-codes.ts';
import { decimal, round } from '../../src/core/decimal.ts';
import type { Customer, DocumentLine, SalesDocument } from '../../src/core/document.ts';
import { sourceOf } from '../../src/core/document.ts';
import type { Entry, NumberedEntry } from '../../src/core/entry.ts';
import { type Grouping, grouper } from '../../src/core/grouping.ts';
import { isCustomers, matched, matchingCode, withOpenCodes } from '../../src/core/matching.ts';
import { reversalOf } from '../../src/core/posting/correction.ts';
import { inOpenPeriod, type LateAnswer } from '../../src/core/posting/late.ts';
import { postDocument } from '../../src/core/posting/post.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { CodeScheme } from '../../src/core/settings.ts';
import { openBalance, type Share, shareAmount, shareLine, shareRetention } from '../../src/core/sharing.ts';
import { sketch } from '../../src/core/testing/sketch.ts';
import { parsePath, setAt } from '../../src/profiles/paths.ts';
import { type Profile, profileSchema } from '../../src/profiles/profile.ts';
import { bookSettings, periodPolicy } from '../../src/profiles/settings.ts';
import { BOOKS, TODAY } from './profile.ts';

/** A worked example of the page: documents, the settings that differ from the page's books, and what is done with the entries. */
export type Example = {
  readonly title: string;
  /** Said before the table, in French. */
  readonly text?: string;
  readonly documents: readonly Given[];
  /** Fields of the profile by path, as `comptoir profile set` names them. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly grouping?: Grouping;
  readonly matching?: boolean;
  /** What somebody said of documents dated in a closed period. */
  readonly late?: LateAnswer;
  /** The second document is the first as it became after its transfer. */
  readonly corrected?: boolean;
  /** The second document is the first as a later run reads it, which writes what is new of it. */
  readonly later?: boolean;
};

/** A document in one line (`sketch`), with the facts a line cannot say. */
export type Given = {
  readonly sketch: string;
  /** Number of the order; the invoice and the credit note have numbers made of it. */
  readonly order?: number;
  readonly date?: string;
  readonly invoiced?: string;
  readonly customer?: Partial<Customer>;
  readonly changes?: Partial<SalesDocument>;
  /** The amount given back without lines, shared over the VAT of this sale. */
  readonly sharedOver?: string;
  /** Kept back from the lines given back, each VAT reduced in proportion. */
  readonly keptBack?: string;
};

export type Worked = {
  readonly documents: readonly SalesDocument[];
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  readonly profile: Profile;
};

/** What the engine makes of an example. */
export function worked(example: Example): Worked {
  const profile = profileOf(example);
  const settings = bookSettings(profile, { today: TODAY, shopName: 'Boutique Exemple' });
  const ownCode = codesOf(profile);
  const documents = example.documents.map(documentOf);
  const problems: Problem[] = [];
  const posted = documents.map((document) => {
    const result = postDocument(document, settings, ownCode);
    problems.push(...result.problems);
    const policy = periodPolicy(profile, example.late ?? null);
    return (result.state === 'ready' ? result.entries : []).flatMap((entry) => {
      const { entry: moved, problem } = inOpenPeriod(entry, policy, sourceOf(document));
      if (problem !== null) problems.push(problem);
      return problem === null || problem.severity === 'warn' ? [moved] : [];
    });
  });
  if (example.corrected) {
    const [before = [], after = []] = posted;
    return { documents, problems, profile, entries: [...before, ...before.map((one) => reversalOf(one, 1)), ...after] };
  }
  if (example.later) {
    const [before = [], after = []] = posted;
    const fresh = after.filter(({ part }) => before.every((one) => one.part !== part));
    return { documents, problems: [], profile, entries: matchedLater(before, fresh) };
  }
  const first = posted.map((_, place) => posted.slice(0, place).flat().length + 1);
  const numbered = posted.map((entries, place) =>
    entries.map((entry, next): NumberedEntry => ({ ...entry, number: (first[place] ?? 1) + next })),
  );
  let codes = 0;
  const kept = example.matching ? matched(numbered, () => matchingCode(codes++)) : numbered;
  if (example.grouping === undefined) return { documents, problems, profile, entries: kept.flat() };
  const group = grouper(example.grouping);
  for (const entry of kept.flat()) group.add(entry);
  return { documents, problems, profile, entries: [...group.entries()] };
}

/** What two runs write of one order, with the codes that the second takes from the first. */
function matchedLater(before: readonly Entry[], after: readonly Entry[]): readonly Entry[] {
  let codes = 0;
  const next = () => matchingCode(codes++);
  const numbered = (entries: readonly Entry[]) => [entries.map((entry, at) => ({ ...entry, number: at + 1 }))];
  const first = withOpenCodes(matched(numbered(before), next), [], next).flat();
  const earlier = first.flatMap(({ lines }) => lines.filter(isCustomers));
  return [...first, ...withOpenCodes(matched(numbered(after), next), earlier, next).flat()];
}

function profileOf({ set = {} }: Example): Profile {
  let document: unknown = BOOKS;
  for (const [path, value] of Object.entries(set)) {
    document = setAt(document, parsePath(path) ?? fail(path), value) ?? fail(path);
  }
  return profileSchema.parse(document);
}

/** Numbers given to customers in the order in which they come, as the store gives them. */
function codesOf({ customers }: Profile): OwnCode {
  const given = new Map<string, string>();
  let next = 1;
  return (kind, key) => {
    const setting: { readonly mode: string } & Partial<CodeScheme> = customers[kind];
    if (setting.prefix === undefined || setting.length === undefined) return null;
    const known = given.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    const code = numberedCode({ prefix: setting.prefix, length: setting.length }, next);
    if (code !== null) given.set(`${kind} ${key}`, code);
    next += 1;
    return code;
  };
}

const ORDER = 731;
const INVOICED = day('2026-10-12');
const SOLD = day('2018-11-26'); // the day a sketch pays when it says none

const METHODS: Readonly<Record<string, string>> = {
  card: 'Carte bancaire',
  paypal: 'PayPal',
  transfer: 'Virement',
  cheque: 'Chèque',
  delivery: 'Contre remboursement',
  market: 'Place de marché',
  gift: 'Carte cadeau',
  credit: 'Avoir de la boutique',
};

function documentOf(given: Given): SalesDocument {
  const { order = ORDER, customer = {}, changes = {} } = given;
  const plain = sketch(given.sketch);
  const isSale = plain.kind === 'sale';
  const invoiced = day(given.invoiced ?? INVOICED);
  const own = day(given.date ?? (isSale ? invoiced : addDays(invoiced, 8)));
  const sold: Day = isSale ? own : invoiced;
  const lines = linesOf(plain, given);
  const document: SalesDocument = {
    ...plain,
    lines,
    totals: lines === plain.lines ? plain.totals : sketchTotals(lines),
    key: isSale ? `sale/${order}` : `creditNote/${order + 1000}`,
    order: { id: String(order), number: String(order), date: sold },
    invoice: { id: String(order), number: `FA${String(order).padStart(6, '0')}`, date: sold },
    creditNote: isSale
      ? null
      : { id: String(order + 1000), number: `AV${String(order).padStart(6, '0')}`, date: own, reason: null },
    customer: { ...plain.customer, firstName: 'Jeanne', lastName: 'MARTIN', ...customer },
    payments: plain.payments.map((payment) => ({
      ...payment,
      method: { id: payment.method.id, name: METHODS[payment.method.id] ?? payment.method.name },
      date: payment.date === SOLD ? own : payment.date,
    })),
  };
  return { ...document, ...changes };
}

/** The lines a shop's reader makes of an amount given back without lines, or of an amount kept back. */
function linesOf({ lines, currency }: SalesDocument, { sharedOver, keptBack }: Given): readonly DocumentLine[] {
  const minor = (amount: string) => round(decimal(amount), 2).units;
  const made = (shares: readonly Share[], label: string) => {
    return shares.map((share, place) => shareLine(share, `s${place + 1}`, label, 2));
  };
  if (currency.code !== 'EUR') return lines;
  if (sharedOver !== undefined) {
    const [saleText = '', amount = ''] = sharedOver.split(' => ');
    const sale = sketch(saleText);
    const { shares } = shareAmount(openBalance(sale.lines, sale.totals.gross, 2), minor(amount));
    return made(shares ?? fail(sharedOver), 'Montant rendu');
  }
  if (keptBack !== undefined) return [...lines, ...made(shareRetention(lines, minor(keptBack), 2), 'Retenue')];
  return lines;
}

function sketchTotals(lines: readonly DocumentLine[]): SalesDocument['totals'] {
  const plain = sketch('sale FR');
  const of = (amounts: readonly bigint[]) => ({ units: amounts.reduce((all, one) => all + one, 0n), scale: 2 });
  const net = of(lines.map((line) => round(line.net, 2).units));
  const tax = of(lines.flatMap(({ taxes }) => taxes.map(({ amount }) => round(amount, 2).units)));
  return { ...plain.totals, net, tax, gross: { units: net.units + tax.units, scale: 2 } };
}

function fail(what: string): never {
  throw new TypeError(`The example is wrong: ${what}`);
}

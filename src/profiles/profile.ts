import { z } from 'zod';
import { PERIODS } from '../core/periods.ts';
import { TREATMENTS } from '../core/treatment.ts';
import { formatDefinition } from '../schema/format-definition.ts';

/**
 * The profile: one shop, one ledger, and all the mapping between them, as one validated document. Secrets are not in
 * it. Every field has its default here, so that a profile is as short as what its owner decided. What the schema
 * allows and the product does not obey yet is refused by `unsupported.ts`, never ignored.
 */

const text = (max = 200) => z.string().trim().max(max);

/** An account or code: short text without control characters; empty means not given. */
const code = z
  .string()
  .trim()
  .max(60)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a code.
  .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), 'no control characters')
  .transform((value) => (value === '' ? null : value))
  .nullable()
  .default(null);

const country = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, ISO 3166-1 (FR, BE ...)');
const currency = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, ISO 4217 (EUR ...)');
const amount = z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/, 'a decimal with a point, such as 0.05');
const rate = z.string().regex(/^(0|[1-9]\d{0,8})(\.\d{1,10})?$/, 'a decimal with a point, such as 1.0862');
/** A country, or a territory with VAT of its own: `GP`, `IC`, `FR-20R` (core/territories.ts has the list). */
const place = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{2,3})?$/, 'two capital letters, ISO 3166-1 (FR, BE ...)');
const item = text().min(1).nullable().default(null);
const refined = text().min(1).nullish();

/** What an exception is for; a refined key that is left out, or null, is *all*. */
const keys = {
  country: place.nullable().default(null),
  item,
  product: refined,
  category: refined,
  customerGroup: refined,
  subShop: refined,
  channel: refined,
  treatment: z.enum(TREATMENTS).nullish(),
  businessCustomer: z.boolean().nullish(),
};

/** A list of fields as the default, and again beside a country, an item and refined keys as exceptions. */
function mapping<Fields extends z.ZodRawShape>(fields: Fields) {
  return z
    .strictObject({
      default: z.strictObject(fields).prefault({} as never),
      exceptions: z
        .array(z.strictObject({ ...keys, ...fields }))
        .max(5000)
        .default([]),
    })
    .prefault({} as never);
}

const mappings = z
  .strictObject({
    journals: mapping({ sales: code, creditNotes: code }),
    sales: mapping({ withVat: code, withoutVat: code, discountWithVat: code, discountWithoutVat: code }),
    differences: mapping({
      adjustmentExpense: code,
      adjustmentIncome: code,
      differenceExpense: code,
      differenceIncome: code,
    }),
    taxes: mapping({ account: code, code, grid: code, creditGrid: code }),
    otherTaxes: mapping({ account: code, code, grid: code, creditGrid: code }),
    payments: mapping({
      create: z.boolean().nullable().default(null),
      paymentMode: code,
      journal: code,
      bank: code,
      fee: code,
      salesWithVat: code,
      salesWithoutVat: code,
    }),
    carriers: mapping({
      shippingWithVat: code,
      shippingWithoutVat: code,
      wrappingWithVat: code,
      wrappingWithoutVat: code,
    }),
    otherLines: mapping({ withVat: code, withoutVat: code }),
    currencies: mapping({
      ledgerCurrency: code,
      rate: rate.nullable().default(null),
      adjustmentExpense: code,
      adjustmentIncome: code,
    }),
    analytics: mapping({ section: code }),
  })
  .prefault({});

const customerCode = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('same'), code }),
    z.strictObject({ mode: z.literal('byPayment'), default: code, byMethod: z.record(text(), text(60)).default({}) }),
    z.strictObject({
      mode: z.literal('onePerCustomer'),
      prefix: text(20).refine((value) => !/\p{Cc}/u.test(value), 'no control characters'),
      length: z.int().min(3).max(20),
    }),
  ])
  .default({ mode: 'same', code: null });

const salePiece = z.enum(['orderId', 'orderNumber', 'invoiceNumber', 'none']);
const creditNotePiece = z.enum(['orderId', 'orderNumber', 'invoiceNumber', 'creditNoteNumber', 'none']);
const pattern = text(200);

const entries = z
  .strictObject({
    sales: z
      .strictObject({
        date: z.enum(['order', 'invoice', 'today']).default('invoice'),
        piece: salePiece.default('invoiceNumber'),
        reference: pattern.default('WEB%OI'),
        label: pattern.default('%IN - %ON'),
      })
      .prefault({}),
    creditNotes: z
      .strictObject({
        date: z.enum(['order', 'creditNote', 'today']).default('creditNote'),
        piece: creditNotePiece.default('creditNoteNumber'),
        reference: pattern.default('WEB%OI'),
        label: pattern.default('%CN - %ON'),
      })
      .prefault({}),
    payments: z
      .strictObject({
        date: z.enum(['order', 'invoice', 'payment', 'today']).default('payment'),
        piece: z
          .enum(['document', 'orderId', 'orderNumber', 'invoiceNumber', 'creditNoteNumber', 'none'])
          .default('document'),
        reference: pattern.default('WEB%OI'),
        label: pattern.default('%PM %ON'),
      })
      .prefault({}),
    inCurrency: z.boolean().default(false),
    analytics: z.boolean().default(false),
    analyticsForCarriers: z.boolean().default(false),
    discountLines: z.boolean().default(false),
    deposits: z.boolean().default(false),
    depositVat: z.boolean().default(false),
    matchingCodes: z.boolean().default(false),
    matchingOpen: z.boolean().default(false),
    showEntriesBeforeWriting: z.boolean().default(true),
    firstNumber: z.int().min(1).max(9_000_000).default(1),
  })
  .prefault({});

const shop = z.strictObject({
  type: text().min(1),
  url: z.string().trim().max(500).default(''),
  http: z
    .strictObject({
      moduleMethod: z.enum(['GET', 'POST']).default('GET'),
      version: z.enum(['auto', '1.1', '2']).default('auto'),
      minimumTls: z.enum(['1.2', '1.3']).default('1.2'),
      userAgent: text(200)
        .refine((value) => !/\p{Cc}/u.test(value), 'no control characters')
        .default('Comptoir'),
      timeoutSeconds: z.int().min(1).max(600).default(30),
      pauseMs: z.int().min(0).max(60_000).default(25),
      tries: z.int().min(1).max(10).default(3),
      basicAuthUser: text(100).nullable().default(null),
      allowPlainHttp: z.boolean().default(false),
      certificate: z.string().max(20_000).nullable().default(null),
    })
    .prefault({}),
  notes: z
    .strictObject({ thirdPartyAccount: z.boolean().default(false), account: z.boolean().default(false) })
    .prefault({}),
});

const labels = z.record(text(60), text(100)).default({});
const codes = z.record(text(60), text(60).min(1)).default({});

const ledger = z.strictObject({
  type: text().min(1).default('sage-pnm'),
  currency: currency.default('EUR'),
  folder: z.string().max(1000).nullable().default(null),
  salesFile: text(100).min(1).default('VENTES'),
  creditNotesFile: text(100).min(1).default('AVOIRS'),
  customersFile: text(100).min(1).nullable().default(null),
  policy: z.enum(['newName', 'append', 'replaceAfterBackup']).default('newName'),
  /** A file for each journal, month or fiscal year of the entries. */
  split: z.enum(['none', 'journal', 'month', 'journalAndMonth', 'fiscalYear']).default('none'),
  /** The files of entries in one archive. */
  zip: z.boolean().default(false),
  companyName: text(100).default(''),
  siren: z
    .string()
    .regex(/^\d{9}$/, 'nine digits')
    .nullable()
    .default(null),
  closingDate: z.iso.date().nullable().default(null),
  fiscalYearStart: z.iso.date().nullable().default(null),
  recordLength: z.union([z.literal(138), z.literal(199)]).default(199),
  validDate: z.enum(['entry', 'blank']).default('entry'),
  analyticPlan: text(35).min(1).default('1'),
  /** What the format declares that its user may choose; held against it by `validate.ts`. */
  options: z.record(text(60), z.union([text(100), z.int()])).default({}),
  /** The user's own file format, for the ledger `custom`; null: the one it starts as. */
  definition: formatDefinition.nullable().default(null),
  /** Codes as the ledger has them, by the profile's own, for files with less room than these need. */
  translate: z.strictObject({ accounts: codes, journals: codes, thirdParties: codes }).prefault({}),
  database: text(500).nullable().default(null),
});

export const profileSchema = z.strictObject({
  schemaVersion: z.literal(1).default(1),
  name: text(100).min(1),
  shop,
  ledger: ledger.prefault({}),
  chart: z.strictObject({ accounts: labels, journals: labels, thirdParties: labels }).prefault({}),
  customers: z
    .strictObject({
      account: customerCode,
      thirdParty: customerCode,
      stripAccents: z.boolean().default(false),
      upperCaseName: z.boolean().default(false),
      upperCaseAddress: z.boolean().default(false),
    })
    .prefault({}),
  mappings,
  entries,
  import: z
    .strictObject({
      defaultPeriod: z.enum(PERIODS).default('last-month'),
      from: z.iso.date().nullable().default(null),
      to: z.iso.date().nullable().default(null),
      subShops: z.array(text()).max(1000).nullable().default(null),
      statuses: z.array(text()).max(1000).nullable().default(null),
    })
    .prefault({}),
  reading: z
    .strictObject({
      findBy: z.enum(['order', 'invoice']).default('order'),
      taxCountry: z.enum(['shop', 'billing', 'delivery']).default('shop'),
      defaultCountry: country.nullable().default(null),
      extraPaymentMethods: z.array(text().min(1)).max(200).default([]),
      creditNotes: z.enum(['all', 'transferred']).default('all'),
      decimals: z.union([z.literal(2), z.literal(3), z.literal(4)]).default(2),
      rounding: z.enum(['shop', 'perUnit', 'perLine', 'onTotal']).default('shop'),
      roundingDifference: z.enum(['separate', 'firstProduct', 'firstTax']).default('separate'),
      guestAccount: code,
      guestThirdParty: code,
      amountOnlyRefunds: z.enum(['share', 'untaxed']).default('share'),
      retentions: z.enum(['asStated', 'shareVat']).default('asStated'),
      mergeEdits: z.enum(['never', 'same-day']).default('never'),
      salesSource: z.enum(['invoices', 'orders']).default('invoices'),
      separateEcotax: z.boolean().default(false),
      wrappingNames: z.array(text().min(1)).max(200).default([]),
      unexplainedFee: z.strictObject({ upTo: amount, rate }).nullable().default(null),
      invoiceNumberKeys: z.array(text().min(1)).max(50).default([]),
    })
    .prefault({}),
  advanced: z
    .strictObject({
      grouping: z.enum(['none', 'day', 'month']).default('none'),
      tolerances: z
        .strictObject({
          perLine: amount.default('0.01'),
          minimum: amount.default('0.05'),
          payment: amount.default('1.00'),
        })
        .prefault({}),
      timeZone: text(100).nullable().default(null),
      country: place.nullable().default(null),
      distanceSales: z.enum(['oss', 'home']).default('oss'),
      closedTo: z.iso.date().nullable().default(null),
      lateDocuments: z.enum(['refuse', 'nextOpenDay', 'ask']).default('refuse'),
      hook: z.string().trim().min(1).max(100).nullable().default(null),
      keepRawDays: z.int().min(0).max(3650).default(30),
    })
    .prefault({}),
});

export type Profile = z.infer<typeof profileSchema>;
/** What an owner may write: every defaulted field may be left out. */
export type ProfileInput = z.input<typeof profileSchema>;

/** A profile as the store holds it: its id never changes, so that renaming keeps the transfer state. */
export type StoredProfile = { readonly id: string; readonly profile: Profile; readonly demo: boolean };

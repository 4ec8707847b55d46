import type { Day } from '../core/calendar.ts';
import type { ProfileInput } from './profile.ts';

/** The part of a profile a starter template fills: accounts, journals, labels, zone. Everything stays editable. */
export type Template = Pick<ProfileInput, 'chart' | 'customers' | 'mappings' | 'advanced'>;

export const TEMPLATES = ['france', 'belgium', 'luxembourg', 'blank'] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** The template of a country, with the chart of the fiscal year opened that day; null: today's. */
export function template(name: TemplateName, opened: Day | null = null): Template {
  switch (name) {
    case 'france':
      return france(opened);
    case 'belgium':
      return belgium();
    case 'luxembourg':
      return luxembourg();
    case 'blank':
      return {};
  }
}

/**
 * A row for each payment method of the shop, so that its payments are written: a method without row holds its
 * payments. Accounts come from the mapping's default.
 */
export function withPaymentRows<Part extends Template>(
  part: Part,
  methods: readonly string[],
  banks: ReadonlyMap<string, string | null> = new Map(),
): Part {
  const payments = part.mappings?.payments;
  const known = new Set(payments?.exceptions?.map(({ item }) => item));
  const rows = methods
    .filter((item) => !known.has(item))
    .map((item) => ({ item, create: true, ...(banks.has(item) ? { bank: banks.get(item) ?? null } : {}) }));
  return {
    ...part,
    mappings: { ...part.mappings, payments: { ...payments, exceptions: [...(payments?.exceptions ?? []), ...rows] } },
  };
}

type Rate = {
  readonly rate: string;
  readonly account: string;
  readonly code: string;
  readonly grid?: string;
  readonly creditGrid?: string;
};

/** Boxes of the Belgian return for VAT due: 54 on sales, 64 on credit notes issued (form 625). */
const BELGIAN_GRIDS = { grid: '54', creditGrid: '64' };

/** The default VAT account stays empty on purpose: foreign VAT must never land in a home account unasked. */
function rates(country: string, list: readonly Rate[]) {
  return { exceptions: list.map(({ rate, ...fields }) => ({ country, item: `${rate}%`, ...fields })) };
}

function vatLabels(list: readonly Rate[], name: string): Record<string, string> {
  return Object.fromEntries(list.map(({ rate, account }) => [account, `${name} ${rate.replace('.', ',')} %`]));
}

/** Plan comptable général; six digits. Its exchange accounts of trade debts are 656 and 756 since 2017 (charts.ts). */
function france(opened: Day | null): Template {
  const exchange =
    opened !== null && opened < '2017-01-01' ? { loss: '666000', gain: '766000' } : { loss: '656000', gain: '756000' };
  const vat = [
    { rate: '20', account: '445711', code: 'C20' },
    { rate: '10', account: '445712', code: 'C10' },
    { rate: '5.5', account: '445713', code: 'C55' },
    { rate: '2.1', account: '445714', code: 'C21' },
  ];
  return {
    chart: {
      accounts: {
        '411000': 'Clients',
        '419100': 'Clients, avances et acomptes reçus sur commandes',
        '445880': 'TVA sur avances et acomptes reçus, à régulariser',
        ...vatLabels(vat, 'TVA collectée'),
        '512000': 'Banque',
        '627000': 'Services bancaires et assimilés',
        [exchange.loss]: 'Pertes de change sur créances et dettes commerciales',
        '658000': 'Charges diverses de gestion courante',
        '707100': 'Ventes de marchandises avec TVA',
        '707200': 'Ventes de marchandises sans TVA',
        '708500': 'Ports facturés avec TVA',
        '708510': 'Ports facturés sans TVA',
        '708800': 'Autres produits annexes avec TVA',
        '708810': 'Autres produits annexes sans TVA',
        '709700': 'Rabais, remises et ristournes accordés sur ventes de marchandises',
        [exchange.gain]: 'Gains de change sur créances et dettes commerciales',
        '758000': 'Produits divers de gestion courante',
      },
      journals: { VTE: 'Ventes', BNQ: 'Banque' },
      thirdParties: { WEB: 'Clients de la boutique en ligne' },
    },
    customers: { account: { mode: 'same', code: '411000' }, thirdParty: { mode: 'same', code: 'WEB' } },
    mappings: {
      journals: { default: { sales: 'VTE', creditNotes: 'VTE' } },
      sales: {
        default: { withVat: '707100', withoutVat: '707200', discountWithVat: '709700', discountWithoutVat: '709700' },
      },
      differences: {
        default: {
          adjustmentExpense: '658000',
          adjustmentIncome: '758000',
          differenceExpense: '658000',
          differenceIncome: '758000',
        },
      },
      taxes: rates('FR', vat),
      payments: { default: { create: true, journal: 'BNQ', bank: '512000', fee: '627000' } },
      carriers: {
        default: {
          shippingWithVat: '708500',
          shippingWithoutVat: '708510',
          wrappingWithVat: '708800',
          wrappingWithoutVat: '708810',
        },
      },
      otherLines: {
        exceptions: [
          { item: 'retention', withVat: '708800', withoutVat: '708810' },
          { item: 'goodwill', withVat: '709700', withoutVat: '709700' },
          { item: 'deposit', withVat: '419100', withoutVat: '419100' },
          { item: 'depositVat', withVat: '445880', withoutVat: '445880' },
        ],
      },
      currencies: { default: { adjustmentExpense: exchange.loss, adjustmentIncome: exchange.gain } },
    },
    advanced: { timeZone: 'Europe/Paris', country: 'FR' },
  };
}

/** Plan comptable minimum normalisé (minimumindeling van het algemeen rekeningenstelsel), royal decree of 21 October 2018. */
function belgium(): Template {
  const vat = [
    { rate: '21', account: '451210', code: 'B21', ...BELGIAN_GRIDS },
    { rate: '12', account: '451120', code: 'B12', ...BELGIAN_GRIDS },
    { rate: '6', account: '451060', code: 'B06', ...BELGIAN_GRIDS },
  ];
  return {
    chart: {
      accounts: {
        '400000': 'Clients',
        '460000': 'Acomptes reçus',
        ...vatLabels(vat, 'TVA à payer'),
        '550000': 'Banque, compte courant',
        '654000': 'Différences de change (charges)',
        '657000': 'Différences de paiement (charges)',
        '658000': 'Charges financières diverses, frais de paiement',
        '700000': 'Ventes avec TVA',
        '700100': 'Ventes sans TVA',
        '704000': 'Ports facturés avec TVA',
        '704100': 'Ports facturés sans TVA',
        '705000': 'Emballages facturés avec TVA',
        '705100': 'Emballages facturés sans TVA',
        '708000': 'Remises, ristournes et rabais accordés',
        '754000': 'Différences de change (produits)',
        '757000': 'Différences de paiement (produits)',
      },
      journals: { VEN: 'Ventes', BNQ: 'Banque' },
      thirdParties: { WEB: 'Clients de la boutique en ligne' },
    },
    customers: { account: { mode: 'same', code: '400000' }, thirdParty: { mode: 'same', code: 'WEB' } },
    mappings: {
      journals: { default: { sales: 'VEN', creditNotes: 'VEN' } },
      sales: {
        default: { withVat: '700000', withoutVat: '700100', discountWithVat: '708000', discountWithoutVat: '708000' },
      },
      differences: {
        default: {
          adjustmentExpense: '657000',
          adjustmentIncome: '757000',
          differenceExpense: '657000',
          differenceIncome: '757000',
        },
      },
      taxes: rates('BE', vat),
      payments: { default: { create: true, journal: 'BNQ', bank: '550000', fee: '658000' } },
      carriers: {
        default: {
          shippingWithVat: '704000',
          shippingWithoutVat: '704100',
          wrappingWithVat: '705000',
          wrappingWithoutVat: '705100',
        },
      },
      otherLines: {
        exceptions: [
          { item: 'retention', withVat: '705000', withoutVat: '705100' },
          { item: 'goodwill', withVat: '708000', withoutVat: '708000' },
          { item: 'deposit', withVat: '460000', withoutVat: '460000' },
          { item: 'depositVat', withVat: '460000', withoutVat: '460000' },
        ],
      },
      currencies: { default: { adjustmentExpense: '654000', adjustmentIncome: '754000' } },
    },
    advanced: { timeZone: 'Europe/Brussels', country: 'BE' },
  };
}

/** Plan comptable normalisé, grand-ducal regulation of 12 September 2019. */
function luxembourg(): Template {
  const vat = [
    { rate: '17', account: '46141117', code: 'L17' },
    { rate: '14', account: '46141114', code: 'L14' },
    { rate: '8', account: '46141108', code: 'L08' },
    { rate: '3', account: '46141103', code: 'L03' },
  ];
  return {
    chart: {
      accounts: {
        '401100': 'Clients',
        ...vatLabels(vat, 'TVA en aval'),
        '513100': 'Banques, comptes courants',
        '613330': 'Commissions et frais bancaires',
        '648800': 'Autres charges d’exploitation diverses',
        '656200': 'Pertes de change',
        '706110': 'Ventes de marchandises avec TVA',
        '706120': 'Ventes de marchandises sans TVA',
        '708110': 'Ports facturés avec TVA',
        '708120': 'Ports facturés sans TVA',
        '708210': 'Emballages facturés avec TVA',
        '708220': 'Emballages facturés sans TVA',
        '709600': 'Rabais, remises et ristournes accordés sur marchandises',
        '748800': 'Autres produits d’exploitation divers',
        '756200': 'Gains de change',
      },
      journals: { VTE: 'Ventes', BNQ: 'Banque' },
      thirdParties: { WEB: 'Clients de la boutique en ligne' },
    },
    customers: { account: { mode: 'same', code: '401100' }, thirdParty: { mode: 'same', code: 'WEB' } },
    mappings: {
      journals: { default: { sales: 'VTE', creditNotes: 'VTE' } },
      sales: {
        default: { withVat: '706110', withoutVat: '706120', discountWithVat: '709600', discountWithoutVat: '709600' },
      },
      differences: {
        default: {
          adjustmentExpense: '648800',
          adjustmentIncome: '748800',
          differenceExpense: '648800',
          differenceIncome: '748800',
        },
      },
      taxes: rates('LU', vat),
      payments: { default: { create: true, journal: 'BNQ', bank: '513100', fee: '613330' } },
      carriers: {
        default: {
          shippingWithVat: '708110',
          shippingWithoutVat: '708120',
          wrappingWithVat: '708210',
          wrappingWithoutVat: '708220',
        },
      },
      otherLines: {
        exceptions: [
          { item: 'retention', withVat: '708210', withoutVat: '708220' },
          { item: 'goodwill', withVat: '709600', withoutVat: '709600' },
        ],
      },
      currencies: { default: { adjustmentExpense: '656200', adjustmentIncome: '756200' } },
    },
    advanced: { timeZone: 'Europe/Luxembourg', country: 'LU' },
  };
}

import { type Decimal, decimalText } from '../../src/core/decimal.ts';
import type { DocumentLine, LineKind, Payment, SalesDocument } from '../../src/core/document.ts';
import { creditOf, debitOf, type Entry, type EntryLine } from '../../src/core/entry.ts';
import { moneyText } from '../../src/core/money.ts';
import { placeOf } from '../../src/core/territories.ts';
import { countryName, showAmount, showDay, showShortRate, typography } from '../../src/i18n/show.ts';
import { translate } from '../../src/i18n/translate.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import { type Example, type Worked, worked } from './example.ts';

/** An example as Markdown, in French: the settings, the documents, the entries as a table, and what Comptoir points out. */
export function exampleText(example: Example): string {
  const made = worked(example);
  const parts = [`### ${example.title}`];
  if (example.text !== undefined) parts.push(example.text);
  const settings = Object.entries(example.set ?? {});
  if (settings.length > 0) {
    parts.push(`Réglage${settings.length > 1 ? 's' : ''} : ${settings.map(settingText).join(' · ')}`);
  }
  parts.push(made.documents.map((document) => `- ${documentText(document)}`).join('\n'));
  if (made.entries.length > 0) parts.push(entriesTable(made));
  const problems = new Set(
    made.problems.map(({ code, severity, values }) => {
      const sign = severity === 'warn' ? 'Signalé' : severity === 'exclude' ? 'Écarté' : 'Retenu';
      const key = `problem.${code}`;
      const cure = severity === 'warn' ? '' : ` ${translate('fr', `${key}.cure`, values)}`;
      return `> **${sign}** : ${translate('fr', `${key}.message`, values)}${cure}`;
    }),
  );
  parts.push(...problems);
  return `${typography(parts.join('\n\n'), 'fr')}\n`;
}

function settingText([path, value]: [string, unknown]): string {
  return `\`${path}\` = \`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

const KINDS: Readonly<Record<LineKind, string>> = {
  product: 'produit',
  shipping: 'port',
  wrapping: 'emballage cadeau',
  fee: 'frais',
  tip: 'pourboire',
  duty: 'droits de douane',
  ecotax: 'éco-participation',
  giftCard: 'carte cadeau vendue',
  discount: 'remise',
  adjustment: 'montant sans article',
  rounding: 'arrondi de caisse',
};

function documentText(document: SalesDocument): string {
  const { kind, creditNote, invoice, order, customer, currency, lines, totals, payments, delivery } = document;
  const head =
    kind === 'sale'
      ? `**Vente**, facture ${invoice?.number} du ${showDay(invoice?.date ?? order.date, 'fr')}`
      : `**Avoir** ${creditNote?.number} du ${showDay(creditNote?.date ?? order.date, 'fr')}`;
  const vat = customer.vatNumber === null ? '' : `, n° de TVA ${customer.vatNumber.value}`;
  const rate =
    currency.rate === null ? '' : ` ; 1 EUR = ${decimalText(currency.rate).replace('.', ',')} ${currency.code}`;
  const due = `total ${amount(totals.gross)} ${currency.code === 'EUR' ? '€' : currency.code} TTC${rate}`;
  const paid = payments.map(paymentText).join(' ; ');
  return `${head}, ${placeText(delivery)}${vat} : ${lines.map(lineText).join(' ; ')} ; ${due}${paid === '' ? '' : ` ; ${paid}`}.`;
}

function placeText(address: SalesDocument['delivery']): string {
  if (address === null) return 'sans adresse';
  const { territory } = placeOf(address.country, address.postcode);
  const place = territory === null ? address.country : territory.code;
  return `${countryName(place, 'fr')}${address.postcode === null ? '' : ` (${address.postcode})`}`;
}

function lineText({ kind, net, netBeforeDiscount, taxes, label, quantity, taxRule }: DocumentLine): string {
  const name = label === null ? KINDS[kind] : label.toLowerCase();
  const before = netBeforeDiscount === null ? '' : ` (au lieu de ${amount(netBeforeDiscount)})`;
  const none = quantity !== null && quantity.units === 0n ? ' (aucune pièce rendue)' : '';
  const rule = taxRule === null ? '' : ` [${taxRule.id}]`;
  const vat = taxes
    .map(({ rate, amount: tax }) => ` + TVA ${`${showShortRate(decimalText(rate), 'fr')} %`} ${amount(tax)}`)
    .join('');
  return `${name}${rule} ${amount(net)} HT${before}${none}${vat}`;
}

function paymentText({ direction, method, amount: paid, date, fee }: Payment): string {
  const verb = direction === 'in' ? 'payé' : 'remboursé';
  const cost = fee === null ? '' : `, commission ${amount(fee.amount)}`;
  return `${verb} ${amount(paid)} par ${(method.name ?? '').replace(/^\p{Lu}(?=\p{Ll}+\b(?!\p{Lu}))/u, (first) => first.toLowerCase())} le ${showDay(date, 'fr')}${cost}`;
}

type Column = {
  readonly title: string;
  readonly right?: boolean;
  readonly text: (line: EntryLine, entry: Entry, first: boolean) => string;
};

/** The entries line by line; what no line has is no column. */
function entriesTable({ entries, profile }: Worked): string {
  const columns = columnsOf(profile).filter(({ title, text }) => {
    return !OPTIONAL.has(title) || entries.some((entry) => entry.lines.some((line) => text(line, entry, false) !== ''));
  });
  const rows = entries.flatMap((entry) =>
    entry.lines.map((line, place) => columns.map(({ text }) => text(line, entry, place === 0))),
  );
  const cells = (values: readonly string[]) => `| ${values.join(' | ')} |`;
  return [
    cells(columns.map(({ title }) => title)),
    cells(columns.map(({ right }) => (right ? '---:' : '---'))),
    ...rows.map(cells),
  ].join('\n');
}

const OPTIONAL = new Set(['Tiers', 'Code TVA', 'Section', 'En devise', 'Lettrage']);

function columnsOf({ chart }: Profile): readonly Column[] {
  return [
    { title: 'Jnl', text: (_, { journal }, first) => (first ? journal : '') },
    { title: 'Date', text: (_, { date }, first) => (first ? showDay(date, 'fr') : '') },
    { title: 'Pièce', text: (_, { piece }, first) => (first ? piece : '') },
    { title: 'Compte', text: ({ account }) => account },
    { title: 'Tiers', text: ({ thirdParty }) => thirdParty ?? '' },
    { title: 'Intitulé', text: ({ account }) => chart.accounts[account] ?? nameOfOwn(account) },
    { title: 'Code TVA', text: ({ taxCode }) => taxCode ?? '' },
    { title: 'Section', text: ({ section }) => section ?? '' },
    { title: 'Débit', right: true, text: (line) => (debitOf(line) === 0n ? '' : unsigned(moneyText(line.amount))) },
    { title: 'Crédit', right: true, text: (line) => (creditOf(line) === 0n ? '' : unsigned(moneyText(line.amount))) },
    {
      title: 'En devise',
      right: true,
      text: ({ amountInCurrency: own }) => (own === null ? '' : `${unsigned(moneyText(own))} ${own.currency.code}`),
    },
    { title: 'Lettrage', text: ({ matchingCode = '' }) => matchingCode },
  ];
}

/** The account of one customer has his name in the ledger, not in the chart. */
function nameOfOwn(account: string): string {
  if (!account.startsWith('411')) throw new TypeError(`${account} has no label`);
  return 'Client (son compte)';
}

/** Without its sign: the column says the side. */
function unsigned(text: string): string {
  return showAmount(text.replace(/^-/, ''), 'fr');
}

function amount(value: Decimal): string {
  return showAmount(decimalText(value, 2), 'fr');
}

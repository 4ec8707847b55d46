import type { CsvField } from '../../schema/csv-fields.ts';

/** What a column's name says; `any…` are amounts of a line or of the whole document, which its values tell. */
export type Named = { readonly field: CsvField | 'anyNet' | 'anyVat' | 'anyGross'; readonly rate?: string };

/**
 * Names of columns, folded (no accents, small letters, single spaces), as shops, marketplaces and spreadsheets write them
 * in French and English, and the names of our own fields. Sources of the longer ones: the CSV exports of orders of Shopify
 * (help.shopify.com, "Export orders to a CSV file"), WooCommerce's order export plugins, PrestaShop's order list, Amazon's
 * VAT transactions report, Mirakl's and Cdiscount's order exports.
 */
const NAMES: Readonly<Record<Named['field'], string>> = {
  kind: 'kind|type|nature|type de piece|type de document|document type|sens|transaction type|type de vente',
  key: 'key|cle|activity transaction id|id transaction vente',
  orderId: 'order id|id commande|id order|orderid|id de commande|transaction event id|amazon order id|id',
  orderNumber:
    'order number|order|numero commande|numero de commande|numero de la commande|commande|reference commande|reference|ref commande|order reference|order no|numero order|order name|sales order|order ref|ref order|order ref number|numero de reference commande',
  orderDate:
    'order date|date commande|date de commande|date de la commande|created at|date de creation|date created|date creation|order date time|purchase date|date d achat|date achat|ordered at|date add|commande le',
  date: 'date|jour|day|date piece|date de piece|date du document|date document|date comptable|transaction date|transaction complete date|date ecriture|date de vente|date vente',
  documentNumber:
    'numero|number|numero piece|numero de piece|piece|numero document|numero de document|document number|document|no',
  invoiceNumber:
    'invoice number|invoice|numero facture|numero de facture|facture|invoice no|ref facture|reference facture|numero invoice|vat inv number|invoice id|invoice reference',
  invoiceDate: 'invoice date|date facture|date de facture|date de facturation|date facturation|tax calculation date',
  creditNoteNumber:
    'credit note number|credit note|numero avoir|numero d avoir|numero de l avoir|avoir|credit memo|refund number|refund id|credit note no|numero de remboursement',
  creditNoteDate: 'credit note date|date avoir|date d avoir|date de l avoir|refund date|date de remboursement',
  status:
    'status|statut|etat|order status|statut commande|statut de la commande|etat de la commande|financial status|etat commande|payment status',
  channel: 'channel|canal|canal de vente|marketplace|sales channel|source|place de marche|boutique|site',
  subShop: 'sub shop|sous boutique|store|magasin|point de vente|shop',
  currency: 'currency|devise|monnaie|currency code|code devise|transaction currency code|iso devise',
  customerId: 'customer id|id client|code client|numero client|client id|customer number|id customer',
  customerName:
    'customer|client|customer name|nom client|nom du client|billing name|acheteur|buyer|buyer name|nom complet|full name|nom et prenom|recipient name',
  firstName:
    'first name|prenom|prenom client|customer first name|billing first name|firstname|prenom du client|prenom facturation',
  lastName: 'last name|nom|nom de famille|customer last name|billing last name|lastname|surname|nom facturation',
  company:
    'company|societe|raison sociale|entreprise|billing company|customer company|organisation|societe facturation',
  email:
    'email|e mail|mail|courriel|adresse e mail|adresse email|customer email|billing email|email client|e mail client|adresse mail',
  phone: 'phone|telephone|tel|billing phone|mobile|telephone client|customer phone',
  vatNumber:
    'vat number|numero tva|numero de tva|tva intracommunautaire|numero tva intracommunautaire|vat no|vat id|buyer vat number|numero de tva intracommunautaire|tva intra|numero tva intra|vat registration number',
  country:
    'country|pays|pays facturation|pays de facturation|billing country|code pays|country code|pays client|customer country|taxable jurisdiction|pays du client|billing country code',
  deliveryCountry:
    'delivery country|pays livraison|pays de livraison|shipping country|ship country|sale arrival country|arrival country|pays destination|pays de destination|ship to country|shipping country code|delivery country code',
  lineKind: 'line kind|type de ligne|line type|nature ligne|nature de ligne|type ligne|item type',
  label:
    'label|libelle|designation|article|produit|description|item name|product|product name|lineitem name|nom du produit|item description|libelle produit|titre|title|nom produit|libelle article|nom de l article|item',
  sku: 'sku|reference produit|ref produit|reference article|code article|lineitem sku|seller sku|product reference|code produit|asin|ref article|product sku|reference de l article',
  quantity: 'quantity|quantite|qte|qty|lineitem quantity|quantity purchased|nombre|nb|quantite commandee',
  unitNet: 'unit net|prix unitaire ht|pu ht|unit price excl tax|unit price excl vat|net unit price|prix ht unitaire',
  unitGross:
    'unit gross|prix unitaire ttc|pu ttc|unit price incl tax|unit price incl vat|gross unit price|prix ttc unitaire',
  net: 'net|net amount|montant ht|total ligne ht|ht|prix ht|line net|montant net|amount excl vat|amount excl tax|line total excl tax|price excl tax|net price|prix total ht|base ht|total produits ht|produits ht|item net|montant htva|subtotal excl tax|price of items amt vat excl|total activity value amt vat excl',
  vatRate:
    'vat rate|tax rate|taux tva|taux de tva|taux|tva %|vat %|% tva|tax %|price of items vat rate percent|rate|taux tva %|vat percent|tax percent|item vat rate|tax rate %|vat rate %',
  vat: 'vat|vat amount|tax amount|montant tva|tva|montant de tva|montant de la tva|tax|tva ligne|line tax|item tax|price of items vat amt|total activity value vat amt|montant tva ligne|tva produits|line vat|item vat',
  gross:
    'gross|gross amount|montant ttc|ttc|total ligne ttc|prix ttc|line gross|line total|amount incl vat|amount incl tax|price of items amt vat incl|total activity value amt vat incl|prix total ttc|total produits ttc|produits ttc|item gross|price incl tax|montant tvac|line total incl tax',
  taxRule: 'tax rule|regle de taxe|tax class|classe de taxe|code tva|code taxe|tax code|vat code|product tax code',
  netOfRate: '',
  vatOfRate: '',
  grossOfRate: '',
  untaxed: 'untaxed|exonere|exonere de tva|hors champ|non soumis|non taxable|exempt|non soumis a tva|sans tva',
  carrier: 'carrier|transporteur|shipping method|mode de livraison|mode d expedition|methode de livraison',
  shippingNet:
    'shipping net|frais de port ht|port ht|livraison ht|shipping excl tax|shipping excl vat|transport ht|ship charge amt vat excl|total ship charge amt vat excl|frais de livraison ht|total port ht|shipping net amount',
  shippingVatRate:
    'shipping vat rate|taux tva port|taux tva livraison|ship charge vat rate percent|shipping tax rate|carrier tax rate',
  shippingVat:
    'shipping vat|tva port|tva livraison|tva frais de port|shipping tax|ship charge vat amt|total ship charge vat amt|tva sur port|tva transport|shipping vat amount|shipping tax amount',
  shippingGross:
    'shipping gross|frais de port ttc|port ttc|livraison ttc|shipping incl tax|shipping incl vat|shipping|frais de port|ship charge amt vat incl|total ship charge amt vat incl|frais de livraison|frais de livraison ttc|total port ttc|port|shipping cost|shipping total|order shipping|transport ttc|shipping price',
  totalNet:
    'order total net|total commande ht|document total net|total facture ht|total net amount|montant total ht|order total excl tax|total ht commande|total ht facture|total excl vat|total excl tax|total htva',
  totalVat:
    'order total vat|total commande tva|document total vat|total facture tva|total vat amount|montant total tva|taxes|order tax|total taxes|tva totale|total tax',
  totalGross:
    'order total gross|total commande ttc|document total gross|total facture ttc|total gross amount|montant total ttc|order total|total ttc commande|total ttc facture|total commande|montant de la commande|montant commande|order amount|total paid|total incl vat|total incl tax|net a payer|total tvac|total facture|order total amount|montant total',
  paymentId: 'payment id|id paiement|id du paiement|id de paiement',
  paymentMethod:
    'payment method|mode de paiement|moyen de paiement|paiement|reglement|mode de reglement|payment|payment type|methode de paiement|type de paiement|moyen de reglement',
  paymentDate:
    'payment date|date de paiement|date paiement|paid at|date de reglement|date paid|date reglement|date du paiement',
  paymentAmount:
    'payment amount|montant paye|montant regle|montant du paiement|amount paid|paid amount|montant paiement|montant reglement',
  fee: 'fee|frais|commission|fees|payment fee|frais de paiement|frais bancaires|transaction fee|payment fees|frais de transaction',
  transactionId:
    'transaction id|id transaction|reference paiement|payment reference|reference de paiement|id de transaction|reference de transaction|reference transaction|payment transaction id',
  anyNet: 'total ht|total net|total excl|montant hors taxes|total hors taxes|hors taxes|hors taxe|subtotal net',
  anyVat: 'total tva|total vat|total de tva|vat total|tax total',
  anyGross:
    'total ttc|total|total gross|montant|amount|total toutes taxes comprises|grand total|toutes taxes comprises',
};

const BY_NAME: ReadonlyMap<string, Named['field']> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names
      .split('|')
      .filter((name) => name !== '')
      .map((name) => [name, field as Named['field']] as const),
  ), // keys of the table above
);

const BASE = /\b(?:ht|htva|net|base|hors taxes?|excl)\b/;
const WITH_VAT = /\b(?:ttc|tvac|gross|brut|incl)\b/;
const VAT = /\b(?:tva|vat|tax|taxes?)\b/;
const RATE =
  /(?:^|\s)(\d{1,2}(?:[.,]\d{1,3})?)\s?%|(?:\b(?:tva|vat|ht|ttc|net|gross|base|taux))\s(\d{1,2}(?:[.,]\d{1,3})?)$/;

/** Where a name stands among those of its field: the first ones are preferred where a file has several. */
export function rankOf(header: string, field: Named['field']): number {
  const name = fold(header);
  const names = NAMES[field].split('|');
  return Math.max(names.indexOf(name), names.indexOf(withoutUnit(name)));
}

/** What a column's name says of it; null: nothing that is known. */
export function fieldNamed(header: string): Named | null {
  const name = fold(header);
  const field = BY_NAME.get(name) ?? BY_NAME.get(withoutUnit(name));
  if (field !== undefined) return { field };
  const [, percent, last] = RATE.exec(name) ?? [];
  const rate = (percent ?? last)?.replace(',', '.');
  if (rate === undefined) return null;
  const value = rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate;
  if (WITH_VAT.test(name)) return { field: 'grossOfRate', rate: value };
  if (BASE.test(name)) return { field: 'netOfRate', rate: value };
  return VAT.test(name) ? { field: 'vatOfRate', rate: value } : null;
}

/** A name without what people write differently: accents, capitals, signs, spaces. */
export function fold(header: string): string {
  return header
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/(?:\bn\s?[°ºo]\.?|№|#)(?=\s|$|\w)/g, (found) => (/^no?$/.test(found.trim()) ? found : ' numero '))
    .replace(/(\d)[.,](?=\d)/g, '$1_')
    .replace(/[^\p{L}\p{N}%_]+/gu, ' ')
    .replace(/(\d)_(?=\d)/g, '$1.')
    .replace(/_/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^no (?=\w)/, 'numero ');
}

/** `Montant TTC (EUR)`, `Total en euros`: the money is not part of the name. */
function withoutUnit(name: string): string {
  return name.replace(/\s(?:en\s)?(?:eur|euros?|usd|gbp|chf)$/, '').replace(/^(?:eur|euros?)\s/, '');
}

import { dataNames, dataText } from './data-files.ts';
import { daysToMove, moveDays, scramble } from './spread.ts';

/**
 * The records of one resource. Each is the text of its element as captured, from `<order>` to the newline after
 * `</order>`, so that what is served whole is byte for byte what the real shop sent.
 */
export type PsResource = {
  /** Element around a list: `order_slips` for the resource `order_slip`, `order_cart_rules` for `order_discounts`. */
  readonly listElement: string;
  readonly element: string;
  readonly records: readonly string[];
};

/** By name of the resource in the address. */
export type PsRecords = Readonly<Record<string, PsResource>>;

export type PsField = {
  readonly name: string;
  /** The line of the field with its tab and newline, attributes included. */
  readonly text: string;
  /** Values by language id of a multilingual field, else null. */
  readonly languages: ReadonlyMap<string, string> | null;
  readonly value: string;
  readonly filterable: boolean;
};

export type PsRow = {
  readonly id: number;
  /** Plain value of a field; of a multilingual one, its first language. Null: no such field. */
  value(field: string): string | null;
  fields(): readonly PsField[];
  text(): string;
};

/** Room for the ids of a copy. */
const IDS = 1_000;

type CopyRule = {
  /** Field that tells the order: its id, or for payments its reference. */
  readonly order: 'id' | 'id_order' | 'order_reference';
  readonly ids: readonly string[];
  readonly dates: readonly string[];
  /** Fields of the associations that hold ids which are copied too. */
  readonly associated: readonly string[];
};

/** What is copied with an order; customers, addresses and settings are shared. */
const COPIED: Readonly<Record<string, CopyRule>> = {
  orders: {
    order: 'id',
    ids: ['id', 'id_cart', 'invoice_number', 'delivery_number'],
    dates: ['date_add', 'invoice_date', 'delivery_date'],
    associated: ['id'],
  },
  order_details: { order: 'id_order', ids: ['id', 'id_order', 'id_order_invoice'], dates: [], associated: [] },
  order_invoices: {
    order: 'id_order',
    ids: ['id', 'id_order', 'number', 'delivery_number'],
    dates: ['date_add', 'delivery_date'],
    associated: [],
  },
  order_payments: { order: 'order_reference', ids: ['id'], dates: ['date_add'], associated: [] },
  order_slip: {
    order: 'id_order',
    ids: ['id', 'id_order'],
    dates: ['date_add'],
    associated: ['id', 'id_order_detail'],
  },
  order_carriers: {
    order: 'id_order',
    ids: ['id', 'id_order', 'id_order_invoice'],
    dates: ['date_add'],
    associated: [],
  },
  order_cart_rules: { order: 'id_order', ids: ['id', 'id_order', 'id_order_invoice'], dates: [], associated: [] },
  order_discounts: { order: 'id_order', ids: ['id', 'id_order', 'id_order_invoice'], dates: [], associated: [] },
  order_histories: { order: 'id_order', ids: ['id', 'id_order'], dates: ['date_add'], associated: [] },
};

/** Resources whose rows come in no promised order when a list names none; the others keep the captured one. */
export function isMovement(resource: string): boolean {
  return resource in COPIED || resource === 'customers' || resource === 'addresses';
}

/** Every resource of a captured shop: folders of pages, the single files of `config`, and what was not captured and is written by hand. */
export function capturedPsRecords(shop: 'prestashop' | 'prestashop-1.6'): PsRecords {
  const resources: Record<string, PsResource> = {};
  for (const folder of dataNames(shop, '')) {
    if (NOT_RESOURCES.includes(folder) || folder.includes('.')) continue;
    add(
      folder,
      dataNames(`${shop}/${folder}`, '.xml').map((name) => `${shop}/${folder}/${name}`),
    );
  }
  for (const name of dataNames(`${shop}/config`, '.xml')) {
    if (!name.includes('-schema-')) add(name.slice(0, -'.xml'.length), [`${shop}/config/${name}`]);
  }
  for (const name of dataNames(`${shop}/handwritten`, '.xml')) {
    if (name !== 'api.xml') add(name.slice(0, -'.xml'.length), [`${shop}/handwritten/${name}`]);
  }
  const { products, categories } = resources;
  if (products && categories) resources.products = withCategories(products, categories);
  return resources;

  function add(resource: string, files: readonly string[]): void {
    const pages = files.map((file) => parsePage(dataText(file)));
    const [first] = pages;
    if (first !== undefined) resources[resource] = { ...first, records: pages.flatMap((page) => page.records) };
  }
}

/**
 * Products with the default category that the capture did not ask for: hand-written, one category after another by id,
 * as `id_category_default` stands in what a shop answers.
 */
function withCategories(products: PsResource, categories: PsResource): PsResource {
  const idOf = (record: string) => /<id><!\[CDATA\[(\d+)\]\]><\/id>/.exec(record)?.[1] ?? '0';
  const ids = categories.records.map(idOf);
  const records = products.records.map((record) => {
    const category = ids[Number(idOf(record)) % ids.length] ?? '';
    return record.replace('</id>\n', `</id>\n\t<id_category_default><![CDATA[${category}]]></id_category_default>\n`);
  });
  return { ...products, records };
}

const NOT_RESOURCES = ['config', 'errors', 'handwritten', 'lists', 'single'];

/** A record with one of its plain fields changed, for tests that need other figures. */
export function withPsField(record: string, field: string, value: string): string {
  return record.replace(
    new RegExp(`(\\n\\t<${field}(?: [^>]*)?>)(?:<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)?(</${field}>)`),
    (_, open, close) => {
      return `${open}<![CDATA[${value}]]>${close}`;
    },
  );
}

/** The fields of a record in its own order, without the associations. */
export function psFields(record: string): PsField[] {
  const fields: PsField[] = [];
  FIELD.lastIndex = record.indexOf('\n') + 1;
  for (let match = FIELD.exec(record); match !== null; match = FIELD.exec(record)) {
    const [text, name = '', attributes = '', content = ''] = match;
    const languages = content.startsWith('<language')
      ? new Map([...content.matchAll(LANGUAGE)].map(([, id = '', value]) => [id, value ?? '']))
      : null;
    const value = languages === null ? plain(content) : ([...languages.values()][0] ?? '');
    fields.push({ name, text, languages, value, filterable: !attributes.includes('notFilterable') });
  }
  return fields;
}

const CDATA = '<!\\[CDATA\\[[\\s\\S]*?\\]\\]>';
const FIELD = new RegExp(`\\t<(\\w+)([^>]*)>((?:${CDATA}|<language[^>]*>(?:${CDATA})?</language>)*)</\\1>\\n`, 'y');
const LANGUAGE = /<language id="(\d+)"[^>]*>(?:<!\[CDATA\[([\s\S]*?)\]\]>)?<\/language>/g;

/** The records and their copies, as rows whose texts are made only when they are sent. */
export function psRows(records: PsRecords, copies: number): ReadonlyMap<string, readonly PsRow[]> {
  const moves = orderMoves(records.orders?.records ?? []);
  return new Map(
    Object.entries(records).map(([name, resource]) => {
      const rule = COPIED[name];
      const originals = resource.records.map(originalOf);
      const rows: PsRow[] = [];
      for (let copy = 0; copy < (rule === undefined ? 1 : copies); copy += 1) {
        for (const original of originals) rows.push(rowOf({ original, copy, rule: rule ?? null, moves }));
      }
      return [name, rows];
    }),
  );
}

/** A captured record, its fields read once for all its copies. */
type Original = {
  readonly text: string;
  readonly fields: readonly PsField[];
  readonly values: ReadonlyMap<string, string>;
};
type Moves = (order: string, copy: number) => number;

function originalOf(text: string): Original {
  const fields = psFields(text);
  return { text, fields, values: new Map(fields.map((field) => [field.name, field.value])) };
}

function rowOf(options: { original: Original; copy: number; rule: CopyRule | null; moves: Moves }): PsRow {
  const { original, copy, rule, moves } = options;
  const { values } = original;
  if (copy === 0 || rule === null) {
    return {
      id: idOf(values.get('id')),
      value: (field) => values.get(field) ?? null,
      fields: () => original.fields,
      text: () => original.text,
    };
  }
  const days = moves(values.get(rule.order) ?? '', copy);
  return { id: idOf(values.get('id')) + copy * IDS, value, fields: () => original.fields.map(moved), text };

  function value(name: string): string | null {
    const stated = values.get(name);
    return stated === undefined ? null : changed(name, stated);
  }

  function changed(name: string, stated: string): string {
    if (rule === null) return stated;
    if (rule.ids.includes(name)) return stated === '0' || stated === '' ? stated : String(idOf(stated) + copy * IDS);
    if (rule.dates.includes(name)) return moveDays(stated, days);
    if (name === 'reference' || name === 'order_reference') return referenceOf(stated, copy);
    if (name === 'transaction_id') return stated === '' ? '' : `${stated}-${copy}`;
    return stated;
  }

  function moved(field: PsField): PsField {
    const now = changed(field.name, field.value);
    if (now === field.value) return field;
    const content = field.text.replace(`[CDATA[${field.value}]]`, `[CDATA[${now}]]`);
    return { ...field, value: now, text: content.replace(`/${field.value}">`, `/${now}">`) };
  }

  function text(): string {
    const { text: whole } = original;
    const { fields } = original;
    const start = whole.indexOf('\n') + 1;
    const length = fields.reduce((sum, field) => sum + field.text.length, 0);
    const rest = (rule?.associated ?? []).reduce(
      (associations, name) =>
        associations.replace(new RegExp(`(<${name}><!\\[CDATA\\[)(\\d+)`, 'g'), (_, open: string, id: string) => {
          return open + (id === '0' ? id : String(idOf(id) + copy * IDS));
        }),
      whole.slice(start + length),
    );
    return whole.slice(0, start) + fields.map((field) => moved(field).text).join('') + rest;
  }
}

/** By how many days each copy of an order moves, found by the order's id or its reference. */
function orderMoves(orders: readonly string[]): Moves {
  const known = new Map<string, { id: number; date: string }>();
  for (const order of orders) {
    const values = new Map(psFields(order).map((field) => [field.name, field.value]));
    const found = { id: idOf(values.get('id')), date: values.get('date_add') ?? '' };
    known.set(values.get('id') ?? '', found).set(values.get('reference') ?? '', found);
  }
  return (order, copy) => {
    const found = known.get(order);
    return found === undefined ? 0 : daysToMove({ ...found, copy });
  };
}

/** Nine letters again: the first five of the original, which differ from order to order, and four for the copy. */
function referenceOf(reference: string, copy: number): string {
  let letters = '';
  for (let rest = copy; letters.length < 4; rest = Math.floor(rest / 26)) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  }
  return reference.slice(0, 5) + letters;
}

/** An order of rows that is not by id, and another one for each seed. */
export function shuffled(rows: readonly PsRow[], seed: number): readonly PsRow[] {
  const key = (row: PsRow) => scramble(row.id * 31 + seed);
  return rows.toSorted((a, b) => key(a) - key(b));
}

function parsePage(page: string): PsResource {
  const [, listElement = '', element = ''] =
    /^<(\w+)>\n<(\w+)>$/m.exec(page.slice(page.indexOf('<prestashop')).replace(/^.*\n/, '')) ?? [];
  const records = page.match(new RegExp(`^<${element}>\\n[\\s\\S]*?^</${element}>\\n`, 'gm')) ?? [];
  return { listElement, element, records };
}

function plain(content: string): string {
  return content === '' ? '' : content.slice('<![CDATA['.length, -']]>'.length);
}

function idOf(text: string | undefined): number {
  return Number.parseInt(text ?? '0', 10) || 0;
}

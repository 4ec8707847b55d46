import { createHash } from 'node:crypto';
import { basicOf } from './basic-auth.ts';
import { dataNames, dataText } from './data-files.ts';
import { type Answer, type Asked, type DemoShop, type DemoTls, openShop } from './demo-shop.ts';
import { type PhpParams, parsePhpQuery } from './php.ts';
import { didYouMean, type PsError, type PsTable, psTable, selectPs, textOf } from './ps-query.ts';
import {
  capturedPsRecords,
  isMovement,
  type PsField,
  type PsRecords,
  type PsRow,
  psFields,
  psRows,
  shuffled,
} from './ps-records.ts';

export type PrestashopVersion = '9.1.4' | '1.6.1.25';

export type PrestashopDemoOptions = {
  readonly version: PrestashopVersion;
  /** How many times the captured orders exist, each time with other ids and dates: 250 makes 10 750 (9.1.4). */
  readonly copies?: number;
  /** Changes the captured records before they are copied; `withPsField` changes a field of one. */
  readonly transform?: (records: PsRecords) => PsRecords;
  readonly key?: string;
  /** Resources the key may read; all the shop holds when left out. */
  readonly rights?: readonly string[];
  /**
   * Order of a list that names none. The real shop promises nothing, so by default it is not by id, and another one
   * from page to page; `captured` keeps that of the captures.
   */
  readonly unsorted?: 'shuffled' | 'captured';
  readonly tls?: DemoTls;
  readonly now?: () => number;
};

const DEMO_KEY = 'DEMO00000000000000000000000000KEY'.slice(-32);
const REALM =
  'Basic realm="Welcome to PrestaShop Webservice, please enter the authentication key as the login. No password required."';
const VERSIONS = {
  '9.1.4': { folder: 'prestashop', address: 'http://127.0.0.1:8082', versionBeforeKey: '0' },
  '1.6.1.25': { folder: 'prestashop-1.6', address: 'http://127.0.0.1:8083', versionBeforeKey: '1.6.1.25' },
} as const;

/** PrestaShop's web service as captured: XML, read only, times of Paris. JSON is not spoken. */
export async function startPrestashopDemo(options: PrestashopDemoOptions): Promise<DemoShop> {
  const { version, copies = 1, transform, key = DEMO_KEY, unsorted = 'shuffled', tls = null, now = Date.now } = options;
  const { folder, address, versionBeforeKey } = VERSIONS[version];
  const captured = capturedPsRecords(folder);
  const records = transform === undefined ? captured : transform(captured);
  const rows = psRows(records, copies);
  const tables = new Map<string, PsTable>();
  for (const [name, list] of rows) tables.set(name, psTable(list, fieldsOf(captured[name]?.records ?? [])));
  // No state of a country is captured, but a reader's key has the right to ask.
  const names = [...rows.keys(), 'states'].sort();
  const rights = options.rights ?? names;
  const resources = resourceNames(folder);
  const shops = [...(rows.get('shops') ?? [])].map((row) => String(row.id));
  const languages = (rows.get('languages') ?? []).map((row) => String(row.id));
  return openShop({ credentials: { key }, tls, answer, pageOf });

  function answer(asked: Asked): Answer {
    const params = parsePhpQuery(asked.query);
    if (asked.path !== '/api' && !asked.path.startsWith('/api/')) {
      return { status: 404, headers: [['Content-Type', 'text/html; charset=utf-8']], body: '' };
    }
    const basic = basicOf(asked.authorization);
    const stated = asked.authorization === null ? textOf(params.get('ws_key')) : basic.id;
    if (stated === '') {
      const headers: [string, string][] = [
        ['WWW-Authenticate', REALM],
        ['Content-Type', 'text/html; charset=utf-8'],
      ];
      return { status: 401, headers: cased(headers), body: '401 Unauthorized' };
    }
    if (stated !== key) return badKey(stated);
    if (!shopExists(params)) return { status: 302, headers: cased([['Location', `${asked.origin}/`]]), body: '' };

    const [resource = '', id = ''] = asked.path.slice('/api'.length).split('/').slice(1);
    if (resource === '') return document(200, apiRoot(asked.origin));
    if (!resources.includes(resource)) {
      const message = didYouMean(`Resource of type "${resource}" does not exists`, resource, resources);
      return failure(400, [{ code: 27, message }]);
    }
    if (!rights.includes(resource)) {
      const message = `Resource of type "${resource}" is not allowed with this authentication key`;
      return failure(401, [{ code: 26, message }]);
    }
    if (asked.method !== 'GET' && asked.method !== 'HEAD') {
      const message = `Method ${asked.method} is not allowed for the resource ${resource} with this authentication key`;
      return failure(405, [{ code: 25, message }]);
    }
    const table = tables.get(resource) ?? psTable([], []);
    return id === '' ? list(resource, table, params) : one(table, id, params);
  }

  function list(resource: string, table: PsTable, params: PhpParams): Answer {
    const schema = params.get('schema');
    if (schema !== undefined) return synopsis(resource, textOf(schema));
    const shown = displayed(params, table);
    const found = selectPs(ofShop(table, params), params, inNoOrder);
    if ('code' in found) return failure(400, [found]);
    if ('code' in shown) return failure(400, [shown]);
    const { listElement = resource, element = '' } = records[resource] ?? {};
    const items = found.map((row) =>
      shown.kind === 'ids'
        ? `<${element} id="${row.id}" xlink:href="${address}/api/${resource}/${row.id}"/>\n`
        : shown.of(row),
    );
    return document(200, `<${listElement}>\n${items.join('')}</${listElement}>\n`);

    function inNoOrder(rows: readonly PsRow[], offset: number): readonly PsRow[] {
      return unsorted === 'shuffled' && isMovement(resource) ? shuffled(rows, offset) : rows;
    }
  }

  function one(table: PsTable, id: string, params: PhpParams): Answer {
    const shown = displayed(params, table);
    if ('code' in shown) return failure(400, [shown]);
    const row = table.byId.get(Number.parseInt(id, 10));
    if (row === undefined) return { status: 404, headers: headersOf(''), body: '' };
    return document(200, shown.kind === 'ids' ? localised(row.text(), params) : shown.of(row));
  }

  /** What `display` and `language` leave of a record. */
  function displayed(
    params: PhpParams,
    table: PsTable,
  ): { kind: 'ids' } | { kind: 'records'; of: (row: PsRow) => string } | PsError {
    const language = params.get('language');
    if (language !== undefined && wantedLanguages(params).length === 0) {
      return { code: 81, message: 'language is not available' };
    }
    const display = params.get('display');
    if (display === undefined) return { kind: 'ids' };
    if (display === 'full') return { kind: 'records', of: (row) => localised(row.text(), params) };
    const known = table.fields.map((field) => field.name);
    const names = /^\[(.*)\]$/
      .exec(textOf(display))?.[1]
      ?.split(',')
      .map((name) => name.trim());
    if (names === undefined) {
      const message = `The 'display' syntax is wrong. You can set 'full' or '[field_1,field_2,field_3,...]'. These are available: ${known.join(', ')}`;
      return { code: 36, message };
    }
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      const message = `Unable to display this field "${unknown}". However, these are available: ${known.join(', ')}`;
      return { code: 35, message };
    }
    return { kind: 'records', of: (row) => localised(some(row, names), params) };
  }

  /** `language=1` or `language=[1|2]` leaves out the other languages; the elements `language` stay, as in the core. */
  function localised(text: string, params: PhpParams): string {
    if (!params.has('language')) return text;
    const wanted = wantedLanguages(params);
    return text.replace(/<language id="(\d+)"[^>]*>(?:<!\[CDATA\[[\s\S]*?\]\]>)?<\/language>/g, (whole, id: string) =>
      wanted.includes(id) ? whole : '',
    );
  }

  function wantedLanguages(params: PhpParams): string[] {
    const wanted = textOf(params.get('language'))
      .replace(/^\[|\]$/g, '')
      .split('|');
    return languages.filter((id) => wanted.includes(id));
  }

  /** Rows of the shop asked for; without a parameter, of the first one. */
  function ofShop(table: PsTable, params: PhpParams): PsTable {
    const asked = textOf(params.get('id_shop'));
    if (shops.length < 2 || asked === 'all' || params.has('id_group_shop')) return table;
    const shop = asked === '' ? (shops[0] ?? '1') : asked;
    const kept = table.rows.filter((row) => (row.value('id_shop') ?? shop) === shop);
    return kept.length === table.rows.length ? table : psTable(kept, table.fields);
  }

  /** An unknown shop is answered with a redirection; 1.6 knows no `all`. */
  function shopExists(params: PhpParams): boolean {
    const asked = params.get('id_shop');
    if (asked === undefined) return true;
    return asked === 'all' ? version !== '1.6.1.25' : shops.includes(textOf(asked));
  }

  function synopsis(resource: string, schema: string): Answer {
    const file = `${resource}-schema-${schema}.xml`;
    if (!dataNames(`${folder}/config`, '.xml').includes(file)) {
      const message =
        "Please select a schema of type 'synopsis' to get the whole schema informations (which fields are required, which kind of content...) or 'blank' to get an empty schema to fill before using POST request";
      return failure(400, [{ code: 28, message }]);
    }
    const body = dataText(`${folder}/config/${file}`);
    return { status: 200, headers: headersOf(body), body };
  }

  function apiRoot(origin: string): string {
    const root = dataText(`${folder}/handwritten/api.xml`).replaceAll('https://shop.example', origin);
    return root.replace(/^<(?!api )(\w+) [^>]*>\n[\s\S]*?^<\/\1>\n/gm, (whole, name: string) =>
      rights.includes(name) ? whole : '',
    );
  }

  function badKey(stated: string): Answer {
    const wrong: PsError[] =
      stated.length === 32
        ? [
            { code: 20, message: 'Authentification key is not active' },
            { code: 21, message: 'No permission for this authentication key' },
          ]
        : [{ code: 18, message: 'Invalid authentication key format' }];
    const { status, headers, body } = failure(401, wrong);
    const rest = headers.map(([name, value]): [string, string] =>
      /^psws-version$/i.test(name) ? [name, versionBeforeKey] : [name, value],
    );
    return { status, headers: [...cased([['WWW-Authenticate', REALM]]), ...rest], body };
  }

  function failure(status: number, errors: readonly PsError[]): Answer {
    const items = errors.map(
      ({ code, message }) =>
        `<error>\n<code><![CDATA[${code}]]></code>\n<message><![CDATA[${message}]]></message>\n</error>\n`,
    );
    return document(status, `<errors>\n${items.join('')}</errors>\n`);
  }

  function document(status: number, content: string): Answer {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">\n${content}</prestashop>\n`;
    return { status, headers: headersOf(status === 200 ? body : null), body };
  }

  /** `body` is '' for an answer without a document, null for one without a checksum. */
  function headersOf(body: string | null): [string, string][] {
    const headers: [string, string][] = [
      ['Access-Time', String(Math.floor(now() / 1000))],
      ['X-Powered-By', 'PrestaShop Webservice'],
      ['PSWS-Version', version],
      ['Execution-Time', '0.003'],
    ];
    if (body !== null && body !== '') headers.push(['Content-Sha1', createHash('sha1').update(body).digest('hex')]);
    if (body !== '') headers.push(['Content-Type', 'text/xml;charset=utf-8']);
    return cased(headers);
  }

  /** The captured 1.6 writes its header names in lower case, Apache in front of 9.1.4 adds two of its own. */
  function cased(headers: readonly [string, string][]): [string, string][] {
    if (version === '1.6.1.25') return headers.map(([name, value]) => [name.toLowerCase(), value]);
    return [['Server', 'Apache'], ['Vary', 'Authorization'], ...headers];
  }
}

function some(row: PsRow, names: readonly string[]): string {
  const text = row.text();
  const tag = text.slice(1, text.indexOf('>'));
  const kept = row.fields().filter((field) => names.includes(field.name));
  return `<${tag}>\n${kept.map((field) => field.text).join('')}</${tag}>\n`;
}

/** Names of the fields of a resource, in the order of its records, as its captured records show them. */
function fieldsOf(records: readonly string[]): PsTable['fields'] {
  const known = new Map<string, PsField>();
  for (const record of records)
    for (const field of psFields(record)) known.set(field.name, known.get(field.name) ?? field);
  return [...known.values()].map(({ name, languages, filterable }) => {
    return { name, multilingual: languages !== null, filterable };
  });
}

/** Every resource of the version, from the list its own refusal of an unknown one gives. */
function resourceNames(folder: string): string[] {
  const refusal = dataText(`${folder}/errors/400-bad-resource.xml`);
  return [...refusal.slice(refusal.indexOf('full list')).matchAll(/"(\w+)"/g)].map(([, name = '']) => name);
}

function pageOf({ query }: Asked): number {
  const [first = 0, second = 0] = textOf(parsePhpQuery(query).get('limit'))
    .split(',')
    .map((part) => Number.parseInt(part, 10));
  return second > 0 ? Math.floor(first / second) + 1 : 1;
}

import { DOCUMENT, NAMESPACE, SHOP, type Shape } from './xml-shape.ts';

/** How a file of `comptoir-sales` may be spelled. */
export type SpellingName = 'jsonl' | 'json' | 'xml';

type Fields = Readonly<Record<string, unknown>>;

/** A file is its head, its documents and its foot; each is handed over in its JSON spelling. */
export type Spelling = {
  readonly head: (header: Fields) => string;
  readonly document: (json: Fields, isFirst: boolean) => string;
  readonly foot: string;
};

export const spellings: Readonly<Record<SpellingName, Spelling>> = {
  jsonl: {
    head: (header) => `${JSON.stringify(header)}\n`,
    document: (json) => `${JSON.stringify(json)}\n`,
    foot: '',
  },
  json: {
    head: (header) => `${JSON.stringify(header).slice(0, -1)},"documents":[\n`,
    document: (json, isFirst) => `${isFirst ? '' : ',\n'}${JSON.stringify(json)}`,
    foot: '\n]}\n',
  },
  xml: {
    head: ({ format, shop, ...facts }) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<salesFile xmlns="${NAMESPACE}"${attributes(Object.keys(facts), facts)}>\n${element('shop', SHOP, shop as Fields)}\n`, // a header's shop is its fields
    document: (json) => `${element('document', DOCUMENT, json)}\n`,
    foot: '</salesFile>\n',
  },
};

/** An element from the fields that its shape names: the reader's table, the other way round. */
function element(name: string, shape: Shape, fields: Fields): string {
  const opened = `<${name}${attributes([...shape.attributes.keys()], fields)}`;
  const inside = shape.text === null ? children(shape, fields) : escaped(fields[shape.text]);
  return inside === '' ? `${opened}/>` : `${opened}>${inside}</${name}>`;
}

function children(shape: Shape, fields: Fields): string {
  let xml = '';
  for (const [name, { field, many, around, shape: inner }] of shape.children) {
    const value = fields[field];
    if (value === undefined) continue;
    if (around && inner !== null) xml += element(name, inner, fields);
    else {
      for (const one of many ? (value as readonly unknown[]) : [value]) // a list, since its shape says so
        xml += inner === null ? `<${name}>${escaped(one)}</${name}>` : element(name, inner, one as Fields);
    }
  }
  return xml;
}

function attributes(names: readonly string[], fields: Fields): string {
  const given = names.filter((name) => fields[name] !== undefined && fields[name] !== null);
  return given.map((name) => ` ${name}="${escaped(fields[name]).replace(/["\t\n]/g, reference)}"`).join('');
}

/** As it may stand in XML, which has no sign for most control characters: they are left out. */
function escaped(value: unknown): string {
  return String(value)
    .toWellFormed()
    .replace(NONE, '')
    .replace(/[&<>\r]/g, reference);
}

function reference(sign: string): string {
  return `&#${sign.codePointAt(0)};`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the signs that XML 1.0 rules out
const NONE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

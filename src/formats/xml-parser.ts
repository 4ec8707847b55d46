import { XMLParser, XMLValidator } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  jPath: false,
  // The five entities of XML and characters by number; a document type, which could declare more, is no part of a line.
  htmlEntities: true,
  processEntities: { enabled: true, maxEntitySize: 1, maxTotalExpansions: 10_000, maxExpandedLength: 1_000_000 },
});

/** The elements of a text as objects; null when it is no XML. Broken XML is an answer: what the parser says of it is not for people. */
export function parseXml(text: string): unknown {
  if (XMLValidator.validate(text) !== true) return null;
  try {
    return parser.parse(text);
  } catch {
    return null; // too many character references
  }
}

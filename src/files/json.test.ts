import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cut, cut } from './json-cut.ts';

/** The pieces of a text that comes in chunks of so many bytes. */
async function piecesOf(text: string, size = 65_536): Promise<Cut[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return Array.fromAsync(cut(chunks()));
}

test('a JSON object is cut into the documents it has, whatever stands in them and wherever the chunks end', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.dictionary(
        fc.string().filter((name) => name !== 'documents'),
        fc.jsonValue(),
        { maxKeys: 4 },
      ),
      fc.dictionary(
        fc.string().filter((name) => name !== 'documents'),
        fc.jsonValue(),
        { maxKeys: 2 },
      ),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 2),
      async (documents, before, behind, size, indent) => {
        const whole = { ...before, documents, ...behind };
        const pieces = await piecesOf(JSON.stringify(whole, null, indent), size);
        const texts = pieces.flatMap((piece) => (piece.kind === 'document' ? [piece.text ?? 'null'] : []));
        assert.deepEqual(
          texts.map((text) => JSON.parse(text)),
          JSON.parse(JSON.stringify(documents)),
        );
        const last = pieces.at(-1);
        assert.ok(last?.kind === 'header' && last.last);
        assert.deepEqual(JSON.parse(last.text), JSON.parse(JSON.stringify({ ...whole, documents: [] })));
      },
    ),
    { numRuns: 300, seed: 51 },
  ));

test('file.broken: what stands behind the object, or is missing from it, is told with its place', async () => {
  const broken = async (text: string) => {
    const last = (await piecesOf(text)).at(-1);
    return last?.kind === 'broken' ? [last.reason, last.place.line, last.place.column] : last?.kind;
  };
  assert.deepEqual(await broken('{"documents":[\n{"a":1},\n{"b":'), ['cut-off', 3, 6]);
  assert.deepEqual(await broken('{"documents":[]}\n more'), ['not-json', 2, 2]);
  assert.deepEqual(await broken('[1]'), ['not-json', 1, 1]);
  assert.deepEqual(await broken(''), ['cut-off', 1, 1]);
});

test('a document is known by the place of its first sign', async () => {
  const pieces = await piecesOf('{ "documents": [ {"a":1},\n\n   {"b":2} ] }');
  assert.deepEqual(
    pieces.flatMap((piece) => (piece.kind === 'document' ? [[piece.text, piece.place.line, piece.place.column]] : [])),
    [
      ['{"a":1}', 1, 18],
      ['{"b":2}', 3, 4],
    ],
  );
});

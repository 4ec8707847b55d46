import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** An Office Open XML workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file to be kept under a name; sent as it is made, its size told when it is known. */
export function attached(
  name: string,
  type: string,
  body: string | AsyncIterable<Uint8Array | string>,
  bytes: number | null = null,
): Response {
  const headers = {
    'cache-control': 'no-store',
    'content-disposition': disposition(name),
    'content-type': type,
    ...(bytes === null ? {} : { 'content-length': String(bytes) }),
  };
  if (typeof body === 'string') return new Response(body, { headers });
  const stream = Readable.toWeb(Readable.from(encoded(body), { objectMode: false })) as ReadableStream<Uint8Array>; // bytes alone
  return new Response(stream as ConstructorParameters<typeof Response>[0], { headers });
}

async function* encoded(body: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const part of body) yield typeof part === 'string' ? Buffer.from(part) : part;
}

/** A name of plain characters for all, and the exact one for those who read it (RFC 6266). */
function disposition(given: string): string {
  const name = given.toWellFormed(); // half a character cannot be written in an address
  const plain = name.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, '_')}`;
}

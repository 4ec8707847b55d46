import { Failure } from '../core/problem.ts';
import type { Bytes } from './bytes.ts';

/** An invoice for people stays far below; more is not read into memory. */
const MAX_PDF = 32 * 1024 * 1024;
/** Names the standards give the file inside, the present one first. */
const NAMES = ['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml', 'ZUGFeRD-invoice.xml'];

/** The XML of the invoice inside a PDF; null when none is attached. The library is loaded by the first PDF. */
export async function attachedInvoice({ name, all }: Bytes): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of all()) {
    size += chunk.length;
    if (size > MAX_PDF) throw new Failure('file.unreadable', { path: name, reason: 'too-large' });
    chunks.push(chunk);
  }
  const { getDocumentProxy } = await import('unpdf');
  try {
    const pdf = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)), { verbosity: 0 });
    const attached = (await pdf.getAttachments()) ?? new Map<string, unknown>();
    const id = NAMES.find((known) => attached.has(known));
    const found = id === undefined ? null : await pdf.getAttachmentContent(id);
    await pdf.loadingTask.destroy();
    return found === null ? null : new TextDecoder('utf-8').decode(found);
  } catch (error) {
    throw new Failure('file.unreadable', { path: name, reason: 'not-pdf' }, { cause: error });
  }
}

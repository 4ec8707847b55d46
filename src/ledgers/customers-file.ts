import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Day } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import { seenKeys } from '../core/seen-keys.ts';
import type { CustomersFormat, FormatContext } from '../formats/format.ts';
import { destination, writeAll } from './destination.ts';
import { type Content, onDisk, openNew, readBack, removeUnplaced } from './disk.ts';
import type { DeliveryTarget, SealedPart } from './ledger.ts';
import { copyDurably, temporaryPrefix } from './place.ts';
import { spoolAt } from './spool.ts';

/** The customers of a delivery, each once, in the order of their first entry. */
export type CustomersFile = {
  readonly add: (entry: NumberedEntry) => void;
  /** Null when no entry had a customer. */
  readonly seal: () => Promise<SealedPart | null>;
  readonly discard: () => Promise<void>;
};

type CustomersTarget = Omit<DeliveryTarget, 'customers'> & { readonly format: string };

/**
 * The file of customers beside that of the entries, made in the same way: a spool, a temporary file that is read back,
 * a copy. A list in which each customer stands once is not continued: under *append* it is a file of its own.
 */
export function customersFile(format: CustomersFormat, context: FormatContext, wish: CustomersTarget): CustomersFile {
  const target = { ...wish, policy: wish.policy === 'append' ? 'newName' : wish.policy } as const;
  const base = join(target.folder, `${temporaryPrefix(target.runId)}${target.fileName}`);
  const temporaryPath = `${base}.tmp`;
  const wantedPath = join(target.folder, target.fileName);
  const spool = spoolAt(`${base}.spool`, wantedPath);
  const seen = seenKeys();
  const added = createHash('sha256');
  let lines = 0;
  let from: Day | null = null;
  return { add, seal, discard };

  function add({ customers, date }: NumberedEntry): void {
    for (const customer of customers) {
      if (!format.lists(customer) || seen(customer.code)) continue;
      const encoded = format.encode(customer, context);
      if (encoded.state === 'refused') throw new TypeError(`A customer fitted and was refused: ${customer.code}`);
      spool.append(encoded.bytes);
      added.update(`${customer.code}\n`);
      lines += 1;
      from ??= date;
    }
  }

  async function seal(): Promise<SealedPart | null> {
    if (from === null) return null;
    const first = from;
    const place = await onDisk(target.folder, () => destination(target));
    await onDisk(wantedPath, () => write(first));
    const content = await onDisk(wantedPath, verify);
    await onDisk(target.copyPath, async () => {
      await mkdir(dirname(target.copyPath), { recursive: true, mode: 0o700 });
      await copyDurably(temporaryPath, target.copyPath);
    });
    spool.remove();
    const { copyPath, policy } = target;
    return { temporaryPath, copyPath, policy, ...place, format: target.format, ...content, lines };
  }

  async function write(first: Day): Promise<void> {
    const file = await openNew(temporaryPath);
    try {
      await writeAll(file, format.head(context, target.stamp, first));
      for (const block of spool.blocks()) await writeAll(file, block);
      await writeAll(file, format.foot);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Reads the temporary file back from the disk: the same codes, in the same order. */
  async function verify(): Promise<Content> {
    const { chunks, content } = readBack(temporaryPath);
    const codes = createHash('sha256');
    for await (const batch of format.read(chunks)) {
      for (const row of batch) {
        if (row.type === 'fault') throw wrong(`${row.lineNumber}: ${row.expected}`);
        codes.update(`${row.code}\n`);
      }
    }
    if (codes.digest('hex') !== added.digest('hex')) throw wrong('customers');
    return content();

    function wrong(reason: string): Failure {
      return new Failure('delivery.verification', { path: wantedPath, reason });
    }
  }

  async function discard(): Promise<void> {
    await onDisk(wantedPath, async () => {
      spool.remove();
      await removeUnplaced(temporaryPath, target.copyPath);
    });
  }
}

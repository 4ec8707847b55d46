import { createHash } from 'node:crypto';
import { type FileHandle, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NumberedEntry } from '../core/entry.ts';
import { currencyOf } from '../core/money.ts';
import { Failure, type Problem } from '../core/problem.ts';
import { contentsAt, noteContents } from '../formats/contents.ts';
import type { Format, FormatContext } from '../formats/format.ts';
import { destination, writeAll } from './destination.ts';
import {
  type Content,
  chunksOf,
  flush,
  isPlainName,
  onDisk,
  openNew,
  readBack,
  removeUnplaced,
  sideBySide,
  syncFolder,
} from './disk.ts';
import type { DeliveryTarget, Preparation, SealedEntries } from './ledger.ts';
import { copyDurably, temporaryPrefix } from './place.ts';
import { inspectorOf } from './remarks.ts';
import { type Spool, spoolAt } from './spool.ts';
import { addToTally, difference, emptyTally, type Tally } from './tally.ts';

/** The file of a delivery's entries, or of a part of them, as they come. */
export type EntriesFile = Omit<Preparation, 'seal'> & { readonly seal: () => Promise<SealedEntries | null> };

export type EntriesTarget = Omit<DeliveryTarget, 'customers' | 'split' | 'zip'>;

/**
 * Entries are encoded as they come and wait in a spool per journal; sealing joins the spools in a temporary file beside
 * the target, flushes it, reads it back and counts it again, and keeps a copy.
 */
export function entriesFile(format: Format, context: FormatContext, target: EntriesTarget): EntriesFile {
  if (!isPlainName(target.fileName)) throw new Failure('delivery.file-name', { name: target.fileName });
  if (target.policy === 'append' && !format.appends) throw new Failure('delivery.no-append', { format: format.id });
  const base = join(target.folder, `${temporaryPrefix(target.runId)}${target.fileName}`);
  const temporaryPath = `${base}.tmp`;
  const wantedPath = join(target.folder, target.fileName);
  const spools = new Map<string, Spool>();
  const inspectAdded = inspectorOf(format, context);
  const inspectAsked = inspectorOf(format, context);
  const added = emptyTally();
  const { decimals } = currencyOf(context.booksCurrency);
  const contents = contentsAt(target.stamp);
  let lastNumber = 0;
  let sealed = false;
  return { fits, add, seal, discard };

  function fits(entry: NumberedEntry): readonly Problem[] {
    const { bytes, problems } = inspectAsked(entry);
    return bytes === null ? problems : [];
  }

  function add(entry: NumberedEntry): { added: boolean; problems: readonly Problem[] } {
    if (sealed) throw new TypeError('The delivery is sealed');
    if (entry.number <= lastNumber) throw new TypeError(`Entry ${entry.number} comes after entry ${lastNumber}`);
    const { bytes, problems } = inspectAdded(entry);
    if (bytes === null) return { added: false, problems };
    lastNumber = entry.number; // a refused entry leaves its number to the next
    spoolOf(format.order === 'journal' ? entry.journal : '').append(bytes);
    noteContents(contents, entry);
    if (format.restated === null) tally(entry);
    else for (const said of format.restated(entry)) tally(said);
    return { added: true, problems };
  }

  function tally({ journal, date, lines }: NumberedEntry): void {
    for (const line of lines) {
      const { account, thirdParty } = format.codesOf(line);
      addToTally(added, { journal, date, account, thirdParty, amountMinor: line.amount.minor });
    }
  }

  function spoolOf(journal: string): Spool {
    const known = spools.get(journal);
    if (known) return known;
    const spool = spoolAt(`${base}.${spools.size + 1}.spool`, wantedPath);
    spools.set(journal, spool);
    return spool;
  }

  async function seal(): Promise<SealedEntries | null> {
    sealed = true;
    if (added.lines === 0) return null;
    try {
      const place = await onDisk(target.folder, () => destination(target));
      const old = await onDisk(wantedPath, () => write(place.targetPath, place.oldSha256));
      // The disk takes its time; nothing counts before all of this is done.
      const content = await sideBySide(
        onDisk(wantedPath, () => verify(old)),
        onDisk(wantedPath, () => flush(temporaryPath)),
        onDisk(target.copyPath, keepCopy),
      );
      await onDisk(target.folder, () => syncFolder(target.folder));
      for (const spool of spools.values()) spool.remove();
      const { lines, debitMinor, creditMinor } = added;
      const { copyPath, policy } = target;
      const totals = { format: format.id, ...content, lines, debitMinor, creditMinor };
      return { temporaryPath, ...place, copyPath, policy, ...totals, more: [] };
    } catch (error) {
      await discard().catch(() => null); // the first fault is the one to tell
      throw error;
    }
  }

  async function keepCopy(): Promise<void> {
    await mkdir(dirname(target.copyPath), { recursive: true, mode: 0o700 });
    await copyDurably(temporaryPath, target.copyPath);
  }

  /** Writes the whole file; gives back what it continues. */
  async function write(targetPath: string, oldSha256: string | null): Promise<Continued> {
    const file = await openNew(temporaryPath);
    try {
      const continues = target.policy === 'append' && oldSha256 !== null;
      const old = continues ? await continueOld(targetPath, oldSha256, file) : NOTHING;
      if (old.empty) await writeAll(file, format.head(context, contents));
      const state = { records: old.lastNumber };
      const inOrder = [...spools].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      for (const [, spool] of inOrder) {
        for (const block of spool.blocks()) await writeAll(file, format.stamp(block, state));
      }
      await writeAll(file, format.foot(context, contents));
      return old;
    } finally {
      await file.close();
    }
  }

  async function continueOld(path: string, oldSha256: string, file: FileHandle): Promise<Continued> {
    const tally = emptyTally();
    const hash = createHash('sha256');
    let lastByte = -1;
    let lastNumber = 0;
    for await (const lines of format.read(copied(), decimals)) {
      for (const line of lines) {
        if (line.type === 'fault') throw oldFile(String(line.lineNumber));
        addToTally(tally, line);
        if (/^\d{1,15}$/.test(line.number)) lastNumber = Math.max(lastNumber, Number(line.number));
      }
    }
    if (hash.digest('hex') !== oldSha256) throw new Failure('delivery.changed-meanwhile', { path });
    // A Ctrl-Z would hide from old programs all that follows it.
    if (lastByte === 0x1a) throw oldFile(String(tally.lines + 1));
    if (lastByte !== -1 && lastByte !== 0x0a) await writeAll(file, Buffer.from(format.newline));
    return { tally, lastNumber, empty: lastByte === -1 };

    async function* copied(): AsyncGenerator<Buffer> {
      for await (const chunk of chunksOf(path)) {
        hash.update(chunk);
        lastByte = chunk[chunk.length - 1] ?? lastByte;
        await writeAll(file, chunk);
        yield chunk;
      }
    }

    function oldFile(line: string): Failure {
      return new Failure('delivery.old-file', { path, line });
    }
  }

  /** Reads the temporary file back from the disk and counts it again. */
  async function verify(old: Continued): Promise<Content> {
    const { chunks, content } = readBack(temporaryPath);
    const before = emptyTally();
    const after = emptyTally();
    for await (const lines of format.read(chunks, decimals)) {
      for (const line of lines) {
        if (line.type === 'fault') throw wrong(`${line.lineNumber}: ${line.expected}`);
        addToTally(before.lines < old.tally.lines ? before : after, line);
      }
    }
    const fault = difference(before, old.tally) ?? difference(after, added);
    if (fault !== null) throw wrong(fault);
    if (after.debitMinor !== after.creditMinor) throw wrong(`${after.debitMinor} ≠ ${after.creditMinor}`);
    const broken = (await format.rules?.(chunksOf(temporaryPath))) ?? null;
    if (broken !== null) throw wrong(broken);
    return content();

    function wrong(reason: string): Failure {
      return new Failure('delivery.verification', { path: wantedPath, reason });
    }
  }

  async function discard(): Promise<void> {
    sealed = true;
    await onDisk(wantedPath, async () => {
      for (const spool of spools.values()) spool.remove();
      await removeUnplaced(temporaryPath, target.copyPath);
    });
  }
}

/** What an *append* continues; `empty` when the file still needs its head. */
type Continued = { readonly tally: Tally; readonly lastNumber: number; readonly empty: boolean };

const NOTHING: Continued = { tally: emptyTally(), lastNumber: 0, empty: true };

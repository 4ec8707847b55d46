import { access, constants, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../core/problem.ts';
import type { Format, FormatContext } from '../formats/format.ts';
import { customersFile } from './customers-file.ts';
import { isPlainName, lstatIfThere, onDisk, openNew } from './disk.ts';
import { type EntriesTarget, entriesFile } from './entries-file.ts';
import type { DeliveryTarget, Ledger, Preparation } from './ledger.ts';
import { temporaryPrefix } from './place.ts';
import { inspectorOf } from './remarks.ts';
import { splitFiles } from './split.ts';
import { translation } from './translate.ts';

/**
 * A ledger that is fed by a file, or by a file for each part of the entries, in an archive or not. A finished delivery stands
 * beside its targets; putting it in place is `place`, which comes after the run has noted what it is about to do.
 */
export function fileLedger(format: Format, given: FormatContext): Ledger {
  const { context, translate } = translation(given);
  return {
    inspector() {
      const inspect = inspectorOf(format, context);
      return (entry) => inspect(translate(entry)).problems;
    },
    async prepare(target) {
      const { fits, add, ...rest } = await prepare(format, context, target);
      return { ...rest, fits: (entry) => fits(translate(entry)), add: (entry) => add(translate(entry)) };
    },
    check,
  };
}

async function check(target: DeliveryTarget): ReturnType<Ledger['check']> {
  const probe = join(target.folder, `${temporaryPrefix(target.runId)}check.tmp`);
  try {
    await inspectAll(target);
    await onDisk(target.folder, async () => (await openNew(probe)).close());
    return { ok: true, code: null, values: {} };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, code: error.code, values: error.values };
  } finally {
    await rm(probe, { force: true }).catch(() => undefined); // whatever keeps it from going was told above
  }
}

async function inspectAll(target: DeliveryTarget): Promise<void> {
  await inspect(target.zip === null ? target : { ...target, fileName: target.zip });
  if (target.customers !== null) await inspect({ ...target, ...target.customers });
}

/** Refuses a name that is no plain name, a folder that is none, an old file that cannot be read. */
async function inspect({ folder, fileName, policy }: DeliveryTarget): Promise<void> {
  if (!isPlainName(fileName)) throw new Failure('delivery.file-name', { name: fileName });
  await onDisk(folder, async () => {
    if (!(await stat(folder)).isDirectory()) throw new Failure('delivery.no-folder', { path: folder });
    await access(folder, constants.W_OK);
  });
  const path = join(folder, fileName);
  if (policy === 'newName') return;
  await onDisk(path, async () => {
    const old = await lstatIfThere(path);
    if (old !== null && !old.isFile()) throw new Failure('delivery.file', { path, reason: 'EEXIST' });
    if (old !== null) await access(path, constants.R_OK);
  });
}

async function prepare(format: Format, context: FormatContext, target: DeliveryTarget): Promise<Preparation> {
  await inspectAll(target);
  const { split, zip, customers: list } = target;
  const one = (wish: EntriesTarget) => entriesFile(format, context, wish);
  const fits = () => {
    const inspected = inspectorOf(format, context);
    return (entry: Parameters<typeof inspected>[0]) => inspected(entry).problems;
  };
  const parts =
    split === null ? one : (wish: EntriesTarget) => splitFiles({ target: wish, split, open: one, fits: fits() });
  const files = zip === null ? parts(target) : await (await import('./zip.ts')).zippedFiles(target, zip, parts);
  const customers =
    format.customers && list
      ? customersFile(format.customers, context, { ...target, ...list, format: format.id })
      : null;
  return {
    fits: files.fits,
    add(entry) {
      const answer = files.add(entry);
      if (answer.added) customers?.add(entry);
      return answer;
    },
    async seal() {
      const sealed = await files.seal();
      if (sealed === null) return null;
      try {
        const list = (await customers?.seal()) ?? null;
        return { ...sealed, customers: list, annex: null };
      } catch (error) {
        await files.discard().catch(() => null); // the first fault is the one to tell
        throw error;
      }
    },
    async discard() {
      await customers?.discard();
      await files.discard();
    },
  };
}

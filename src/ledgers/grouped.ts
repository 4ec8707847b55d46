import { parse } from 'node:path';
import type { NumberedEntry } from '../core/entry.ts';
import { type Grouper, type Grouping, grouper } from '../core/grouping.ts';
import { Failure } from '../core/problem.ts';
import type { DeliveryTarget, Ledger, Preparation, SealedFile, SealedPart } from './ledger.ts';

/**
 * A ledger that receives one entry a day, or a month, for many documents. Each entry is looked at by itself first, so that what
 * does not fit still names its document; the sums go in when all are there. Beside the file stands its annex: every entry
 * of every document, with the number and piece of the group it went into as its reference (R-01, R-02: the detail of
 * a central entry is kept and can be shown).
 */
export function groupedLedger(inner: Ledger, annexLedger: Ledger, by: Grouping): Ledger {
  return {
    inspector: inner.inspector,
    check: inner.check,
    prepare: async (target) => {
      const preparation = await inner.prepare(target);
      try {
        return grouping(target, preparation, await annexLedger.prepare(annexOf(target)), grouper(by));
      } catch (error) {
        await preparation.discard();
        throw error;
      }
    },
  };
}

/** `VENTES-annexe.csv`, never over another one. */
function annexOf(target: DeliveryTarget): DeliveryTarget {
  return {
    ...target,
    fileName: `${parse(target.fileName).name}-annexe.csv`,
    copyPath: `${target.copyPath}.annexe.csv`,
    policy: 'newName',
    customers: null, // they stand beside the file
    split: null,
    zip: null,
  };
}

/** Without what is summed: it is in the file as well. */
function partOf({ debitMinor, creditMinor, more, customers, annex, ...part }: SealedFile): SealedPart {
  return part;
}

function grouping(target: DeliveryTarget, file: Preparation, annex: Preparation, groups: Grouper): Preparation {
  return { fits: file.fits, add, seal, discard };

  function add(entry: NumberedEntry): ReturnType<Preparation['add']> {
    const problems = file.fits(entry);
    if (problems.some(({ severity }) => severity !== 'warn')) return { added: false, problems };
    const { number, piece } = groups.add(entry);
    const { added, problems: faults } = annex.add({ ...entry, reference: `${number} ${piece}` });
    if (!added) throw new TypeError(`Entry ${entry.number} fits the file and not its annex: ${faults[0]?.code}`);
    return { added: true, problems };
  }

  async function seal(): ReturnType<Preparation['seal']> {
    try {
      for (const entry of groups.entries()) {
        const { added, problems } = file.add(entry);
        if (added) continue;
        const [fault] = problems;
        throw new Failure('delivery.verification', { path: target.fileName, reason: `${entry.piece}: ${fault?.code}` });
      }
      const sealed = await file.seal();
      if (sealed === null) {
        await annex.discard();
        return null;
      }
      const detail = await annex.seal();
      return { ...sealed, annex: detail === null ? null : partOf(detail) };
    } catch (error) {
      await discard().catch(() => null); // the first fault is the one to tell
      throw error;
    }
  }

  async function discard(): Promise<void> {
    await file.discard();
    await annex.discard();
  }
}

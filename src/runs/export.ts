import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Failure } from '../core/problem.ts';
import { type SpellingName, spellings } from '../files/spelling.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { readingToJson } from '../schema/reading.ts';
import { documentToJson } from '../schema/sales-json.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { RunDeps } from './deps.ts';
import type { RunKind } from './events.ts';
import { type AskedPeriod, periodAsked, readRequest, zoneOf } from './read.ts';

export type { SpellingName };

/** How the file may be spelled. */
export const SPELLINGS = Object.keys(spellings) as readonly SpellingName[]; // its keys are these

export type Exported = {
  readonly path: string;
  readonly sales: number;
  readonly creditNotes: number;
  /** Records of the shop that could not be made documents: they are not in the file. */
  readonly unreadable: readonly Extract<ReadItem, { state: 'unreadable' }>[];
};

/**
 * Writes what a shop gives of a period to a file of `comptoir-sales`, packed if its name ends in `.gz`: with the same
 * profile the file gives the same entries as the shop, in whatever spelling. Nothing is analysed, marked or kept. The file is its
 * owner's alone, since it holds customers' data; one that is there already stays, and one that is not whole goes.
 */
export async function exportSales(
  deps: RunDeps,
  stored: StoredProfile,
  asked: {
    readonly kinds: readonly RunKind[];
    readonly period: AskedPeriod;
    readonly path: string;
    readonly spelling: SpellingName;
    readonly generator: string;
  },
  signal: AbortSignal,
): Promise<Exported> {
  const { path, kinds, generator } = asked;
  const spelling = spellings[asked.spelling];
  const counts = { sale: 0, creditNote: 0 };
  const unreadable: Extract<ReadItem, { state: 'unreadable' }>[] = [];
  const { shop, close } = await deps.openShop(stored);
  let made = false;
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    file.once('open', () => {
      made = true;
    });
    if (path.endsWith('.gz')) await pipeline(Readable.from(pieces()), createGzip(), file, { signal });
    else await pipeline(Readable.from(pieces()), file, { signal });
  } catch (error) {
    if (made) await rm(path, { force: true });
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new Failure('file.unwritable', { path, reason: String(Reflect.get(error, 'code')) }, { cause: error });
  } finally {
    await close();
  }
  return { path, sales: counts.sale, creditNotes: counts.creditNote, unreadable };

  async function* pieces(): AsyncGenerator<string> {
    const facts = await shop.facts(signal);
    const timeZone = zoneOf(stored, facts.timeZone);
    const { name, currency, country } = facts;
    yield spelling.head({
      format: 'comptoir-sales',
      version: '1.1',
      generator,
      createdAt: new Date(deps.now()).toISOString(),
      shop: { id: stored.id, name, currency, timeZone, ...(country !== null && { country }) },
    });
    let isFirst = true;
    for (const kind of kinds) {
      const days = await periodAsked(deps, stored, { kind, period: asked.period }, timeZone);
      for await (const event of shop.read(readRequest(stored, { kind }, { ...days, timeZone, signal }))) {
        if (event.type !== 'item') continue;
        const { item } = event;
        if (item.state === 'unreadable') {
          unreadable.push(item);
          continue;
        }
        counts[item.document.kind] += 1;
        const reading = readingToJson(item.document);
        const json = { ...documentToJson(item.document), ...(reading !== null && { reading }) };
        yield spelling.document(json, isFirst);
        isFirst = false;
      }
    }
    yield spelling.foot;
  }
}

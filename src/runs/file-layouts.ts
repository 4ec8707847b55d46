import type { DocumentKind } from '../core/document.ts';
import { type FileContext, lookAt } from '../files/open.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { type CsvLayout, csvLayout } from '../schema/csv-layout.ts';
import type { CsvPreview } from '../schema/csv-preview.ts';
import { settingOf } from '../store/profiles.ts';
import type { Store } from '../store/store.ts';

/** Layouts of CSV files that somebody confirmed or corrected, kept for each profile under the names of the columns. */
const nameOf = (profile: string, fingerprint: string) => settingOf(profile, `file-layout/${fingerprint}`);

async function keptLayout({ settings }: Store, profile: string, fingerprint: string): Promise<CsvLayout | null> {
  const text = await settings.get(nameOf(profile, fingerprint));
  if (text === null || text === '') return null;
  const kept = csvLayout.safeParse(JSON.parse(text));
  return kept.success ? kept.data : null; // of another version: it is asked anew
}

export async function keepLayout(
  { settings }: Store,
  profile: string,
  fingerprint: string,
  layout: CsvLayout,
): Promise<void> {
  await settings.set(nameOf(profile, fingerprint), JSON.stringify(layout));
}

/** The next file with these columns is guessed again. */
export async function forgetLayout({ settings }: Store, profile: string, fingerprint: string): Promise<void> {
  await settings.set(nameOf(profile, fingerprint), '');
}

/** What reading a file needs to know of its profile. */
export function fileContext(
  store: Store,
  { id, profile }: StoredProfile,
  kind: DocumentKind,
  name?: string,
): FileContext {
  return {
    ...{ kind, name, timeZone: profile.advanced.timeZone },
    kept: (fingerprint) => keptLayout(store, id, fingerprint),
  };
}

/** A CSV as it would be read, with its first documents; null: the file is something else. */
export async function previewFile(
  store: Store,
  stored: StoredProfile,
  { path, name, kind, layout }: { path: string; name?: string; kind: DocumentKind; layout?: CsvLayout | null },
  signal: AbortSignal,
): Promise<CsvPreview | null> {
  const context = { ...fileContext(store, stored, kind, name), layout: layout ?? null };
  const { bytes, table } = await lookAt(path, signal, context);
  if (table === null) return null;
  const { previewOf } = await import('../files/csv/preview.ts'); // an import does without
  return previewOf(bytes, table, context.timeZone ?? null);
}

import type { EntryHook } from '../hooks/hook.ts';
import type { Ledger, Placeable } from '../ledgers/ledger.ts';
import type { Profile, StoredProfile } from '../profiles/profile.ts';
import type { Shop, ShopKind } from '../shops/reader.ts';
import type { Store } from '../store/store.ts';

/** What a run needs of the world, made by `main.ts`. */
export type RunDeps = {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The data folder. */
  readonly home: string;
  readonly process: ProcessMark;
  /** Who asks: the name of a user, or the owner of the process; null where nobody has a name. */
  readonly by?: string | null;
  readonly profiles: { readonly get: (id: string) => Promise<StoredProfile> };
  readonly openShop: (stored: StoredProfile) => Promise<OpenShop>;
  /** Starts the profile's script; null when it has none. */
  readonly openHook: (stored: StoredProfile) => Promise<EntryHook | null>;
  readonly ledgerFor: (profile: Profile, format: string | null) => LedgerChoice;
  /** Moves a sealed file into place without overwriting; answers where it is now. */
  readonly place: (sealed: Placeable) => Promise<string>;
  /** The same after a crash, from the copy kept; a target already there with that hash is done. */
  readonly placeFromCopy: (sealed: Placeable) => Promise<string>;
  /** Takes a placed file away again, and brings back what it replaced or continued; false: it is gone or changed. */
  readonly takeBack: (sealed: Placeable) => Promise<boolean>;
  /** Whether a delivered file still has the content that was delivered. */
  readonly standing: (sealed: Placeable) => Promise<'there' | 'gone' | 'changed'>;
  /** What becomes of a file taken back: kept under a name that bears the run's id, or removed (null). */
  readonly putAside: (sealed: Placeable, runId: string | null) => Promise<void>;
  /** Removes what a run that wrote nothing left in a folder. */
  readonly removeLeftovers: (folder: string, runId: string) => Promise<void>;
};

/** A process, told apart from a later one that got the same number. */
export type ProcessMark = { readonly pid: number; readonly started: string };

export type OpenShop = { readonly kind: ShopKind; readonly shop: Shop; readonly close: () => Promise<void> };

export type LedgerChoice = {
  readonly ledger: Ledger;
  readonly format: string;
  readonly extension: string;
  /** What its files tell, in the words of `formats/format.ts`. */
  readonly carries: readonly string[];
};

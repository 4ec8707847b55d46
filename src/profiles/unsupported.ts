import { expand } from './paths.ts';
import type { Profile } from './profile.ts';

/**
 * What the schema allows and the product does not obey yet. Each row is refused with its reason when it holds
 * anything but the values here, so that a setting never looks as if it worked. A row goes when its feature comes.
 */
type Refusal = {
  /** `[]` stands for every place of a list. */
  readonly path: string;
  /** The first one is the default, named in the message. */
  readonly obeyed: readonly (string | number | boolean | null)[];
  readonly reason: UnsupportedReason;
};

/** Permanent: sentences `profile.unsupported.<reason>`. */
export type UnsupportedReason = 'module' | 'directLink' | 'mergeEdits';

export const REFUSALS: readonly Refusal[] = [
  { path: 'shop.http.moduleMethod', obeyed: ['GET'], reason: 'module' },
  { path: 'ledger.database', obeyed: [null], reason: 'directLink' },
  { path: 'reading.mergeEdits', obeyed: ['never'], reason: 'mergeEdits' },
];

export type Unsupported = {
  readonly path: string;
  readonly reason: UnsupportedReason;
  readonly value: string;
  readonly default: string;
};

/** The settings of a profile that would not be obeyed. */
export function unsupported(profile: Profile): readonly Unsupported[] {
  return REFUSALS.flatMap(({ path, obeyed, reason }) =>
    expand(profile, path)
      .filter(({ value }) => !obeyed.some((allowed) => allowed === value))
      .map((found) => ({
        path: found.path,
        reason,
        value: JSON.stringify(found.value),
        default: JSON.stringify(obeyed[0] ?? null),
      })),
  );
}

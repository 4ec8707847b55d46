/** Something a search can go to: its name, what kind of thing it is, other words it is known by, and its address. */
export type Place = {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  /** Beside the title: the tab a setting stands in, the state of a run. */
  readonly told: string;
  readonly words: string;
  readonly href: string;
};

export const GROUPS = ['document', 'window', 'action', 'setting', 'run', 'profile'] as const;
export type Group = (typeof GROUPS)[number];

/** Shown at once: more is no answer but a list. */
export const MOST = 12;

/**
 * The places that all words of the query begin a word of, best first: those whose title begins with it, then in the order given.
 * Accents and case do not matter.
 */
export function found(places: readonly Place[], query: string): readonly Place[] {
  const asked = wordsOf(query);
  if (asked.length === 0) return places.filter(({ group }) => group === 'window' || group === 'action').slice(0, MOST);
  const whole = asked.join(' ');
  return places
    .flatMap((place) => {
      const own = wordsOf(`${place.title} ${place.told} ${place.words}`);
      if (!asked.every((word) => own.some((one) => one.startsWith(word)))) return [];
      const title = wordsOf(place.title).join(' ');
      return [{ place, rank: title === whole ? 0 : title.startsWith(whole) ? 1 : 2 }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ place }) => place);
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

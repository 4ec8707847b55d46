/** Chapters of the guide by the name their address has, in the order of both `docs/<language>/guide.md`. */
export const CHAPTERS = [
  'start',
  'import',
  'list',
  'problems',
  'mappings',
  'credit-notes',
  'files',
  'history',
  'backup',
  'users',
  'dashboard',
  'keys',
] as const;

export type Chapter = (typeof CHAPTERS)[number];

/** The chapter that speaks of a page, by the page's place in the side bar. */
export function chapterOf(here: string): Chapter {
  return OF_PAGE[here] ?? 'start';
}

const OF_PAGE: Readonly<Record<string, Chapter>> = {
  home: 'import',
  review: 'list',
  runs: 'history',
  dashboard: 'dashboard',
  mappings: 'mappings',
  settings: 'files',
  format: 'files',
};

/** The anchor by which a guide links to its own headings, as repositories show it: `## Les utilisateurs` is `#les-utilisateurs`. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

/** The titles of the chapters, as the guide has them. */
export function titlesOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title.trim());
}

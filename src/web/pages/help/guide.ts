import type { BuiltIn } from '../../../i18n/language.ts';
import { anchorOf, CHAPTERS, titlesOf } from './chapters.ts';

export type Guide = { readonly titles: readonly string[]; readonly html: string };

/** Pictures of the guide, built into the application under addresses of their own. */
const PICTURES = import.meta.glob<string>('../../../../docs/screens/*/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});

const TEXTS: Readonly<Record<BuiltIn, () => Promise<{ readonly default: string }>>> = {
  fr: () => import('../../../../docs/fr/guide.md?raw'),
  en: () => import('../../../../docs/en/guide.md?raw'),
};

/**
 * The guide as a page: its chapters can be linked to by their names, its pictures are the application's. The text is our own,
 * built into the application: nothing of it comes from anybody else.
 */
export async function guideIn(language: BuiltIn): Promise<Guide> {
  const [{ Marked }, { default: text }] = await Promise.all([import('marked'), TEXTS[language]()]);
  const titles = titlesOf(text);
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const title = this.parser.parseInline(tokens);
        const chapter =
          depth === 2 ? CHAPTERS[titles.findIndex((one) => anchorOf(one) === anchorOf(plain(title)))] : null;
        return `<h${depth}${chapter ? ` id="${chapter}" tabindex="-1"` : ''}>${title}</h${depth}>\n`;
      },
      image({ href, text: alt }) {
        const source = PICTURES[`../../../../docs/${href.replace(/^\.\.\//, '')}`];
        return source ? `<img src="${source}" alt="${alt}" loading="lazy">` : '';
      },
      link({ href, tokens }) {
        const chapter = CHAPTERS[titles.findIndex((title) => `#${anchorOf(title)}` === href)];
        return `<a href="${chapter ? `/help/${chapter}` : href}">${this.parser.parseInline(tokens)}</a>`;
      },
    },
  });
  return { titles, html: await marked.parse(text) };
}

/** Text of a heading as it was written: what Markdown spelt for HTML, spelt back. */
function plain(html: string): string {
  return html.replaceAll('&#39;', '’').replaceAll('&amp;', '&');
}

import { typography } from '../../src/i18n/show.ts';
import type { Chapter } from './chapter.ts';
import { CREDIT_NOTES } from './credit-notes.ts';
import { worked } from './example.ts';
import { MONEY } from './money.ts';
import { BOOKS } from './profile.ts';
import { SALES } from './sales.ts';
import { exampleText } from './table.ts';
import { WORKING } from './working.ts';

/** docs/fr/regles-comptables.md: the rules as an accountant reads them, every example posted by the engine itself. */
export const CHAPTERS: readonly Chapter[] = [...SALES, ...MONEY, ...CREDIT_NOTES, ...WORKING];

export function rulesPage(): string {
  const chapters = CHAPTERS.map(({ title, text, examples }, place) => {
    const heading = typography(`## ${place + 1}. ${title}\n\n${text}`, 'fr');
    return `${heading}\n\n${examples.map(exampleText).join('\n')}`;
  });
  return `${typography(HEAD, 'fr')}\n${contents()}\n\n${chapters.join('\n')}\n${accounts()}`;
}

const HEAD = `# Les règles comptables de Comptoir

Cette page est écrite pour l'expert-comptable. Elle dit comment chaque pièce de la boutique devient une écriture, avec un exemple chiffré de chaque cas. **Les tableaux sont produits par le programme lui-même**
(\`npm run docs\`), et un test échoue s'ils ne correspondent plus à ce qu'il écrit : ce que vous lisez est ce que vous recevrez.

Ce qui vaut pour toutes les écritures :

- débits et crédits sont égaux, au dernier centime, et en devise aussi ; aucune ligne à zéro ;
- le TTC de la facture et la TVA de chaque taux sont ceux de la boutique, jamais recalculés ;
- un document qui ne peut pas être passé est **retenu** avec la cause et le remède ; les autres passent ;
- le même document, avec les mêmes réglages, donne toujours la même écriture, et il n'est transféré qu'une fois ;
- chaque ligne sait répondre *pourquoi ce compte, pourquoi ce montant* (\`comptoir explain\`).

Les exemples utilisent le modèle *France* (PCG, exercices ouverts depuis le 1er janvier 2025) complété des comptes de la [dernière section](#comptes-utilisés). Tous se changent dans le profil : les subdivisions sont libres, et celles
d'ici n'engagent pas votre dossier. Les articles cités situent la règle ; ils ne remplacent pas votre jugement sur un dossier donné.
`;

function contents(): string {
  return CHAPTERS.map(({ title }, place) => `${place + 1}. [${title}](#${anchorOf(`${place + 1}. ${title}`)})`).join(
    '\n',
  );
}

/** As GitHub makes them: small letters, no signs, spaces as hyphens. */
function anchorOf(heading: string): string {
  return typography(heading, 'fr')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

/** The accounts that the examples use, with their names. */
function accounts(): string {
  const used = new Set(
    CHAPTERS.flatMap(({ examples }) => examples)
      .flatMap((example) => worked(example).entries)
      .flatMap(({ lines }) => lines.map(({ account }) => account)),
  );
  const rows = [...used].sort().flatMap((account) => {
    const name = BOOKS.chart.accounts[account];
    return name === undefined ? [] : [`| ${account} | ${typography(name, 'fr')} |`];
  });
  return `## Comptes utilisés\n\n| Compte | Intitulé |\n| --- | --- |\n${rows.join('\n')}\n`;
}

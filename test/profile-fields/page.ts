import en from '../../src/i18n/en.json' with { type: 'json' };
import { profileFields } from '../../src/profiles/fields.ts';
import { FIELDS } from './fields.ts';

const SENTENCES: Readonly<Record<string, string>> = en;

/** `docs/profile-fields.md`: each field, its default, and the test or the refusal that says what it does. */
export function fieldsPage(): string {
  const proofs = new Map(FIELDS.map((field) => [field.path, field]));
  const rows = profileFields().map(({ path, default: value }) => {
    const proof = proofs.get(path);
    const shown = value === undefined ? '' : `\`${JSON.stringify(value)}\``;
    return `| \`${path}\` | ${shown} | ${proof === undefined ? '' : 'refused' in proof ? `refused: ${sentence(proof.refused)}` : `changes: ${proof.seen}`} |`;
  });
  return [
    '# The fields of a profile',
    '',
    'Written by `node tools/run.mjs tools/profile-docs.ts`. `[]` is each place of a list, `*` a name of your own. *changes*: a test in',
    '`test/profile-fields.test.ts` changes the value and sees that thing change. *refused*: any other value than the',
    'default is refused when the profile is saved, with this sentence; nothing is ignored silently.',
    '',
    '| field | default | proof |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** The English sentence, its holes named. */
function sentence(code: string): string {
  const text = SENTENCES[`profile.${code}`] ?? code;
  return text
    .replace(/^\{path:text\}: /, '')
    .replace(/\{(\w+)(:\w+)?\}/g, '‹$1›')
    .replaceAll('|', '\\|');
}

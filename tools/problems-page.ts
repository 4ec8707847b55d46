import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FAILURE_VALUES, PROBLEM_VALUES } from '../src/core/problem.ts';
import en from '../src/i18n/en.json' with { type: 'json' };
import fr from '../src/i18n/fr.json' with { type: 'json' };
import { typography } from '../src/i18n/show.ts';

/** docs/problems.md: every code, what it does to its document, and its sentences in both languages. */

const SOURCES = new URL('../src/', import.meta.url);
const SENTENCES: Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>> = { fr, en };
const EFFECTS: Readonly<Record<string, string>> = {
  hold: 'the document is held',
  part: 'the payment is held',
  exclude: 'the document is left out',
  warn: 'pointed out',
};

export function problemsPage(): string {
  const severities = severitiesInSources();
  const problems = Object.entries(PROBLEM_VALUES).map(([code, values]) => {
    const effects = Object.keys(EFFECTS).filter((severity) => severities.get(code)?.has(severity));
    return section('problem', code, values, effects.map((severity) => EFFECTS[severity]).join(', or '));
  });
  const failures = Object.entries(FAILURE_VALUES).map(([code, values]) => section('failure', code, values, ''));
  const profile = Object.keys(en)
    .filter((key) => key.startsWith('profile.'))
    .map((key) => `### \`${key}\`\n\n- ${shown('fr', key)}\n- ${shown('en', key)}\n`);
  return `${HEAD}
## Problems: what is wrong with the data

${problems.join('\n')}
## Failures: what is wrong with the world

A run that meets one stops, and writes and marks nothing.

${failures.join('\n')}
## Faults of a profile

Told with the field they concern (\`path\`), when a profile is saved, checked or imported.

${profile.join('\n')}`;
}

const HEAD = `# Problems and failures

Written by \`tools/problems.ts\` from the codes in \`src/core/problem.ts\` and the sentences in \`src/i18n\`; a test fails when
it is out of date. Codes are permanent: machine output (\`--json\`, the HTTP API) names them, sentences may be reworded.
\`{name}\` is a value; what stands in square brackets is left out when its value is empty.
`;

function section(kind: 'problem' | 'failure', code: string, values: readonly string[], effect: string): string {
  const stem = `${kind}.${code}`;
  const facts = [effect, values.length === 0 ? '' : `values: ${values.map((name) => `\`${name}\``).join(', ')}`];
  const told = facts.filter((fact) => fact !== '').join('; ');
  const line = told === '' ? '' : `${told.charAt(0).toUpperCase()}${told.slice(1)}.\n\n`;
  const text = (language: 'fr' | 'en') =>
    ['message', 'cure']
      .map((part) => shown(language, `${stem}.${part}`))
      .join(' ')
      .trim();
  return `### \`${code}\`\n\n${line}- ${text('fr')}\n- ${text('en')}\n`;
}

/** The sentence with bare names for holes. */
function shown(language: 'fr' | 'en', key: string): string {
  const sentence = SENTENCES[language][key] ?? '';
  return typography(sentence, language)
    .replace(/\{(\w+)\|([^|}]*)\|[^}]*\}/g, '$2')
    .replace(/\{(\w+):\w+\}/g, '{$1}');
}

/** What each code does, as its raisers say it: the word that follows the code. */
function severitiesInSources(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const name of readdirSync(fileURLToPath(SOURCES), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.ts$/.test(name) || /\.test\.ts$/.test(name)) continue;
    const text = readFileSync(new URL(name.replaceAll('\\', '/'), SOURCES), 'utf8');
    for (const [, code = '', said = ''] of text.matchAll(/'([a-z]+\.[a-z-]+)',\s*([^;]{1,60})/g)) {
      for (const [, severity = ''] of said.matchAll(/'(hold|part|exclude|warn)'/g)) note(code, severity);
      if (/^severity\b/.test(said)) for (const severity of ['hold', 'warn']) note(code, severity);
    }
    for (const [, code = ''] of text.matchAll(/\bhold\(entry, '([a-z.-]+)'/g)) {
      note(code, 'hold');
      note(code, 'part');
    }
    for (const [, other = '', code = ''] of text.matchAll(/\? '([a-z]+\.[a-z-]+)' : '([a-z]+\.[a-z-]+)', 'hold'/g)) {
      note(other, 'hold');
      note(code, 'hold');
    }
  }
  return found;

  function note(code: string, severity: string): void {
    found.set(code, (found.get(code) ?? new Set()).add(severity));
  }
}

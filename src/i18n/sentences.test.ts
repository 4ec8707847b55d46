import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { REFINED_KEYS } from '../core/mapping.ts';
import { FAILURE_VALUES, PROBLEM_VALUES } from '../core/problem.ts';
import { TREATMENT_REASONS, TREATMENTS } from '../core/treatment.ts';
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import { LANGUAGES } from './language.ts';
import { translate } from './translate.ts';

/** Every code has its sentences in both languages, with no hole that nobody fills, in the manner of a merchant. */

const SENTENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = { fr, en };
const HOLE = /\{(\w+)(?::(\w+))?/g;
const KINDS = [
  'amount',
  'money',
  'rate',
  'day',
  'instant',
  'country',
  'text',
  'clause',
  'word',
  'field',
  'right',
  'mapping',
  'item',
  'profile',
  'usage',
];

type Codes = Readonly<Record<string, readonly string[]>>;

/** The codes of a server's refusal, with their values, as its comments give them. */
const REFUSALS: Codes = Object.fromEntries(
  [
    ...source('server/refusal.ts').matchAll(/^ {2}\| '([a-z.-]+)';? ?(?:\/\/ \{ ([^}]+) \})?|^ {2}\| '([a-z.-]+)';/gm),
  ].map(([, code = '', values = '']) => [code, values.split(', ').filter((value) => value !== '')]),
);

test('each problem says what happened and what to do, with values it has', () => {
  assert.deepEqual(faultsOf('problem', PROBLEM_VALUES), []);
});

test('each failure and each refusal of the server says what happened and what to do, with values it has', () => {
  assert.ok(Object.keys(REFUSALS).length > 5);
  assert.deepEqual(faultsOf('failure', { ...FAILURE_VALUES, ...REFUSALS }, ['failure.usage.cure']), []);
});

test('each fault, gap and lack of a profile has its sentence', () => {
  const codes = [
    ...found('profiles/validate.ts', /fault\([^;]*?'([a-z]+(?:-[a-z]+)+)'/g),
    ...found('profiles/exceptions.ts', /fault\([^;]*?'([a-z]+(?:-[a-z]+)+)'/g),
    ...found('profiles/validate.ts', /return '([a-z-]+)';/g),
    ...found('profiles/schema-faults.ts', /(?:code: |\? |: )'([a-z-]+)'/g).filter(
      (code) => !['date', 'string', 'array'].includes(code),
    ),
    ...found('profiles/unsupported.ts', /reason: '(\w+)'/g).map((reason) => `unsupported.${reason}`),
    ...found('profiles/gaps.ts', /add\('(\w+)'/g).map((kind) => `gap.${kind}`),
    ...found('profiles/gaps.ts', /\['[\w.]+', '([a-z-]+)',/g).map((code) => `missing.${code}`),
  ];
  assert.ok(codes.length > 40, codes.join(' '));
  assert.deepEqual(lacking(codes.map((code) => `profile.${code}`)), []);
});

test('each VAT treatment and each reason for one has its sentence', () => {
  const keys = [
    ...TREATMENTS.map((name) => `treatment.${name}`),
    ...TREATMENT_REASONS.map((name) => `treatment.because.${name}`),
  ];
  assert.deepEqual(lacking(keys), []);
  assert.deepEqual(
    lacking(REFINED_KEYS.filter((key) => key !== 'businessCustomer').map((key) => `ui.why.key.${key}`)),
    [],
  );
});

test('each thing a connection is tested for has its name and its sentences', () => {
  const files = [
    'shops/woocommerce/check.ts',
    'shops/prestashop/check.ts',
    'shops/magento/check.ts',
    'shops/shopware/shop.ts',
  ];
  const ids = new Set(files.flatMap((file) => found(file, /(?:\bid: |passed\(|ok\(|skipped\(|reading\()'(\w+)'/g)));
  const told = files.flatMap((file) =>
    [...source(file).matchAll(/\b(ok|warning|skipped|passed)\('(\w+)'/g)].map(
      ([, result, id]) => `check.${id}.${result === 'passed' ? 'ok' : result}`,
    ),
  );
  assert.ok(ids.size > 8, [...ids].join(' '));
  const results = [
    'orders',
    'refunds',
    'settings',
    'taxes',
    'invoices',
    'creditMemos',
    'transactions',
    'taxRates',
    'history',
  ].flatMap((id) => [`check.${id}.ok`, `check.${id}.skipped`]);
  const ofRights = ['ok', 'failed', 'warning', 'skipped'].map((result) => `check.right.${result}`);
  const others = ['check.timeZone.ok', 'check.timeZone.warning', 'check.clock.warning', 'check.key.skipped'];
  assert.deepEqual(lacking([...told, ...results, ...ofRights, ...others]), []);
  assert.deepEqual(lacking([...ids].map((id) => `ui.check.${id}`)), []);
});

test('each event of the log has its sentence', () => {
  const kinds = ['sales', 'creditNotes'].flatMap((kind) =>
    ['begin', 'read', 'analyse', 'write'].map((step) => `${step}-${kind}`),
  );
  const steps = ['start', 'read', 'analyse', 'write'].map((step) => `${step}-done`);
  const groups = ['held', 'waiting', 'excluded', 'remarked'].flatMap((group) => [
    `${group}-sale`,
    `${group}-creditNote`,
  ]);
  const events = found('server/log.ts', /\bline\(\s*at,\s*'([a-z-]+)'/g);
  assert.ok(events.length > 5, events.join(' '));
  assert.deepEqual(lacking([...kinds, ...steps, ...groups, ...events].map((event) => `log.${event}`)), []);
});

test('a hole is shown in a way there is', () => {
  for (const language of LANGUAGES) {
    const wrong = Object.entries(SENTENCES[language] ?? {}).filter(([, text]) =>
      [...text.matchAll(HOLE)].some(([, , kind]) => kind !== undefined && !KINDS.includes(kind)),
    );
    assert.deepEqual(wrong, []);
  }
});

test('what went wrong is said without scolding, begging or shouting', () => {
  for (const language of LANGUAGES) {
    const wrong = Object.entries(SENTENCES[language] ?? {})
      .filter(([key]) => /^(problem|failure|check|profile|usage|word)\./.test(key))
      .filter(([, text]) => /\b(erreurs?|errors?|veuillez|please|sorry|désolés?|invalide?)\b|!/i.test(text));
    assert.deepEqual(wrong, []);
  }
});

test('an amount is shown in the currency that comes with it, a reason by its word, an empty part not at all', () => {
  const say = (key: string, values: Readonly<Record<string, string>>) =>
    translate('fr', key, values).replaceAll('\u00a0', '_');
  const figures = { lines: '89.94', stated: '90.00', difference: '0.06', tolerance: '0.05' };
  assert.equal(
    say('problem.document.totals-differ.message', { ...figures, currency: 'EUR' }),
    'Les lignes font 89,94_€, la boutique annonce 90,00_€. L’écart de 0,06_€ dépasse la tolérance (0,05_€).',
  );
  assert.match(say('problem.document.totals-differ.message', figures), /^Les lignes font 89,94, la boutique/);
  const unread = { line: '12', field: 'lines.0.net', reason: 'not-decimal: 12,5' };
  assert.equal(
    say('problem.file.line-unreadable.message', unread),
    'La ligne 12 du fichier est illisible (lines.0.net)_: «_12,5_» n’est pas un nombre décimal écrit avec un point.',
  );
  assert.equal(
    say('problem.file.line-unreadable.message', { ...unread, field: '', reason: 'of a kind nobody named' }),
    'La ligne 12 du fichier est illisible_: of a kind nobody named.',
  );
  const account = { mapping: 'otherLines.withVat', country: 'BE', item: 'tip' };
  assert.equal(
    say('problem.mapping.no-account.message', account),
    'Il manque le compte avec TVA pour «_pourboire_» (Belgique).',
  );
  assert.equal(
    say('problem.mapping.no-account.message', { mapping: 'customers.account', country: '', item: '' }),
    'Il manque le compte des clients.',
  );
  assert.equal(
    say('failure.profile.invalid.message', { path: 'shop.url', reason: 'plain-http', value: 'http://a.example' }).slice(
      0,
      64,
    ),
    'Ce profil ne peut pas servir. shop.url_: http://a.example enverr',
  );
});

test('a problem goes on after a colon without its capital, a name with it', () => {
  const names = /^(?:Comptoir|PrestaShop|TVA|VAT)\b/;
  for (const language of LANGUAGES) {
    for (const code of Object.keys(PROBLEM_VALUES)) {
      const sentence = translate(language, `problem.${code}.message`);
      const line = translate(language, 'log.held-sale', { orders: '41', count: '1', problem: sentence });
      const clause = line.slice(line.indexOf(': ') + 2);
      assert.ok(names.test(clause) || !/^\p{Lu}/u.test(clause), line);
    }
  }
});

/** Sentences that lack, are left over, or have a hole that the code's values do not fill. */
function faultsOf(kind: string, codes: Codes, silent: readonly string[] = []): readonly string[] {
  const wanted = Object.keys(codes).flatMap((code) => [`${kind}.${code}.message`, `${kind}.${code}.cure`]);
  const faults = lacking(wanted.filter((key) => !silent.includes(key)));
  for (const language of LANGUAGES) {
    for (const [key, text] of Object.entries(SENTENCES[language] ?? {})) {
      if (!key.startsWith(`${kind}.`)) continue;
      const values = codes[key.slice(kind.length + 1, key.lastIndexOf('.'))];
      if (values === undefined) faults.push(`${language} ${key}: no such code`);
      for (const [, name = ''] of text.matchAll(HOLE)) {
        if (values !== undefined && !values.includes(name)) faults.push(`${language} ${key}: nobody fills ${name}`);
      }
    }
  }
  return faults;
}

function lacking(keys: readonly string[]): string[] {
  return LANGUAGES.flatMap((language) =>
    keys.filter((key) => SENTENCES[language]?.[key] === undefined).map((key) => `${language} ${key}: missing`),
  );
}

function found(file: string, pattern: RegExp): string[] {
  return [...source(file).matchAll(pattern)].map(([, code = '']) => code);
}

function source(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}

test('each scope that Shopify is asked for says what its lack costs', () => {
  const told = [...source('shops/shopify/check.ts').matchAll(/\b(ok|warning|skipped)\('(\w+)'/g)];
  const ids = ['version', 'allOrders', 'customers', 'products', 'locations', 'returns'];
  const all = ids.flatMap((id) => ['ok', 'warning', 'skipped'].map((result) => `check.${id}.${result}`));
  assert.ok(told.length > 5);
  assert.deepEqual(lacking([...all, ...told.map(([, result, id]) => `check.${id}.${result}`)]), []);
  assert.deepEqual(lacking([...ids, 'timeZone'].map((id) => `ui.check.${id}`)), []);
});

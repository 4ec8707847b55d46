import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FAILURE_VALUES, type FailureCode, PROBLEM_VALUES, type ProblemCode } from '../src/core/problem.ts';
import { problemsPage } from '../tools/problems-page.ts';

/** Each code is raised somewhere, provoked by a test, and described in the documentation. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The test that provokes each code, not one that only shows it. A code without a row does not compile. */
const PROVOKED_IN: Readonly<Record<ProblemCode | FailureCode, string>> = {
  'backup.busy': 'src/backup/backup.test.ts',
  'backup.too-large': 'src/backup/backup.test.ts',
  'backup.unusable': 'src/backup/backup.test.ts',
  'backup.too-new': 'src/backup/backup.test.ts',
  'backup.none': 'src/backup/backup.test.ts',
  'backup.passphrase': 'src/backup/backup.test.ts',
  'home.target': 'test/move-home.test.ts',
  'home.given': 'test/move-home.test.ts',
  'home.in-use': 'test/move-home.test.ts',
  'home.moving': 'test/move-home.test.ts',
  'home.moved': 'test/move-home.test.ts',
  'home.missing': 'test/move-home.test.ts',
  'language.unknown': 'src/languages/files.test.ts',
  'language.exists': 'src/languages/files.test.ts',
  'language.changed': 'src/languages/files.test.ts',
  'language.unreadable': 'src/languages/files.test.ts',
  'language.translation': 'src/languages/files.test.ts',
  'user.exists': 'src/access/access.test.ts',
  'user.unknown': 'src/access/access.test.ts',
  'user.name': 'src/access/access.test.ts',
  'user.password-length': 'src/access/access.test.ts',
  'user.last-administrator': 'src/access/access.test.ts',
  'record.unreadable': 'src/shops/prestashop/read.test.ts',
  'file.line-unreadable': 'src/files/json-lines.test.ts',
  'file.document-unreadable': 'src/files/xml.test.ts',
  'file.broken': 'src/files/xml.test.ts',
  'file.part-unreadable': 'src/files/zip.test.ts',
  'file.cell-unreadable': 'src/files/csv/csv.test.ts',
  'file.csv-unsure': 'src/files/csv/csv.test.ts',
  'file.csv-headless': 'src/files/csv/csv.test.ts',
  'file.csv-layout-wrong': 'test/csv.test.ts',
  'shop.read-incomplete': 'src/shops/prestashop/read.test.ts',
  'shop.old-orders': 'src/shops/shopify/read.test.ts',
  'shop.other-version': 'src/shops/shopify/read.test.ts',
  'shop.balance-beside': 'src/shops/shopify/balance.test.ts',
  'shop.payout-differs': 'src/shops/shopify/balance.test.ts',
  'document.taxes-estimated': 'src/shops/shopify/cases.test.ts',
  'document.country-supposed': 'src/shops/shopify/cases.test.ts',
  'document.shop-figures-differ': 'src/shops/shopify/cases.test.ts',
  'run.count-differs': 'src/runs/control.test.ts',
  'series.missing': 'src/runs/control.test.ts',
  'series.doubled': 'src/runs/control.test.ts',
  'series.disorder': 'src/runs/control.test.ts',
  'correction.proposed': 'src/runs/corrections.test.ts',
  'correction.reversal': 'src/runs/corrections.test.ts',
  'document.gone-after-transfer': 'src/runs/corrections.test.ts',
  'document.credit-note-gone': 'src/runs/corrections.test.ts',
  'grouping.monthly': 'src/runs/grouping.test.ts',
  'period.closed': 'src/runs/periods.test.ts',
  'period.ask': 'src/runs/periods.test.ts',
  'period.moved': 'src/runs/periods.test.ts',
  'document.line-gross-differs': 'src/core/checks/check.test.ts',
  'document.net-differs': 'src/shops/prestashop/cases.test.ts',
  'document.tax-differs': 'src/core/checks/check.test.ts',
  'document.totals-differ': 'src/core/checks/check.test.ts',
  'document.totals-contradict': 'src/core/checks/check.test.ts',
  'document.tax-of-rate-differs': 'src/core/checks/check.test.ts',
  'document.tax-rate-wrong': 'src/core/checks/check.test.ts',
  'document.tax-rate-off': 'src/core/checks/check.test.ts',
  'document.tax-missing-on-line': 'src/core/checks/check.test.ts',
  'document.discount-negative': 'src/core/checks/check.test.ts',
  'document.negative-total': 'src/core/checks/check.test.ts',
  'document.unpaid': 'src/core/checks/check.test.ts',
  'document.payments-differ': 'src/core/checks/check.test.ts',
  'document.refunds-exceed-sale': 'src/core/checks/check.test.ts',
  'document.currency-without-rate': 'src/core/checks/check.test.ts',
  'document.currency-unknown': 'src/core/checks/check.test.ts',
  'document.dates-disorder': 'src/core/checks/check.test.ts',
  'document.invoice-before-order': 'src/core/checks/check.test.ts',
  'document.no-country': 'src/core/checks/check.test.ts',
  'document.untaxed-in-union': 'src/core/posting/treatment.test.ts',
  'document.taxed-with-vat-number': 'src/core/posting/treatment.test.ts',
  'document.amount-out-of-range': 'src/core/checks/check.test.ts',
  'document.key-conflict': 'src/runs/analyse.test.ts',
  'document.changed-after-transfer': 'src/runs/analyse.test.ts',
  'document.split-by-proportion': 'src/shops/woocommerce/credit-note.test.ts',
  'document.nothing-to-write': 'src/core/posting/post.test.ts',
  'document.test-order': 'src/core/posting/post.test.ts',
  'document.excluded-for-good': 'src/runs/analyse.test.ts',
  'document.sale-not-transferred': 'src/runs/analyse.test.ts',
  'document.sale-not-transferred-excluded': 'src/runs/analyse.test.ts',
  'document.discount-without-vat': 'src/shops/woocommerce/oracle.test.ts',
  'document.refund-too-large': 'src/shops/woocommerce/credit-note.test.ts',
  'document.unexplained-amount': 'src/shops/prestashop/cases.test.ts',
  'document.fee-undeclared': 'src/shops/magento/cases.test.ts',
  'document.parts-differ': 'src/shops/magento/cases.test.ts',
  'document.order-contradicts': 'src/shops/magento/cases.test.ts',
  'document.units-cancelled': 'src/shops/magento/cases.test.ts',
  'document.replaces-order': 'src/shops/magento/cases.test.ts',
  'document.cancelled': 'src/shops/magento/cases.test.ts',
  'document.voucher-unknown': 'src/shops/prestashop/cases.test.ts',
  'document.invoice-differs': 'src/shops/prestashop/cases.test.ts',
  'document.printed-tax-differs': 'src/shops/prestashop/cases.test.ts',
  'document.refund-contradicts': 'src/shops/prestashop/cases.test.ts',
  'document.refund-above-paid': 'src/shops/prestashop/cases.test.ts',
  'document.refund-by-voucher': 'src/shops/prestashop/cases.test.ts',
  'document.refund-differs': 'src/shops/woocommerce/credit-note.test.ts',
  'document.refund-net-differs': 'src/shops/prestashop/cases.test.ts',
  'document.tax-rate-derived': 'src/shops/woocommerce/to-document.test.ts',
  'mapping.no-account': 'src/core/posting/post.test.ts',
  'mapping.no-vat-account': 'src/core/posting/post.test.ts',
  'mapping.unknown-payment': 'src/core/posting/payment.test.ts',
  'mapping.unknown-payment-sale': 'src/core/posting/post.test.ts',
  'mapping.no-journal': 'src/core/posting/payment.test.ts',
  'mapping.currency-unmapped': 'src/core/posting/post.test.ts',
  'mapping.no-ledger-currency': 'src/core/posting/in-currency.test.ts',
  'customer.unidentified': 'src/core/posting/customer.test.ts',
  'customer.note-no-code': 'src/core/posting/customer.test.ts',
  'customer.numbers-used-up': 'src/core/posting/customer.test.ts',
  'payment.date-supposed': 'src/shops/woocommerce/to-document.test.ts',
  'payment.repeated': 'src/shops/prestashop/cases.test.ts',
  'payment.supposed': 'src/shops/prestashop/cases.test.ts',
  'payment.before-sale': 'src/core/posting/payment.test.ts',
  'payment.changed-after-transfer': 'src/runs/analyse.test.ts',
  'payment.supposed-replaced': 'src/runs/analyse.test.ts',
  'payment.difference-booked': 'src/runs/corrections.test.ts',
  'payment.fee-currency': 'src/core/posting/payment.test.ts',
  'hook.threw': 'src/hooks/hooks.test.ts',
  'hook.too-slow': 'src/hooks/hooks.test.ts',
  'hook.too-large': 'src/hooks/hooks.test.ts',
  'hook.ended': 'src/hooks/hooks.test.ts',
  'hook.wrong-answer': 'src/hooks/hooks.test.ts',
  'hook.unbalanced': 'src/hooks/hooks.test.ts',
  'hook.left-out': 'test/hooks.test.ts',
  'hook.unusable': 'src/hooks/hooks.test.ts',
  'entry.unbalanced': 'src/ledgers/file.test.ts',
  'format.too-long': 'src/ledgers/file.test.ts',
  'format.unencodable': 'src/ledgers/file.test.ts',
  'format.missing': 'src/ledgers/file.test.ts',
  'format.not-taken': 'src/ledgers/custom.test.ts',
  'format.no-text': 'src/ledgers/custom.test.ts',
  'format.piece-cut': 'src/ledgers/file.test.ts',
  'format.unnamed': 'src/ledgers/remarks.test.ts',
  'format.piece-clash': 'src/ledgers/file.test.ts',
  'shop.address-unknown': 'src/shops/http.test.ts',
  'shop.unreachable': 'src/shops/http.test.ts',
  'shop.certificate': 'src/shops/http.test.ts',
  'shop.key-refused': 'src/shops/http.test.ts',
  'shop.right-missing': 'src/shops/http.test.ts',
  'shop.not-found': 'src/shops/http.test.ts',
  'shop.bearer-refused': 'src/shops/magento/client.test.ts',
  'shop.silent': 'src/shops/http.test.ts',
  'shop.broken-answer': 'src/shops/http.test.ts',
  'shop.not-an-answer': 'src/shops/http.test.ts',
  'shop.page-failed': 'src/shops/woocommerce/read.test.ts',
  'shop.redirected': 'src/shops/http.test.ts',
  'shop.no-http2': 'src/shops/proxy.test.ts',
  'shop.link-local': 'src/shops/http.test.ts',
  'proxy.unreachable': 'src/shops/proxy.test.ts',
  'proxy.key-refused': 'src/shops/proxy.test.ts',
  'proxy.refused': 'src/shops/proxy.test.ts',
  'shop.bulk-failed': 'src/shops/shopify/bulk.test.ts',
  'shop.closed': 'src/shops/shopify/client.test.ts',
  'shop.clock': 'src/shops/woocommerce/client.test.ts',
  'shop.answer-too-large': 'src/shops/http.test.ts',
  'shop.answer-crowded': 'src/shops/prestashop/xml.test.ts',
  'shop.no-time-zone': 'test/failure-codes.test.ts',
  'shop.page-repeats': 'src/shops/woocommerce/read.test.ts',
  'run.already-running': 'src/server/runs.test.ts',
  'run.cancelled': 'test/failure-codes.test.ts',
  'run.never-imported': 'test/failure-codes.test.ts',
  'run.interrupted': 'test/failure-codes.test.ts',
  'run.review-closed': 'src/server/reviews.test.ts',
  'run.written-meanwhile': 'test/once.test.ts',
  'delivery.no-access': 'src/ledgers/file.test.ts',
  'delivery.no-folder': 'src/ledgers/place.test.ts',
  'undo.not-written': 'test/undo.test.ts',
  'undo.later-run': 'test/undo.test.ts',
  'undo.open-review': 'test/undo.test.ts',
  'undo.later-file': 'test/undo.test.ts',
  'delivery.disk-full': 'src/ledgers/file.test.ts',
  'delivery.verification': 'src/ledgers/place.test.ts',
  'delivery.changed-meanwhile': 'src/ledgers/place.test.ts',
  'delivery.file': 'src/ledgers/file.test.ts',
  'delivery.file-name': 'src/ledgers/file.test.ts',
  'delivery.fiscal-years': 'src/formats/isacompta-ecr.test.ts',
  'delivery.too-many-files': 'src/ledgers/parts.test.ts',
  'delivery.unfinished': 'test/parts.test.ts',
  'delivery.no-append': 'src/ledgers/file.test.ts',
  'delivery.old-file': 'src/ledgers/file.test.ts',
  'profile.unknown': 'src/server/profiles.test.ts',
  'profile.invalid': 'src/server/profiles.test.ts',
  'profile.exists': 'test/failure-codes.test.ts',
  'file.unreadable': 'src/files/json-lines.test.ts',
  'file.unwritable': 'test/failure-codes.test.ts',
  'file.not-comptoir-sales': 'src/files/json-lines.test.ts',
  'server.beyond-loopback': 'src/server/server.test.ts',
  'server.no-port': 'test/failure-codes.test.ts',
  'store.no-access': 'test/failure-codes.test.ts',
  'store.too-new': 'src/store/store.test.ts',
  internal: 'src/server/server.test.ts',
  usage: 'test/failure-codes.test.ts',
};

const SOURCES = filesUnder('src')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|^src\/core\/problem\.ts$/.test(file))
  .map((file) => ({ file, text: read(file) }));

test('each code is provoked by the test named here', () => {
  const wrong = Object.entries(PROVOKED_IN).filter(([code, file]) => !mentions(read(file), code));
  assert.deepEqual(wrong, []);
});

test('each code is raised somewhere', () => {
  const raisers = SOURCES.filter(({ file }) => !/^src\/(server\/(causes|cures|refusal|review-|log)|web\/)/.test(file));
  const codes = Object.keys({ ...PROBLEM_VALUES, ...FAILURE_VALUES });
  assert.deepEqual(
    codes.filter((code) => !raisers.some(({ text }) => text.includes(`'${code}'`))),
    [],
  );
});

test('each fault of a profile is provoked by a test', () => {
  const tests = ['src', 'test']
    .flatMap(filesUnder)
    .filter((file) => /^(src\/(profiles|formats\/custom)\/.*\.test\.ts|test\/(profile-fields|cli).*\.ts)$/.test(file))
    .map(read);
  const sentences = Object.keys(JSON.parse(read('src/i18n/en.json')) as object);
  const codes = sentences
    .filter((key) => /^profile\.(?!gap\.|missing\.)/.test(key))
    .map((key) => key.slice('profile.'.length));
  assert.ok(codes.length > 40);
  assert.deepEqual(
    codes.filter((code) => !tests.some((text) => mentions(text, code))),
    [],
  );
});

test('each problem has a few words too, for a badge and for a count of reasons', () => {
  for (const language of ['fr', 'en']) {
    const sentences = JSON.parse(read(`src/i18n/${language}.json`)) as object;
    const wordless = Object.keys(PROBLEM_VALUES).filter((code) => !(`ui.short.${code}` in sentences));
    assert.deepEqual(wordless, [], language);
  }
});

test('docs/problems.md says what the sentences say (tools/problems.ts writes it)', () => {
  assert.ok(read('docs/problems.md') === problemsPage(), 'docs/problems.md is out of date: run tools/problems.ts');
});

function mentions(text: string, code: string): boolean {
  const escaped = code.replaceAll('.', '\\\\?\\.');
  return new RegExp(`(?<![a-z.-])${escaped}(?![a-z-])`).test(text);
}

function read(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8');
}

function filesUnder(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name.replaceAll('\\', '/')}`,
  );
}

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { runBench } from '../../test/run-kit.ts';
import { day } from '../core/calendar.ts';
import type { SalesDocument } from '../core/document.ts';
import { sketch } from '../core/testing/sketch.ts';
import type { ProfileInput } from '../profiles/profile.ts';
import type { RunRequest } from './events.ts';
import { answerLate } from './review.ts';

function sale(id: number, date: string, paid = date): SalesDocument {
  const one = sketch('sale FR; product 10 20% 2; paid card 12');
  const on = day(date);
  return {
    ...one,
    key: `sale/${id}`,
    order: { id: String(id), number: String(id), date: on },
    invoice: { id: String(id), number: `FA${id}`, date: on },
    payments: one.payments.map((payment) => ({ ...payment, date: day(paid) })),
  };
}

async function closedTo(t: TestContext, advanced: ProfileInput['advanced']) {
  const on = await runBench({ advanced: { closedTo: '2026-08-31', ...advanced } });
  t.after(on.close);
  return { ...on, told };

  async function told(
    documents: readonly SalesDocument[],
    changes: Partial<RunRequest> = {},
  ): Promise<readonly string[]> {
    on.shop.documents = documents;
    const ran = await on.run(changes);
    return ran.documents.map(({ key, state, reasons }) => {
      const entries = ran.entries
        .filter(({ document }) => document === key)
        .map(({ part, date }) => `${part} ${date.slice(5)}`);
      return [`${key} ${state}`, ...reasons.map(({ code, severity }) => `${code}:${severity}`), ...entries].join(' ');
    });
  }
}

test('D-33 refuse: what is dated up to the closing day is held with its cure, the day after goes through', async (t) => {
  const { told } = await closedTo(t, {});
  assert.deepEqual(await told([sale(1, '2026-08-31', '2026-09-02'), sale(2, '2026-09-01')]), [
    'sale/1 held period.closed:hold',
    'sale/2 written document 09-01 payment/1 09-01',
  ]);
});

test('D-33 refuse: a payment dated in a closed period waits alone', async (t) => {
  const { told } = await closedTo(t, {});
  assert.deepEqual(await told([sale(1, '2026-09-01', '2026-08-30')]), [
    'sale/1 written payment.before-sale:warn period.closed:part document 09-01',
  ]);
});

test('D-33 a cheque that comes in after its sale was written and its month closed is written', async (t) => {
  const on = await runBench({});
  t.after(on.close);
  on.shop.documents = [{ ...sale(1, '2026-08-20'), payments: [] }];
  await on.run();
  await on.save({ advanced: { closedTo: '2026-08-31' } });
  on.shop.documents = [sale(1, '2026-08-20', '2026-09-03')];
  const { documents, entries } = await on.run();
  assert.deepEqual(
    [documents[0]?.state, entries.map(({ part, date }) => `${part} ${date}`)],
    ['written', ['payment/1 2026-09-03']],
  );
});

test('D-33 nextOpenDay: dated the first open day, told with both days; the piece keeps its date', async (t) => {
  const { told, ...on } = await closedTo(t, { lateDocuments: 'nextOpenDay' });
  assert.deepEqual(await told([sale(1, '2026-08-30', '2026-08-31')]), [
    'sale/1 written period.moved:warn period.moved:warn document 09-01 payment/1 09-01',
  ]);
  const [moved] = (await on.run({ includeTransferred: true, mode: 'preview' })).entries;
  assert.deepEqual([moved?.date, moved?.documentDate], ['2026-09-01', '2026-08-30']);
  const [document] = (await on.run({ includeTransferred: true, mode: 'preview' })).documents;
  assert.deepEqual(document?.reasons[0]?.values, { currency: 'EUR', date: '2026-08-30', day: '2026-09-01' });
});

test('D-33 nextOpenDay: a label whose pattern names the date of the invoice keeps the true one', async (t) => {
  const entries = { sales: { label: '%IN %ID' } };
  const on = await runBench({ entries, advanced: { closedTo: '2026-08-31', lateDocuments: 'nextOpenDay' } });
  t.after(on.close);
  on.shop.documents = [sale(1, '2026-08-30')];
  const [entry] = (await on.run({ mode: 'preview' })).entries;
  assert.deepEqual([entry?.date, entry?.label], ['2026-09-01', 'FA1 30/08/2026']);
});

test('D-33 ask: held until somebody says; then the next open day, or its own date', async (t) => {
  const { told } = await closedTo(t, { lateDocuments: 'ask' });
  const late = [sale(1, '2026-08-30')];
  assert.deepEqual(await told(late), ['sale/1 held period.ask:hold']);
  assert.deepEqual(await told(late, { late: 'nextOpenDay', mode: 'preview' }), [
    'sale/1 ready period.moved:warn period.moved:warn document 09-01 payment/1 09-01',
  ]);
  assert.deepEqual(await told(late, { late: 'keepDate' }), ['sale/1 written document 08-30 payment/1 08-30']);
});

test('D-33 ask: the answer is given in the list of entries, and frees what waited', async (t) => {
  const { told, deps, store } = await closedTo(t, { lateDocuments: 'ask' });
  await told([sale(1, '2026-08-30'), sale(2, '2026-09-02')], { mode: 'review' });
  const [run] = await store.runs.inState(['review']);
  assert.deepEqual(await answerLate(deps, run?.id ?? '', 'nextOpenDay'), { released: 1 });
  const rows = await store.review.entries(run?.id ?? '', [1, 2, 3, 4]);
  assert.deepEqual(
    rows.map(({ document, entry }) => `${document} ${JSON.parse(entry).date}`),
    ['sale/1 2026-09-01', 'sale/1 2026-09-01', 'sale/2 2026-09-02', 'sale/2 2026-09-02'],
  );
});

test('D-33 an answer does not open a period that the profile refuses', async (t) => {
  const { told } = await closedTo(t, { lateDocuments: 'refuse' });
  assert.deepEqual(await told([sale(1, '2026-08-30')], { late: 'keepDate' }), ['sale/1 held period.closed:hold']);
});

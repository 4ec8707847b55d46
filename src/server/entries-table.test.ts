import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, lastOf, listen, order } from '../../test/server-kit.ts';
import type { ExcludeAnswer, ReviewRows } from '../api/review.ts';
import type { SalesDocument } from '../core/document.ts';

const SALES = [
  order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60'),
  order(2, 'sale FR; product 11.22 20% 2.24; paid card 13.46'),
  order(3, 'sale FR; product 100.00 20% 20.00; paid alma 120.00'),
];

async function reviewing(
  t: { after: (act: () => Promise<void>) => void },
  documents: readonly SalesDocument[] = SALES,
) {
  const on = await bench({ documents, gate: null, failure: null });
  t.after(on.close);
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review: true };
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', asked);
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).state, 'review');
  return { on, run: body.id as string };
}

test('S-075 the list as a file: seventeen columns in the order of the manual, a row a line, what a query finds', async (t) => {
  const { on, run } = await reviewing(t);
  await on.call('POST', `/api/reviews/${run}/ticks`, { ticked: false, numbers: [2] });
  const answer = await on.call('GET', `/api/reviews/${run}/entries.csv?tab=all&lang=fr&q=FA000001`);
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.equal(
    answer.headers.get('content-disposition'),
    `attachment; filename="ecritures-ventes-${run}.csv"; filename*=UTF-8''ecritures-ventes-${run}.csv`,
  );
  assert.equal(
    answer.text,
    [
      'Créer;Journal;Date;N°;N° de pièce;Référence;Compte;Compte client;Libellé;Code;Taux;Débit;Crédit;Paiement;Devise;Taux de la devise;Montant en devise',
      'Oui;VTE;26/11/2026;1;#FA000001;WEB1;411000;WEB;#FA000001 - 1;;;483,60;;Name of card;EUR;;',
      'Oui;VTE;26/11/2026;1;#FA000001;WEB1;707100;;#FA000001 - 1;C20;;;403,00;Name of card;EUR;;',
      'Oui;VTE;26/11/2026;1;#FA000001;WEB1;445711;;#FA000001 - 1;C20;20,00;;80,60;Name of card;EUR;;',
      'Non;BNQ;26/11/2026;2;#FA000001;WEB1;411000;WEB;Name of card 1;;;;483,60;Name of card;EUR;;',
      'Non;BNQ;26/11/2026;2;#FA000001;WEB1;512000;;Name of card 1;;;483,60;;Name of card;EUR;;',
      '',
    ].join('\r\n'),
  );
  const ticked = (await on.call('GET', `/api/reviews/${run}/entries.csv?tab=ready&lang=en&sort=-debit`)).text;
  const numbers = ticked
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(',')[3]);
  assert.deepEqual([...new Set(numbers)], ['1', '5', '3', '4'], 'without the one left out, largest first');
  assert.match(ticked, /,403\.00,/);
  assert.equal((await on.call('GET', `/api/reviews/${run}/entries.csv?f.debit=abc`)).status, 400);
});

test('texts of a shop are no formulas in a spreadsheet, and stay one cell', async (t) => {
  const hostile = ['=HYPERLINK("http://evil.example";"a")', '+33', '-2+3', '@SUM(A1)', 'a;b "c"', "'=1"];
  const { on, run } = await reviewing(
    t,
    hostile.map((number, at) =>
      order(at + 1, 'sale FR; product 10.00 20% 2.00', {
        invoice: { id: '1', number, date: order(1, 'sale FR; product 1').order.date },
      }),
    ),
  );
  const { text } = await on.call('GET', `/api/reviews/${run}/entries.csv?tab=all&lang=fr`);
  const pieces = text
    .trim()
    .split('\r\n')
    .slice(1)
    .filter((_, at) => at % 3 === 0)
    .map((row) => row.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)[4]);
  assert.deepEqual(pieces, [
    '"\'=HYPERLINK(""http://evil.example"";""a"")"',
    "'+33",
    "'-2+3",
    "'@SUM(A1)",
    '"a;b ""c"""',
    "''=1",
  ]);
});

test('all rows are in the file, not the window of the screen', async (t) => {
  const many = Array.from({ length: 1300 }, (_, at) => order(at + 1, 'sale FR; product 10.00 20% 2.00'));
  const { on, run } = await reviewing(t, many);
  const { text } = await on.call('GET', `/api/reviews/${run}/entries.csv?tab=all&lang=fr&offset=10&limit=5`);
  assert.equal(text.trim().split('\r\n').length, 1 + 1300 * 3);
});

test('a filter excludes the documents of all entries it finds; one act, undone at once', async (t) => {
  const { on, run } = await reviewing(t);
  const query = {
    tab: 'all',
    q: '',
    filters: { journal: 'BNQ' },
    sort: '',
    flat: false,
    folded: true,
    offset: 0,
    limit: 1,
  };
  const { entries, documents } = (await on.call('GET', `/api/reviews/${run}/rows?tab=all&f.journal=BNQ`))
    .body as ReviewRows;
  assert.deepEqual([entries, documents], [2, 2]);
  const { body } = await on.call('POST', `/api/reviews/${run}/exclude`, { query, reason: 'Bank is booked elsewhere' });
  const { excluded, undo, review } = body as ExcludeAnswer;
  assert.deepEqual([excluded, review.tabs.ready, review.tabs.excluded], [2, 1, 2], 'the sales go with their payments');
  const back = await on.call('POST', `/api/reviews/${run}/include`, { undo });
  assert.deepEqual([back.body.tabs.ready, back.body.tabs.excluded], [5, 0]);
});

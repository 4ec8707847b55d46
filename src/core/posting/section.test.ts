import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAPPINGS, mapping, sketch, told, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

const analytics = mapping({ section: '953WEB' } as { section: string | null }, [
  { country: 'BE', section: '953BEL' },
  { country: 'BE', item: 'books', section: '953LIV' },
  { item: 'books', section: '953BKS' },
]);
const SALES = { analytics: { sales: true, carriers: false } };
const ALL = { analytics: { sales: true, carriers: true } };
const ORDER =
  'sale FR; product 10 20% 2 rule=normal; product 20 20% 4 rule=books; product 5 20% 1 rule=normal; shipping 3 20% 0.60; wrapping 1 20% 0.20; tip 2; paid card 48.80';

/** The document's entry, sections after the accounts. */
function post(text: string, others: Parameters<typeof withMappings>[1] = SALES, mappings = {}): string {
  const posted = postDocument(sketch(text), withMappings({ analytics, ...mappings }, others));
  if (posted.state !== 'ready') return told(posted);
  return (posted.entries[0]?.lines ?? [])
    .map(({ account, section, amount }) => `${account}${section === null ? '' : `#${section}`} ${amount.minor}`)
    .join(' | ');
}

test('S-106 S-214 S-215 S-223 sales lines carry their section and merge by it; VAT, shipping and the customer have none', () => {
  assert.equal(
    post(ORDER),
    '4110000 4880 | 707100#953WEB -1500 | 707100#953BKS -2000 | 708500 -300 | 708502 -100 | 758200 -200 | 4457120 -780',
  );
  assert.equal(
    post(ORDER.replace('sale FR', 'sale BE')),
    '4110000 4880 | 707100#953BEL -1500 | 707100#953LIV -2000 | 708500 -300 | 708502 -100 | 758200 -200 | 4457120 -780',
  );
});

test('S-224 if asked, what the carriers’ accounts take has a section too', () => {
  assert.equal(
    post(ORDER, ALL),
    '4110000 4880 | 707100#953WEB -1500 | 707100#953BKS -2000 | 708500#953WEB -300 | 708502#953WEB -100 | 758200 -200 | 4457120 -780',
  );
  assert.equal(
    post('sale FR; product 10 20% 2; fee 3 20% 0.60; paid card 15.60', {
      analytics: { sales: false, carriers: true },
    }),
    '4110000 1560 | 707100 -1000 | 708500#953WEB -300 | 4457120 -260',
  );
});

test('S-223 with the option off nothing has a section', () => {
  assert.doesNotMatch(post(ORDER, { analytics: { sales: false, carriers: false } }), /#/);
});

test('S-223 discounts stand in the section of their product, so a section’s net is the same with discount lines or without', () => {
  const text = 'sale FR; product 36 20% 7.20 was=40 rule=books; discount -4 20% -0.80 rule=books; paid card 38.40';
  assert.equal(post(text), '4110000 3840 | 707100#953BKS -3200 | 4457120 -640');
  assert.equal(
    post(text, { ...SALES, discountLines: true }),
    '4110000 3840 | 707100#953BKS -4000 | 709700#953BKS 800 | 4457120 -640',
  );
});

test('S-223 a credit note gives back in the section of its sale; amounts with an account of their own have none', () => {
  assert.equal(
    post('creditNote FR; product 20 20% 4 rule=books; adjustment 10 20% 2; refunded card 36'),
    '4110000 -3600 | 707100#953BKS 2000 | 4457120 600 | 709700 1000',
  );
  const otherLines = mapping(MAPPINGS.otherLines.default);
  assert.equal(
    post('creditNote FR; product 20 20% 4 rule=books; adjustment 10 20% 2; refunded card 36', SALES, { otherLines }),
    '4110000 -3600 | 707100#953BKS 2000 | 4457120 600 | 707100#953WEB 1000',
  );
});

test('S-203 S-223 a payment method’s own sales accounts have their sections', () => {
  const payments = mapping(MAPPINGS.payments.default, [{ item: 'market', create: false, salesWithVat: '707900' }]);
  assert.equal(
    post('sale FR; product 10 20% 2 rule=books; paid market 12', SALES, { payments }),
    '4110000 1200 | 707900#953BKS -1000 | 4457120 -200',
  );
});

test('S-214 a rule without section leaves its lines without', () => {
  const none = mapping({ section: null } as { section: string | null }, [{ item: 'books', section: '953BKS' }]);
  assert.equal(
    post('sale FR; product 10 20% 2; product 20 20% 4 rule=books; paid card 36', SALES, { analytics: none }),
    '4110000 3600 | 707100 -1000 | 707100#953BKS -2000 | 4457120 -600',
  );
});

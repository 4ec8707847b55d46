import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalText } from '../../core/decimal.ts';
import * as meta from './metadata.ts';
import { orderOf } from './sample.ts';

test('S-202 fees of Stripe, PayPal and WooPayments come with their currency', () => {
  const fees: [Record<string, unknown>, string | null][] = [
    [{ _stripe_fee: '0.73', _stripe_currency: 'eur' }, '0.73 EUR'],
    [{ _stripe_fee: '2.36', _stripe_currency: 'USD' }, '2.36 USD'],
    [{ _ppcp_paypal_fees: { paypal_fee: { currency_code: 'EUR', value: '3.47' } } }, '3.47 EUR'],
    [
      { _ppcp_paypal_fees: [1, 2].map((fee) => ({ paypal_fee: { currency_code: 'EUR', value: `${fee}.10` } })) },
      '3.2 EUR',
    ],
    [
      {
        _ppcp_paypal_fees: [
          { paypal_fee: { currency_code: 'EUR', value: '1' } },
          { paypal_fee: { currency_code: 'USD', value: '1' } },
        ],
      },
      null,
    ],
    [{ _wcpay_transaction_fee: 1.14 }, '1.14 EUR'],
    [{ 'PayPal Transaction Fee': '3.47' }, '3.47 EUR'],
    [{ 'Stripe Fee': '0.5' }, '0.5 EUR'],
    [{ _stripe_fee: '0.55000000000000004' }, '0.55 EUR'],
    [{ _stripe_fee: '0' }, null],
    [{ _stripe_fee: 'n/a' }, null],
    [{}, null],
  ];
  for (const [data, wanted] of fees) {
    const fee = meta.feeOf(withMeta(data));
    assert.equal(fee === null ? null : `${decimalText(fee.amount)} ${fee.currency}`, wanted, JSON.stringify(data));
  }
});

test('rates of currency plug-ins, stated in opposite directions, become order units per base unit', () => {
  const serialised = 'a:2:{s:3:"EUR";a:2:{s:4:"rate";i:1;s:7:"is_main";i:1;}s:3:"USD";a:1:{s:4:"rate";s:6:"1.0862";}}';
  const rates: [Record<string, unknown>, string | null, string | null][] = [
    [
      { _wcpay_multi_currency_order_exchange_rate: '1.0862', _wcpay_multi_currency_order_default_currency: 'EUR' },
      '1.0862',
      'EUR',
    ],
    [{ _woocs_order_rate: 1.25, _woocs_order_base_currency: 'EUR' }, '1.25', 'EUR'],
    [{ _base_currency_exchange_rate: '0.8' }, '1.25', null],
    [{ wmc_order_info: { EUR: { rate: 1, is_main: 1 }, USD: { rate: '1.0862' } } }, '1.0862', null],
    [{ wmc_order_info: serialised }, '1.0862', null],
    [{ _woocs_order_rate: '0' }, null, null],
    [{}, null, null],
  ];
  for (const [data, rate, base] of rates) {
    const found = meta.currencyRateOf(withMeta(data, { currency: 'USD' }));
    assert.deepEqual(
      [found === null ? null : decimalText(found.rate), found?.base ?? null],
      [rate, base],
      JSON.stringify(data),
    );
  }
});

test('VAT numbers are found under the keys of known plug-ins, normalised, valid only if the shop checked', () => {
  const numbers: [Record<string, unknown>, unknown][] = [
    [{ _billing_vat_number: 'fr 83.404-833 048' }, { value: 'FR83404833048', valid: null }],
    [
      { _vat_number: 'BE0403170701', _vat_number_is_validated: 'true', _vat_number_is_valid: 'true' },
      { value: 'BE0403170701', valid: true },
    ],
    [
      { _vat_number: 'BE1', _vat_number_is_validated: 'true', _vat_number_is_valid: 'false' },
      { value: 'BE1', valid: false },
    ],
    [
      { vat_number: 'DE1', _vat_number_validated: 'valid' },
      { value: 'DE1', valid: true },
    ],
    [{ _eu_vat_evidence: { exemption: { vat_number: 'IT2' } } }, { value: 'IT2', valid: null }],
    [{ yweu_billing_vat: 'ES3' }, { value: 'ES3', valid: null }],
    [{ _billing_vat_number: ' ' }, null],
  ];
  for (const [data, wanted] of numbers)
    assert.deepEqual(meta.vatNumberOf(withMeta(data).meta_data), wanted, JSON.stringify(data));
  assert.equal(
    meta.registrationNumberOf(withMeta({ _billing_siret: '404 833 048 00022' }).meta_data),
    '40483304800022',
  );
});

test('numbers: sequential orders, invoices of known plug-ins or of a key of the profile, credit notes', () => {
  assert.equal(meta.orderNumberOf(withMeta({ _order_number: '2026-17' })), '2026-17');
  assert.equal(meta.orderNumberOf(withMeta({ _order_number: '17' }, { number: 'W-17' })), 'W-17');
  assert.equal(meta.orderNumberOf(withMeta({})), '500');
  const invoice = (data: Record<string, unknown>, keys: string[] = []) =>
    meta.invoiceOf(withMeta(data).meta_data, keys);
  assert.deepEqual(invoice({ _wcpdf_invoice_number: 'FA-1', _wcpdf_invoice_date: '1791065112' }), {
    number: 'FA-1',
    date: '1791065112',
  });
  assert.deepEqual(invoice({ wf_invoice_number: 'WT-2', _wf_invoice_date: 1791065112 }), {
    number: 'WT-2',
    date: '1791065112',
  });
  assert.deepEqual(invoice({ my_number: 'X-3', _wcpdf_invoice_number: 'FA-1' }, ['my_number']), {
    number: 'X-3',
    date: null,
  });
  assert.equal(invoice({}), null);
  assert.equal(meta.creditNoteNumberOf(withMeta({ _wcpdf_credit_note_number: 'AV-1' }).meta_data), 'AV-1');
});

test('an order of the payment plug-in’s test mode is a test', () => {
  assert.equal(meta.isTest(withMeta({ _wcpay_mode: 'test' }).meta_data), true);
  assert.equal(meta.isTest(withMeta({ _wcpay_mode: 'prod' }).meta_data), false);
});

function withMeta(data: Record<string, unknown>, fields: Record<string, unknown> = {}) {
  return orderOf({ ...fields, meta_data: Object.entries(data).map(([key, value], id) => ({ id, key, value })) });
}

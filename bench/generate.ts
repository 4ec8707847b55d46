import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { addDays, day } from '../src/core/calendar.ts';
import { unitsText } from '../src/core/decimal.ts';
import { type SpellingName, spellings } from '../src/files/spelling.ts';

/** [rule, rate, numerator, denominator]: the VAT rates of the invented shop. */
const RATES = [
  ['normal', '20', 20n, 100n],
  ['reduit', '5.5', 55n, 1000n],
  ['intermediaire', '10', 10n, 100n],
] as const;

const WORDS = [
  'Carnet relié',
  'Lampe de bureau',
  'Atlas de poche',
  'Théière émaillée',
  'Abat-jour plissé',
  'Œuf à repriser',
];

/**
 * Writes a seeded `comptoir-sales` file: orders of four lines with addresses, taxes, a payment and its fee,
 * of the size real ones have (about 2.3 kB a line). The same arguments give the same bytes.
 */
export async function generate(path: string, orders: number, spelling: SpellingName = 'jsonl'): Promise<void> {
  const { head, document, foot } = spellings[spelling];
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  file.write(
    head({
      ...{ format: 'comptoir-sales', version: '1.0' },
      shop: { id: 'bench', name: 'Bench', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR' },
    }),
  );
  const random = seeded(42);
  for (let id = 1; id <= orders; id += 1) {
    if (!file.write(document(order(id, random), id === 1))) await once(file, 'drain');
  }
  file.end(foot);
  await finished(file);
}

function order(id: number, random: () => number) {
  const date = addDays(day('2026-01-01'), Math.floor((id * 300) / 100_000) % 330);
  const lines = [0, 1, 2].map((place) => productLine(id, place, random));
  const shipping = line({
    id: '4',
    kind: 'shipping',
    label: 'Colissimo domicile avec signature',
    net: 492n,
    rate: RATES[0],
  });
  const all = [...lines, shipping];
  const net = all.reduce((sum, one) => sum + one.netCents, 0n);
  const tax = all.reduce((sum, one) => sum + one.taxCents, 0n);
  const gross = unitsText(net + tax, 2);
  const address = {
    firstName: 'Camille',
    lastName: `Martin-${id}`,
    lines: ['5 rue des Lilas', 'Bâtiment C, escalier 2'],
    postcode: '75011',
    city: 'Paris',
    country: 'FR',
    phone: '+33 1 23 45 67 89',
  };
  return {
    kind: 'sale',
    key: `sale/${id}`,
    pricesIncludeTax: true,
    order: { id: String(id), number: `#${id}`, date: `${date}T10:15:00+02:00` },
    invoice: { id: String(id), number: `FA${String(id).padStart(7, '0')}`, date },
    updated: `${date}T10:20:00+02:00`,
    status: { code: 'completed', label: 'Terminée' },
    channel: { id: 'web', name: 'Boutique en ligne' },
    customer: {
      id: String(1 + (id % 30_000)),
      firstName: 'Camille',
      lastName: `Martin-${id}`,
      email: `camille.martin.${id}@exemple.test`,
      groups: [{ id: '3', name: 'Client' }],
    },
    billing: address,
    delivery: address,
    currency: { code: 'EUR', base: 'EUR', rate: '1' },
    lines: all.map(({ json }) => json),
    payments: [
      {
        id: String(id),
        direction: 'in',
        method: { id: 'stripe', name: 'Carte bancaire' },
        date: `${date}T10:16:00+02:00`,
        amount: gross,
        fee: { amount: '0.84', currency: 'EUR' },
        transactionId: `ch_3Bench${String(id).padStart(17, '0')}`,
      },
    ],
    totals: { net: unitsText(net, 2), tax: unitsText(tax, 2), gross },
  };
}

function productLine(id: number, place: number, random: () => number) {
  const rate = RATES[Math.floor(random() * RATES.length)] ?? RATES[0];
  const quantity = 1 + Math.floor(random() * 3);
  const net = BigInt(100 + Math.floor(random() * 20_000)) * BigInt(quantity);
  const label = `${WORDS[Math.floor(random() * WORDS.length)]}, modèle ${id % 977}, finition soignée, série ${place + 1}`;
  return line({
    id: String(place + 1),
    kind: 'product',
    label,
    net,
    rate,
    quantity: String(quantity),
    sku: `SKU-${id % 5000}-${place}`,
  });
}

function line({
  id,
  kind,
  label,
  net,
  rate,
  quantity,
  sku,
}: {
  id: string;
  kind: string;
  label: string;
  net: bigint;
  rate: (typeof RATES)[number];
  quantity?: string;
  sku?: string;
}) {
  const [rule, percent, numerator, denominator] = rate;
  const tax = (net * numerator * 2n + denominator) / (denominator * 2n); // half up
  return {
    netCents: net,
    taxCents: tax,
    json: {
      id,
      kind,
      label,
      ...(sku === undefined
        ? { carrier: { id: 'colissimo', name: 'Colissimo' } }
        : { product: { id: sku, sku, type: 'simple' }, quantity }),
      taxRule: { id: rule, name: `TVA ${percent} %` },
      netBeforeDiscount: unitsText(net, 2),
      net: unitsText(net, 2),
      taxes: [
        {
          code: `FR-${percent}`,
          name: `TVA ${percent} %`,
          rate: percent,
          base: unitsText(net, 2),
          amount: unitsText(tax, 2),
        },
      ],
      gross: unitsText(net + tax, 2),
    },
  };
}

/** Mulberry32: small, seeded, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

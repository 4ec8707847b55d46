import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile, ProfileInput } from '../src/profiles/profile.ts';
import { validateProfile } from '../src/profiles/validate.ts';
import type { RunKind, RunOutcome } from '../src/runs/events.ts';
import { startRun } from '../src/runs/run.ts';
import { runDeps } from '../src/wiring/deps.ts';
import { openHome } from '../src/wiring/home.ts';
import { known } from '../src/wiring/profiles.ts';

/**
 * The worked example of the manual: two orders of 2018 with their card payments and the credit note of January 2019, as
 * `comptoir-sales` documents, and the settings its windows show.
 */
const MANUAL: ProfileInput = {
  name: 'Manuel',
  shop: { type: 'prestashop', url: 'https://boutique.example' },
  ledger: { type: 'sage-pnm', companyName: 'MA BOUTIQUE' },
  chart: {
    accounts: {
      '4110000': 'Collectif clients',
      '4457120': 'TVA collectée 20 %',
      '707100': 'Ventes de marchandises',
      '5125': 'Banque Européenne Ltd',
    },
    journals: { VTE: 'Journal des ventes', BEU: 'Banque Européenne Ltd' },
    thirdParties: { WEBFRANCE: 'Client Web France' },
  },
  customers: { account: { mode: 'same', code: '4110000' }, thirdParty: { mode: 'same', code: 'WEBFRANCE' } },
  mappings: {
    journals: { default: { sales: 'VTE', creditNotes: 'VTE' } },
    sales: { default: { withVat: '707100', withoutVat: '707200' } },
    taxes: { default: { account: '4457120', code: 'C20' } },
    payments: {
      default: { create: true, journal: 'BEU', bank: '5125', fee: '627000', paymentMode: 'Carte bancaire' },
      exceptions: [{ item: 'Carte bancaire' }],
    },
  },
  entries: {
    sales: { date: 'invoice', piece: 'invoiceNumber', reference: 'WEB%OI', label: '%CF %CL - %IN - %OI' },
    creditNotes: {
      date: 'creditNote',
      piece: 'creditNoteNumber',
      reference: 'Web %OI - %CF %CL',
      label: 'Web %OI - %CF %CL',
    },
    payments: { date: 'invoice', piece: 'invoiceNumber', reference: 'Web %OI', label: 'Payment %OI of %OD' },
  },
  advanced: { timeZone: 'Europe/Paris' },
};

const HEADER = {
  format: 'comptoir-sales',
  version: '1.0',
  generator: 'manual',
  createdAt: '2019-01-21T09:00:00+01:00',
  shop: { id: 'manuel', name: 'Ma boutique', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR' },
};
const CUSTOMER = { id: '7', firstName: 'Paul', lastName: 'DURAND' };
const ADDRESS = { firstName: 'Paul', lastName: 'DURAND', postcode: '75011', city: 'Paris', country: 'FR' };
const COMMON = {
  customer: CUSTOMER,
  billing: ADDRESS,
  delivery: ADDRESS,
  currency: { code: 'EUR', base: 'EUR', rate: '1' },
};

function line(net: string, tax: string, gross: string) {
  return {
    id: '1',
    kind: 'product',
    taxRule: { id: '1', name: 'Taux normal' },
    net,
    taxes: [{ code: '1', name: 'TVA FR 20%', rate: '20', amount: tax }],
    gross,
  };
}

function sale(id: string, date: string, [net, tax, gross]: readonly [string, string, string]) {
  const method = { id: 'Carte bancaire', name: 'Carte bancaire' };
  return {
    kind: 'sale',
    key: `sale/${id}`,
    order: { id, date },
    invoice: { id, number: `#FA00000${id}`, date },
    ...COMMON,
    lines: [line(net, tax, gross)],
    payments: [{ id, direction: 'in', method, date, amount: gross }],
    totals: { net, tax, gross },
  };
}

const DOCUMENTS = [
  sale('1', '2018-11-26', ['403.00', '80.60', '483.60']),
  sale('2', '2018-12-20', ['11.22', '2.24', '13.46']),
  {
    kind: 'creditNote',
    key: 'creditNote/1',
    order: { id: '1', date: '2018-11-26' },
    invoice: { id: '1', number: '#FA000001', date: '2018-11-26' },
    creditNote: { id: '1', number: '000001', date: '2019-01-20' },
    ...COMMON,
    lines: [line('335.83', '67.17', '403.00')],
    totals: { net: '335.83', tax: '67.17', gross: '403.00' },
  },
];

export type ManualRun = { readonly outcome: RunOutcome; readonly bytes: Buffer };

/** A whole run over the manual's documents, from a file to the bytes delivered, in a data folder of its own. */
export async function runManual(
  kind: RunKind,
  format: 'sage-pnm' | 'fec',
  changes: Partial<ProfileInput> = {},
): Promise<ManualRun> {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-manual-'));
  try {
    const store = await openHome(home, {});
    const path = join(home, 'manual.jsonl');
    await writeFile(path, [HEADER, ...DOCUMENTS].map((one) => `${JSON.stringify(one)}\n`).join(''));
    await mkdir(join(home, 'out'));
    const document = JSON.stringify(profileOf({ ...MANUAL, ...changes }));
    await store.profiles.add({ id: 'manuel', document, demo: false, at: '2026-11-01T08:00:00Z' });
    const run = startRun(
      runDeps(store, home, () => Date.UTC(2019, 0, 21, 9)),
      {
        profile: 'manuel',
        kind,
        source: { type: 'file', path },
        period: { type: 'all' },
        includeTransferred: false,
        mode: 'write',
        startedBy: 'cli',
        format,
        folder: join(home, 'out'),
      },
      new AbortController().signal,
    );
    let step = await run.next();
    while (!step.done) step = await run.next();
    await store.close();
    const [file] = step.value.files;
    if (file === undefined) throw new TypeError(`Nothing was written: ${JSON.stringify(step.value)}`);
    return { outcome: step.value, bytes: await readFile(file.path) };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function profileOf(input: ProfileInput): Profile {
  const validated = validateProfile(input, known);
  if (!validated.ok) throw new TypeError(`The manual's profile is refused: ${JSON.stringify(validated.errors)}`);
  return validated.profile;
}

import { isTimeZone } from '../core/calendar.ts';
import { numberedCode } from '../core/customer-codes.ts';
import { PATTERN_CODES, parsePattern } from '../core/pattern.ts';
import { isPlaceCode } from '../core/territories.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import { codeFaults, type HoldingLimits } from './code-limits.ts';
import { exceptionFaults, PLACES } from './exceptions.ts';
import { type FieldError, fault } from './fault.ts';
import { exampleName, nameFault } from './file-names.ts';
import { type Profile, profileSchema } from './profile.ts';
import { schemaFaults } from './schema-faults.ts';
import { unsupported } from './unsupported.ts';

/** What `main.ts` knows of shops and ledgers, as far as a profile depends on it. */
export type Known = {
  readonly shops: readonly { readonly id: string }[];
  readonly ledgers: readonly {
    readonly id: string;
    /** Whether a list of customers can go beside the entries. */
    readonly hasCustomers: boolean;
    /** What it is with these options. */
    readonly facts: (options: FormatChoice) => {
      readonly carries: readonly string[];
      /** Whether its files can be continued. */
      readonly appends: boolean;
      readonly limits: HoldingLimits;
      readonly accountSigns: 'any' | 'digits';
      readonly supplierCodes: RegExp | null;
    };
    readonly optionFaults: (
      options: LedgerOptions,
    ) => readonly { readonly name: string; readonly value: string; readonly expected: string }[];
  }[];
  /** What is wrong with the user's own format, by its places. */
  readonly definitionFaults: (definition: FormatDefinition) => readonly FieldError[];
};

type LedgerOptions = Profile['ledger']['options'];
type FormatChoice = Readonly<Record<string, string | number | FormatDefinition | null>>;

export type Validated =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** The one door for profiles, wherever they come from: the shape, then what is refused, then what fields ask of each other. */
export function validateProfile(input: unknown, known: Known): Validated {
  const parsed = profileSchema.safeParse(input);
  if (!parsed.success) return { ok: false, errors: schemaFaults(parsed.error.issues, input) };
  const profile = parsed.data;
  const errors = [
    ...unsupported(profile).map(({ path, reason, ...values }) => fault(path, `unsupported.${reason}`, values)),
    ...shopFaults(profile, known),
    ...ledgerFaults(profile, known),
    ...definitionFaults(profile, known),
    ...customerFaults(profile),
    ...patternFaults(profile),
    ...exceptionFaults(profile),
    ...periodFaults(profile),
    ...homeFaults(profile),
    ...hookFaults(profile),
  ];
  return errors.length === 0 ? { ok: true, profile } : { ok: false, errors };
}

function shopFaults({ shop }: Profile, known: Known): FieldError[] {
  const faults: FieldError[] = [];
  if (!known.shops.some(({ id }) => id === shop.type)) {
    faults.push(
      fault('shop.type', 'unknown-shop', { value: shop.type, known: known.shops.map(({ id }) => id).join(', ') }),
    );
  }
  const urlFault = faultOfUrl(shop.url, shop.http.allowPlainHttp);
  if (urlFault !== null) faults.push(fault('shop.url', urlFault, { value: shownUrl(shop.url) }));
  const { certificate, basicAuthUser } = shop.http;
  if (certificate !== null && !/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(certificate)) {
    faults.push(fault('shop.http.certificate', 'not-a-certificate'));
  }
  if (basicAuthUser?.includes(':')) faults.push(fault('shop.http.basicAuthUser', 'colon-in-user'));
  return faults;
}

/** Empty is allowed: the profile then says that its address is missing, and nothing is read. */
function faultOfUrl(text: string, allowPlainHttp: boolean): string | null {
  if (text === '') return null;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'not-a-url';
  if (url.username !== '' || url.password !== '') return 'url-with-password';
  if (url.search !== '' || url.hash !== '') return 'url-with-query';
  if (url.protocol === 'http:' && !allowPlainHttp && !isLoopback(url.hostname)) return 'plain-http';
  return null;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** Never what may be a password. */
function shownUrl(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@').slice(0, 100);
}

function ledgerFaults(profile: Profile, known: Known): FieldError[] {
  const { ledger } = profile;
  const kind = known.ledgers.find(({ id }) => id === ledger.type);
  const faults: FieldError[] = [];
  if (kind === undefined) {
    faults.push(
      fault('ledger.type', 'unknown-ledger', {
        value: ledger.type,
        known: known.ledgers.map(({ id }) => id).join(', '),
      }),
    );
  } else {
    if (definitionFaults(profile, known).length === 0) faults.push(...fitFaults(profile, kind));
    for (const { name, ...values } of kind.optionFaults(ledger.options))
      faults.push(fault(`ledger.options.${name}`, 'wrong-option', { ...values, format: kind.id }));
  }
  if (ledger.folder !== null && !isAbsolute(ledger.folder))
    faults.push(fault('ledger.folder', 'folder-not-absolute', { value: ledger.folder }));
  for (const name of ['salesFile', 'creditNotesFile'] as const)
    faults.push(...fileNameFaults(`ledger.${name}`, ledger[name], ledger, true));
  if (ledger.zip && ledger.policy === 'append') faults.push(fault('ledger.zip', 'zip-with-append'));
  faults.push(...customersFileFaults(profile, kind));
  if ((ledger.siren === null) !== (ledger.closingDate === null)) {
    faults.push(fault(ledger.siren === null ? 'ledger.siren' : 'ledger.closingDate', 'siren-and-closing-date'));
  }
  return faults;
}

/** What the files of the format cannot hold of the profile. */
function fitFaults(profile: Profile, kind: Known['ledgers'][number]): FieldError[] {
  const { ledger } = profile;
  const facts = kind.facts({ ...ledger.options, definition: ledger.definition });
  const { carries, appends, limits } = facts;
  const format = kind.id;
  return [
    ...codeFaults(profile, facts).map(({ path, value, wrong, limit }) =>
      fault(path, wrong, { value, format, ...(limit !== null && { limit }) }),
    ),
    ...carriedFaults(profile, { id: format, carries }),
    ...decimalFaults(profile, { id: format, limits }),
    ...(ledger.policy === 'append' && !appends ? [fault('ledger.policy', 'no-append', { format })] : []),
  ];
}

/** The user's own format, as it stands in the profile. */
function definitionFaults({ ledger }: Profile, known: Known): readonly FieldError[] {
  if (ledger.definition === null) return [];
  const faults = known.definitionFaults(ledger.definition);
  return faults.map(({ path, ...rest }) => ({ path: `ledger.definition.${path}`, ...rest }));
}

function customersFileFaults({ ledger }: Profile, kind: Known['ledgers'][number] | undefined): FieldError[] {
  const name = ledger.customersFile;
  const path = 'ledger.customersFile';
  if (name === null) return [];
  const [unusable] = fileNameFaults(path, name, ledger, false);
  if (unusable !== undefined) return [unusable];
  if (kind !== undefined && !kind.hasCustomers) return [fault(path, 'no-customers-file', { format: kind.id })];
  const others = [ledger.salesFile, ledger.creditNotesFile].map(bareName);
  return others.includes(bareName(name)) ? [fault(path, 'same-file-name', { value: name })] : [];
}

function fileNameFaults(path: string, name: string, ledger: Profile['ledger'], ofParts: boolean): FieldError[] {
  if (!isFileName(exampleName(name))) return [fault(path, 'not-a-file-name', { value: name })];
  const wrong = nameFault(name, ledger, ofParts);
  return wrong === null ? [] : [fault(path, wrong.code, wrong.values)];
}

/** Without its extension and in lower case, as some systems compare names. */
function bareName(name: string): string {
  return name.replace(/\.[^.]*$/, '').toLowerCase();
}

/** What entries are to have and the files of the format have no place for. */
function carriedFaults(
  { entries, ledger }: Profile,
  kind: { readonly id: string; readonly carries: readonly string[] },
): FieldError[] {
  const wanted = (
    [
      ['inCurrency', 'currency'],
      ['analytics', 'section'],
      ['analyticsForCarriers', 'section'],
      ['matchingCodes', 'matching'],
      ['matchingOpen', 'matching'],
    ] as const
  ).filter(([name]) => entries[name]);
  const faults = wanted
    .filter(([, what]) => !kind.carries.includes(what))
    .map(([name]) => fault(`entries.${name}`, 'not-carried', { format: kind.id }));
  const short = kind.id === 'sage-pnm' && ledger.recordLength === 138;
  return wanted.length > 0 && short ? [...faults, fault('ledger.recordLength', 'short-record')] : faults;
}

/** Decimals that the files of a format do not take; also asked when a run names another format than its profile's. */
export function decimalFaults(
  { reading }: Profile,
  { id, limits }: { readonly id: string; readonly limits: Pick<HoldingLimits, 'decimals'> },
): FieldError[] {
  const { decimals } = reading;
  if (limits.decimals === null || decimals <= limits.decimals) return [];
  const values = { value: String(decimals), limit: String(limits.decimals), format: id };
  return [fault('reading.decimals', 'too-many-decimals', values)];
}

/** Of this machine or of another: a profile travels. */
function isAbsolute(folder: string): boolean {
  return (
    /^(\/|\\\\|[A-Za-z]:[\\/])/.test(folder) && !/(^|[\\/])\.\.([\\/]|$)/.test(folder) && !folder.includes('\u0000')
  );
}

/** A name alone, that Windows takes too: exported files travel. */
function isFileName(name: string): boolean {
  if (/^\.|[. ]$/.test(name) || /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(name)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a file name must not hold.
  return !/[/\\:*?"<>|\u0000-\u001f]/.test(name);
}

/** A code of each customer's own needs room for a number behind its prefix. */
function customerFaults({ customers }: Profile): FieldError[] {
  return (['account', 'thirdParty'] as const).flatMap((name) => {
    const code = customers[name];
    if (code.mode !== 'onePerCustomer' || numberedCode(code, 1) !== null) return [];
    return [
      fault(`customers.${name}.length`, 'no-room-for-number', { prefix: code.prefix, length: String(code.length) }),
    ];
  });
}

function patternFaults(profile: Profile): FieldError[] {
  const faults: FieldError[] = [];
  for (const kind of ['sales', 'creditNotes', 'payments'] as const) {
    for (const name of ['reference', 'label'] as const) {
      const pattern = parsePattern(profile.entries[kind][name]);
      if (!('unknown' in pattern)) continue;
      const known = PATTERN_CODES.map((code) => `%${code}`).join(' ');
      faults.push(fault(`entries.${kind}.${name}`, 'unknown-pattern-code', { value: pattern.unknown, known }));
    }
  }
  return faults;
}

function periodFaults(profile: Profile): FieldError[] {
  const { defaultPeriod, from, to } = profile.import;
  if (defaultPeriod !== 'custom') return [];
  if (from === null) return [fault('import.from', 'period-without-days')];
  if (to === null) return [fault('import.to', 'period-without-days')];
  return from > to ? [fault('import.to', 'period-backwards', { from, to })] : [];
}

function homeFaults({ advanced: { timeZone, country } }: Profile): FieldError[] {
  const faults: FieldError[] = [];
  if (timeZone !== null && !isTimeZone(timeZone))
    faults.push(fault('advanced.timeZone', 'unknown-time-zone', { value: timeZone }));
  if (country !== null && !isPlaceCode(country))
    faults.push(fault('advanced.country', 'unknown-territory', { value: country, known: PLACES }));
  return faults;
}

/** A name alone: scripts stand in one folder of the data folder, where a profile brings none. */
function hookFaults({ advanced: { hook } }: Profile): FieldError[] {
  if (hook === null || (/^\w[\w.-]*\.(?:ts|mts|js|mjs)$/.test(hook) && !/\.d\.m?ts$/.test(hook))) return [];
  return [fault('advanced.hook', 'not-a-script-name', { value: hook })];
}

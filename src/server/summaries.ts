import { basename, dirname } from 'node:path';
import type {
  DeliveredFile,
  LedgerChoice,
  ProfileSummary,
  RunDocumentRow,
  RunSummary,
  ShopChoice,
} from '../api/api.ts';
import { currencyOf, moneyText } from '../core/money.ts';
import { FAILURE_VALUES } from '../core/problem.ts';
import type { SealedPart } from '../ledgers/ledger.ts';
import type { Profile } from '../profiles/profile.ts';
import { countsOf, documentOf, fileOf, requestOf, troublesOf } from '../runs/stored.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import { reasonOf } from './causes.ts';

/** What travels of runs, documents and profiles, built field by field: a larger object would carry more than is meant. */
export function runSummary(row: RunRow, ledgers: readonly LedgerChoice[]): RunSummary {
  const currency = currencyOf(row.currency, row.decimals);
  const counts = countsOf(row);
  const file = fileOf(row);
  const { startedBy, source, user = null, writtenBy = null } = requestOf(row);
  // What ended a run comes after what it was warned of; its log and its completeness tell the warnings.
  const trouble = troublesOf(row).findLast(({ code }) => code in FAILURE_VALUES);
  return {
    id: row.id,
    kind: row.kind,
    from: row.from,
    to: row.to,
    state: row.state,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    startedBy,
    user,
    writtenBy,
    sourceFile: source.type === 'file' ? (source.name ?? basename(source.path)) : null,
    counts: {
      read: counts.read,
      ready: counts.ready,
      held: counts.held,
      excluded: counts.excluded,
      alreadyTransferred: counts.alreadyTransferred,
      written: counts.written,
      unticked: counts.unticked,
      entries: counts.entries,
      lines: counts.lines,
    },
    debit: moneyText({ minor: row.debitMinor, currency }),
    credit: moneyText({ minor: row.creditMinor, currency }),
    currency: row.currency,
    file: file && deliveredFile(file, ledgers),
    moreFiles: (file?.more ?? []).map((one) => deliveredFile(one, ledgers)),
    customersFile: file?.customers ? deliveredFile(file.customers, ledgers) : null,
    annexFile: file?.annex ? placeOf(file.annex) : null,
    trouble: trouble === undefined ? null : { code: trouble.code, values: trouble.values },
  };
}

function deliveredFile(
  { targetPath, format, bytes, lines, sha256 }: SealedPart,
  ledgers: readonly LedgerChoice[],
): DeliveredFile {
  return {
    ...placeOf({ targetPath }),
    format,
    formatName: ledgers.find(({ id }) => id === format)?.name ?? format,
    bytes,
    lines,
    sha256,
  };
}

function placeOf({ targetPath }: Pick<SealedPart, 'targetPath'>): Pick<DeliveredFile, 'name' | 'folder'> {
  return { name: basename(targetPath), folder: dirname(targetPath) };
}

export function profileSummary(
  id: string,
  { profile, demo }: { readonly profile: Profile; readonly demo: boolean },
  { shops, ledgers }: { readonly shops: readonly ShopChoice[]; readonly ledgers: readonly LedgerChoice[] },
): ProfileSummary {
  return {
    id,
    name: profile.name,
    shop: profile.shop.type,
    shopName: shops.find((shop) => shop.id === profile.shop.type)?.name ?? profile.shop.type,
    ledger: profile.ledger.type,
    ledgerName: ledgers.find((ledger) => ledger.id === profile.ledger.type)?.name ?? profile.ledger.type,
    url: profile.shop.url,
    demo,
  };
}

export function documentSummary(row: DocumentRow): RunDocumentRow {
  const { kind, key, orderNumber, orderId, invoiceNumber, creditNoteNumber, date, gross, currency, reasons } =
    documentOf(row);
  return {
    kind,
    key,
    order: orderNumber ?? orderId,
    piece: creditNoteNumber ?? invoiceNumber,
    date,
    gross,
    currency,
    state: row.state,
    reasons: reasons.map(reasonOf),
  };
}

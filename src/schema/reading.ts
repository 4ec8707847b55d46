import { decimalText } from '../core/decimal.ts';
import { type SalesDocument, sourceOf } from '../core/document.ts';
import type { Problem, ProblemCode } from '../core/problem.ts';
import { choice, decimal, type Fields, fields, list, matching, optional, text, textOr } from './decode.ts';

/**
 * What a reader knew of a document beside the document itself, as `comptoir-sales` 1.1 carries it in `reading`: with it a
 * file gives the same entries as the shop did. Programs that write files need none of it.
 */
export type Reading = Pick<SalesDocument, 'taxCountry' | 'tolerance' | 'wholeOrder' | 'remarks'>;

const AMOUNT = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;
const COUNTRY = /^[A-Z]{2}$/;
const PARTS = /^\d{1,6}$/;
const CODE = /^[a-z]+\.[a-z-]+$/;
const SEVERITIES = new Set<Problem['severity']>(['hold', 'part', 'exclude', 'warn']);

const READING = new Set(['taxCountry', 'tolerance', 'wholeOrder', 'remarks']);
const WHOLE_ORDER = new Set(['saleParts', 'sales', 'creditNotes', 'paidIn', 'paidOut', 'firstMethod']);
const REMARK = new Set(['code', 'severity', 'part', 'values']);
const VALUE = new Set(['name', 'value']);

/** Null when the reader knew nothing more. */
export function readingToJson({ taxCountry, tolerance, wholeOrder, remarks }: SalesDocument): Fields | null {
  if (taxCountry === null && tolerance === null && wholeOrder === null && remarks.length === 0) return null;
  return {
    ...(taxCountry !== null && { taxCountry }),
    ...(tolerance !== null && { tolerance: decimalText(tolerance) }),
    ...(wholeOrder !== null && {
      wholeOrder: {
        saleParts: String(wholeOrder.saleParts),
        sales: decimalText(wholeOrder.sales),
        creditNotes: decimalText(wholeOrder.creditNotes),
        paidIn: decimalText(wholeOrder.paidIn),
        paidOut: decimalText(wholeOrder.paidOut),
        ...(wholeOrder.firstMethod != null && { firstMethod: wholeOrder.firstMethod }),
      },
    }),
    ...(remarks.length > 0 && {
      remarks: remarks.map(({ code, severity, part, values }) => ({
        code,
        severity,
        ...(part !== null && { part }),
        values: Object.entries(values).map(([name, value]) => ({ name, value })),
      })),
    }),
  };
}

/** What `reading` spells, for the document it stands in; throws `Unreadable`. */
export function readReading(value: unknown, document: SalesDocument): Reading {
  const from = fields(value, READING);
  const source = sourceOf(document);
  return {
    taxCountry: from.taxCountry === undefined ? null : matching(from, 'taxCountry', COUNTRY, 'not-country'),
    tolerance: from.tolerance === undefined ? null : amount(from, 'tolerance'),
    wholeOrder: optional(from, 'wholeOrder', (whole) => {
      const order = fields(whole, WHOLE_ORDER);
      return {
        saleParts: Number(matching(order, 'saleParts', PARTS, 'not-count')),
        sales: amount(order, 'sales'),
        creditNotes: amount(order, 'creditNotes'),
        paidIn: amount(order, 'paidIn'),
        paidOut: amount(order, 'paidOut'),
        firstMethod: textOr(order, 'firstMethod'),
      };
    }),
    remarks: list(from, 'remarks', 100, (one) => {
      const remark = fields(one, REMARK);
      return {
        code: matching(remark, 'code', CODE, 'not-code') as ProblemCode, // of another version it may be unknown: shown as it is
        severity: choice(remark, 'severity', SEVERITIES),
        source,
        part: textOr(remark, 'part'),
        values: Object.fromEntries(
          list(remark, 'values', 50, (pair) => {
            const { name, value: said } = named(fields(pair, VALUE));
            return [name, said] as const;
          }),
        ),
      };
    }),
  };
}

function named(from: Fields) {
  return { name: text(from, 'name', 60, 1), value: text(from, 'value') };
}

function amount(from: Fields, key: string) {
  return decimal(from, key, AMOUNT, 'not-amount');
}

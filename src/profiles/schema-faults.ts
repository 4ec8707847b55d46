import type { z } from 'zod';
import type { FieldError } from './fault.ts';
import { getAt, pathText } from './paths.ts';

type Issue = z.core.$ZodIssue;

const MAX_SHOWN = 60;

/** What the schema found, in the profile's own codes: `unknown-field`, `wrong-type`, `not-a-choice` ... */
export function schemaFaults(issues: readonly Issue[], input: unknown): readonly FieldError[] {
  return issues.flatMap((issue) => faultsOf(issue, input));
}

function faultsOf(issue: Issue, input: unknown): FieldError[] {
  const path = pathText(issue.path);
  const found = getAt(
    input,
    issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  );
  const value = shown(found);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key]),
        code: 'unknown-field',
        values: { value: key },
      }));
    case 'invalid_type':
      if (found === undefined) return [{ path, code: 'missing', values: {} }];
      return [{ path, code: 'wrong-type', values: { value, expected: issue.expected } }];
    case 'invalid_value':
      return [{ path, code: 'not-a-choice', values: { value, known: issue.values.map(String).join(', ') } }];
    case 'invalid_union':
      return [{ path, code: 'not-a-choice', values: { value, known: choicesOf(issue) } }];
    case 'too_big': {
      const code = issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-large';
      return [{ path, code, values: { value, limit: String(issue.maximum) } }];
    }
    case 'too_small': {
      const code = issue.origin === 'string' ? 'too-short' : 'too-small';
      return [{ path, code, values: { value, limit: String(issue.minimum) } }];
    }
    case 'invalid_format':
      return [
        {
          path,
          code: FORMATS[issue.message] ?? (issue.format === 'date' ? 'bad-date' : 'bad-format'),
          values: { value },
        },
      ];
    default:
      return [{ path, code: 'control-characters', values: {} }];
  }
}

/** By the sentence that the schema gives with a pattern. */
const FORMATS: Readonly<Record<string, string>> = {
  'two capital letters, ISO 3166-1 (FR, BE ...)': 'bad-country',
  'three capital letters, ISO 4217 (EUR ...)': 'bad-currency',
  'a decimal with a point, such as 0.05': 'bad-decimal',
  'a decimal with a point, such as 1.0862': 'bad-decimal',
  'nine digits': 'bad-siren',
};

function choicesOf(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const known = issue.errors.flatMap((errors) =>
    errors.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : [])),
  );
  if (known.length > 0) return known.join(', ');
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String).join(', ') : '';
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : jsonOf(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** Lists and objects by their sign alone where they may be nested deeper than JSON can be written. */
function jsonOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  return Array.isArray(value) ? '[…]' : '{…}';
}

import type { z } from 'zod';

/**
 * The first thing a parser complains about: where (`line_items.0.total`) and why, for a problem. The reason is the key
 * of a word, with a detail after a colon: `missing`, `not-decimal: 12,5`.
 */
export function firstIssue(error: z.ZodError): { field: string; reason: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { field: '', reason: '' };
  const field = issue.path.map(String).join('.');
  return { field: field === '' ? 'record' : field, reason: reasonOf(issue) };
}

/** Of the schemas' own refusals the message is the reason already. */
function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'missing' : `wrong-type: ${issue.expected}`;
    case 'invalid_value':
      return `not-a-choice: ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'not-a-choice';
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? `bad-format: ${issue.format}` : issue.message;
    case 'unrecognized_keys':
      return `unknown-field: ${issue.keys.join(', ')}`;
    case 'too_big':
      return `too-large: ${issue.maximum}`;
    case 'too_small':
      return `too-small: ${issue.minimum}`;
    default:
      return issue.message;
  }
}

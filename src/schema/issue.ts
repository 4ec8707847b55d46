import type { z } from 'zod';

/** The first thing a parser complains about: where (`line_items.0.total`) and why, as text for a problem. */
export function firstIssue(error: z.ZodError): { field: string; reason: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { field: '', reason: '' };
  const field = issue.path.map(String).join('.');
  return { field: field === '' ? 'record' : field, reason: issue.message };
}

import { profileSchema } from './profile.ts';

const STEP = /(?:^|\.)([^.[\]"]+)|\[(\d+|\+)\]|\["([^"\]]+)"\]/y;
const MAX_STEPS = 12;
/** Names that would reach into the language instead of the document. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * Reads `mappings.taxes.exceptions[0].account`; `.0` and `[0]` are the same place, `[+]` is the one after the last,
 * and a name that holds a point is quoted: `chart.accounts["41.1"]`. Null when it is not a path.
 */
export function parsePath(text: string): readonly string[] | null {
  const steps: string[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    const step = match?.[1] ?? match?.[2] ?? match?.[3];
    if (step === undefined || FORBIDDEN.has(step) || steps.length >= MAX_STEPS) return null;
    steps.push(step);
  }
  return steps.length === 0 ? null : steps;
}

/** `mappings.taxes.exceptions[0].account`, as errors and the command line write it. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/[.[\]"]/.test(String(step))) text += `["${String(step)}"]`;
    else text += text === '' ? String(step) : `.${String(step)}`;
  }
  return text;
}

/** The value at the path, or undefined when nothing is there. */
export function getAt(document: unknown, path: readonly (string | number)[]): unknown {
  let current = document;
  for (const step of path) {
    if (Array.isArray(current)) current = current[placeIn(current, String(step)) ?? -1];
    else if (isRecord(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** A copy of the document with that value at the path; undefined when a step leads nowhere (a place past the end). */
export function setAt(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(document)) {
    const place = placeIn(document, String(step));
    if (place === null) return undefined;
    const inner = setAt(document[place], rest, value);
    return inner === undefined ? undefined : [...document.slice(0, place), inner, ...document.slice(place + 1)];
  }
  if (document !== undefined && document !== null && !isRecord(document)) return undefined;
  if (document === undefined && (step === '+' || step === 0)) return setAt([], path, value);
  const inner = setAt(document?.[step], rest, value);
  return inner === undefined ? undefined : { ...document, [step]: inner };
}

/**
 * A copy of the profile with the field set from text, as `PATH=VALUE` of the command line gives it: JSON when it is
 * JSON, else text; an account that happens to be a number stays text. Undefined when the path leads nowhere.
 */
export function setFromText(document: unknown, path: readonly string[], text: string): unknown {
  const value = parseValue(text);
  const changed = setAt(document, path, value);
  if (typeof value === 'string' || changed === undefined) return changed;
  const asText = setAt(document, path, text);
  return faultsAt(changed, path) > faultsAt(asText, path) ? asText : changed;
}

/** Every place a pattern such as `mappings.taxes.exceptions[].account` names in a document, with its value. */
export function expand(
  document: unknown,
  pattern: string,
): readonly { readonly path: string; readonly value: unknown }[] {
  const [head = '', ...rest] = pattern.split('[]');
  const value = getAt(
    document,
    head.split('.').filter((step) => step !== ''),
  );
  if (rest.length === 0) return value === undefined ? [] : [{ path: head, value }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((element, place) =>
    expand({ element }, `element${rest.join('[]')}`).map((found) => ({
      path: `${head}[${place}]${found.path.slice('element'.length)}`,
      value: found.value,
    })),
  );
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Faults of the schema at the path or below it; other faults of the document do not matter here. */
function faultsAt(document: unknown, path: readonly string[]): number {
  const { error } = profileSchema.safeParse(document);
  if (error === undefined) return 0;
  return error.issues.filter((issue) => path.every((step, index) => step === '+' || String(issue.path[index]) === step))
    .length;
}

function placeIn(list: readonly unknown[], step: string): number | null {
  if (step === '+') return list.length;
  if (!/^\d{1,6}$/.test(step)) return null;
  return Number(step) <= list.length ? Number(step) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

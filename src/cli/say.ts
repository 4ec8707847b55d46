import { Failure, type Problem } from '../core/problem.ts';
import type { Language } from '../i18n/language.ts';
import { hasSentence, translate, type Values } from '../i18n/translate.ts';
import type { FieldError } from '../profiles/fault.ts';
import type { RunTrouble } from '../runs/events.ts';

/** Sentences of the command line in the language asked. */
export type Say = {
  readonly language: Language;
  readonly text: (key: string, values?: Values) => string;
  /** What happened, and what to do about it (empty when the first says it all). */
  readonly reason: (problem: Pick<Problem, 'code' | 'values'>) => Spoken;
  readonly trouble: (trouble: Pick<RunTrouble, 'values'> & { readonly code: string }) => Spoken;
  readonly field: (error: FieldError) => string;
};

export type Spoken = { readonly message: string; readonly cure: string };

export function speaker(language: Language): Say {
  const text = (key: string, values: Values = {}) => translate(language, key, values);
  return { language, text, reason: (problem) => spoken([`problem.${problem.code}`], problem.values), trouble, field };

  function trouble({ code, values }: { readonly code: string; readonly values: Values }): Spoken {
    return spoken([`failure.${code}`, `problem.${code}`], values);
  }

  function field({ path, code, values }: FieldError): string {
    return text(`profile.${code}`, { path, ...values });
  }

  function spoken(stems: readonly string[], values: Values): Spoken {
    const stem = stems.find((key) => hasSentence(language, `${key}.message`)) ?? stems[0] ?? '';
    const cure = hasSentence(language, `${stem}.cure`) ? text(`${stem}.cure`, values) : '';
    return { message: text(`${stem}.message`, values), cure };
  }
}

/** Message and cure on one line. */
export function whole({ message, cure }: Spoken): string {
  return `${message} ${cure}`.trim();
}

/** What was asked cannot be done as it is written: the command ends with 2. */
export function usage(reason: string): Failure {
  return new Failure('usage', { reason });
}

/** `NAME=VALUE` in two; what has no name is bad usage, told by the sentence given. */
export function pair(text: string, otherwise: string): readonly [string, string] {
  const place = text.indexOf('=');
  if (place <= 0) throw usage(otherwise);
  return [text.slice(0, place), text.slice(place + 1)];
}

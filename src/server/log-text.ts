import type { LogLine } from '../api/api.ts';
import type { Language } from '../i18n/language.ts';
import { showAmount, showDuration, showTime, visible } from '../i18n/show.ts';
import { hasSentence, translate } from '../i18n/translate.ts';

const MARKS: Readonly<Record<LogLine['level'], string>> = {
  head: '',
  ok: '+ ',
  warn: '! ',
  held: '! ',
  failed: 'x ',
  info: '- ',
};

/** The log as a text file: the same sentences as on the page, a line each, groups apart. */
export function logText(lines: readonly LogLine[], language: Language, timeZone: string | null): string {
  const options = timeZone === null ? {} : { timeZone };
  return lines
    .map((line) => {
      const parts = [sentence(line, language), detail(line, language)].filter((part) => part !== '');
      const head = line.level === 'head' ? '\r\n' : '';
      return `${head}${showTime(line.at, language, options)}  ${MARKS[line.level]}${visible(parts.join('  ').replace(/\s*[\r\n]+\s*/g, ' '))}\r\n`;
    })
    .join('')
    .replace(/^\r\n/, '');
}

/** A problem fills the hole of the sentence that introduces it: as the cause that several documents share, if it has one. */
export function sentence({ event, values, reason }: LogLine, language: Language): string {
  if (reason === null) return translate(language, `log.${event}`, values);
  const keys = [`ui.cause.${reason.code}`, `problem.${reason.code}.message`, `failure.${reason.code}.message`];
  const key = keys.find((one) => hasSentence(language, one));
  const problem = key === undefined ? reason.code : translate(language, key, reason.values);
  return translate(language, `log.${event}`, { ...values, problem });
}

function detail({ values, detail: text, amount }: LogLine, language: Language): string {
  const { durationMs } = values;
  const parts = [
    text,
    amount === null ? null : showAmount(amount, language),
    durationMs === undefined ? null : showDuration(Number(durationMs), language),
  ];
  return parts.filter((part) => part !== null).join('  ');
}

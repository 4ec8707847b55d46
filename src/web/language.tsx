import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { LanguageFile } from '../api/languages.ts';
import { ownLanguage } from '../i18n/check.ts';
import { codeOf, LANGUAGES, type Language, languageOf, localeOf, marksOf } from '../i18n/language.ts';
import * as show from '../i18n/show.ts';
import { hasSentence, translate, type Values } from '../i18n/translate.ts';
import { get } from './api/client.ts';

/** Everything a component needs to speak: sentences, amounts and dates in the reader's language. */
export type Speech = ReturnType<typeof speechOf>;

const STORED = 'comptoir.language';
const Context = createContext<{ speech: Speech; language: Language; choose: (language: Language) => void } | null>(
  null,
);

/**
 * The language this browser chose, else its own. `?language=` of the address is for this tab alone: it shows a translation
 * in place. A language file that cannot be read now leaves the one it was made from.
 */
export async function chosenLanguage(): Promise<Language> {
  const shown = new URLSearchParams(window.location.search).get('language');
  if (shown !== null) sessionStorage.setItem(STORED, shown);
  const code = sessionStorage.getItem(STORED) ?? localStorage.getItem(STORED) ?? navigator.language;
  const builtIn = LANGUAGES.find((id) => id === code);
  if (builtIn !== undefined || code === navigator.language) return builtIn ?? languageOf(code);
  return get<LanguageFile>(`/api/languages/${encodeURIComponent(code)}`).then(ownLanguage, () => languageOf(code));
}

export function LanguageProvider({ first, children }: { first: Language; children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(first);
  const speech = useMemo(() => speechOf(language), [language]);
  useEffect(() => {
    document.documentElement.lang = localeOf(language).replace(/-(FR|GB)$/, '');
  }, [language]);
  const choose = (chosen: Language) => {
    localStorage.setItem(STORED, codeOf(chosen));
    sessionStorage.removeItem(STORED);
    setLanguage(chosen);
  };
  return <Context value={{ speech, language, choose }}>{children}</Context>;
}

export function useSpeech(): Speech {
  return useLanguage().speech;
}

export function useLanguage() {
  const value = useContext(Context);
  if (!value) throw new TypeError('useLanguage outside LanguageProvider');
  return value;
}

export function speechOf(language: Language) {
  return {
    code: codeOf(language),
    locale: localeOf(language),
    decimalMark: marksOf(language).decimal,
    say: (key: string, values?: Values) => translate(language, key, values),
    knows: (key: string) => hasSentence(language, key),
    amount: (text: string) => show.showAmount(text, language),
    money: (text: string, currency: string) => show.showMoney(text, currency, language),
    rate: (text: string) => show.showRate(text, language),
    percent: (text: string) => show.showPercent(text, language),
    count: (count: number) => show.showCount(count, language),
    day: (day: string) => show.showDay(day, language),
    longDay: (day: string) => show.showLongDay(day, language),
    month: (day: string) => show.showMonth(day, language),
    time: (instant: string, options?: { seconds?: boolean; timeZone?: string }) =>
      show.showTime(instant, language, options),
    date: (instant: string) => show.showDate(instant, language),
    duration: (ms: number) => show.showDuration(ms, language),
    bytes: (bytes: number) => show.showBytes(bytes, language),
    country: (code: string) => show.countryName(code, language),
    copied: (amount: string) => show.copyAmount(amount, language),
  };
}

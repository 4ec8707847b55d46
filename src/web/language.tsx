import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import * as show from '../i18n/show.ts';
import { hasSentence, type Language, languageOf, translate, type Values } from '../i18n/translate.ts';

/** Everything a component needs to speak: sentences, amounts and dates in the reader's language. */
export type Speech = ReturnType<typeof speechOf>;

const STORED = 'comptoir.language';
const Context = createContext<{ speech: Speech; language: Language; choose: (language: Language) => void } | null>(
  null,
);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    languageOf(localStorage.getItem(STORED) ?? navigator.language),
  );
  const speech = useMemo(() => speechOf(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language) => {
    localStorage.setItem(STORED, chosen);
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
    language,
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

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { CreateLanguage, LanguageFile, LanguageSummary } from '../../../api/languages.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Dialog, Field } from '../../parts/Controls.tsx';

type Props = { opened: boolean; languages: readonly LanguageSummary[]; onClose: () => void };

/** A language, where it is spoken, and the one it starts from. */
export function CreateLanguageDialog({ opened, languages, onClose }: Props) {
  const { say, code: spoken } = useSpeech();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [given, setGiven] = useState({ language: '', country: '', name: '', version: '1.0', from: spoken });
  const language = given.language.trim().toLowerCase();
  const country = given.country.trim().toUpperCase();
  const code = country === '' ? language : `${language}-${country}`;
  const wrong = !/^[a-z]{2,3}(-[A-Z]{2})?$/.test(code) || code === 'fr' || code === 'en';
  const create = useAct({
    mutationFn: (asked: CreateLanguage) => post<LanguageFile>('/api/languages', asked),
    onSuccess: (made: LanguageFile) => {
      queries.setQueryData(['language', made.code], made);
      void queries.invalidateQueries({ queryKey: ['languages'] });
      go(`/options/languages/${made.code}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) create.mutate({ code, name: given.name.trim(), version: given.version.trim(), from: given.from });
  };
  const set = (name: keyof typeof given, value: string) => setGiven({ ...given, [name]: value });
  /** Its own name for itself, when nobody has typed another. */
  const propose = () => {
    if (given.name !== '' || wrong) return;
    const name = new Intl.DisplayNames([code], { type: 'language', fallback: 'code' }).of(code) ?? code;
    set('name', name.charAt(0).toLocaleUpperCase(code) + name.slice(1));
  };
  return (
    <Dialog title={say('ui.languages.create.title')} opened={opened} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <div className="two">
          <Field
            id="create-language"
            label={say('ui.languages.create.language')}
            help={say('ui.languages.create.language.help')}
            error={given.language !== '' && wrong ? say('ui.languages.create.wrong') : null}
          >
            <input
              id="create-language"
              className="field"
              data-autofocus
              maxLength={3}
              aria-invalid={given.language !== '' && wrong}
              value={given.language}
              onChange={(event) => set('language', event.target.value)}
              onBlur={propose}
            />
          </Field>
          <Field
            id="create-country"
            label={say('ui.languages.create.country')}
            help={say('ui.languages.create.country.help')}
          >
            <input
              id="create-country"
              className="field"
              maxLength={2}
              value={given.country}
              onChange={(event) => set('country', event.target.value)}
              onBlur={propose}
            />
          </Field>
        </div>
        <div className="two">
          <Field id="create-name" label={say('ui.languages.create.name')}>
            <input
              id="create-name"
              className="field"
              maxLength={60}
              value={given.name}
              onChange={(event) => set('name', event.target.value)}
            />
          </Field>
          <Field id="create-version" label={say('ui.languages.version')}>
            <input
              id="create-version"
              className="field"
              maxLength={60}
              value={given.version}
              onChange={(event) => set('version', event.target.value)}
            />
          </Field>
        </div>
        <Field id="create-from" label={say('ui.languages.create.from')}>
          <select
            id="create-from"
            className="field"
            value={given.from}
            onChange={(event) => set('from', event.target.value)}
          >
            {languages
              .filter(({ fault }) => fault === null)
              .map((one) => (
                <option key={one.code} value={one.code}>
                  {one.name}
                </option>
              ))}
          </select>
        </Field>
        {create.error ? <TroubleNotice error={create.error} /> : null}
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('ui.cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            disabled={create.isPending || wrong || given.name.trim() === '' || given.version.trim() === ''}
          >
            {say('ui.languages.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

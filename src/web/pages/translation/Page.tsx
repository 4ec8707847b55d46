import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { LanguageFile } from '../../../api/languages.ts';
import { ownLanguage } from '../../../i18n/check.ts';
import { get, put, Refusal } from '../../api/client.ts';
import { useAppInfo } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useLanguage, useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Field, Segments } from '../../parts/Controls.tsx';
import { SaveBar } from '../../parts/SaveBar.tsx';
import { Skeleton } from '../home/Page.tsx';
import { categoryOf, isDone, rowsOf, SHOWS, type Show, sentencesWith } from './rows.ts';
import { Sentences } from './Sentences.tsx';

/** The translation editor (S-248 to S-251): every sentence of Comptoir, and how a language file says it. */
export function TranslationPage({ code }: { code: string }) {
  const { say } = useSpeech();
  const file = useQuery({
    queryKey: ['language', code],
    queryFn: () => get<LanguageFile>(`/api/languages/${encodeURIComponent(code)}`),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    document.title = `${say('ui.translation.title', { name: file.data?.name ?? code })} · Comptoir`;
  }, [say, code, file.data?.name]);
  return (
    <div className="shell options-shell">
      <main className="main">
        <header className="page-head settings-head">
          <div>
            <Link href="/options/languages" className="link-button back">
              <IconArrowLeft size={15} aria-hidden="true" /> {say('ui.options.languages')}
            </Link>
            <h1 className="page-title">
              {say('ui.translation.title', { name: file.data?.name ?? code })} <span className="muted">{code}</span>
            </h1>
          </div>
        </header>
        {file.error ? (
          <div className="options-body">
            <Unread query={file} />
          </div>
        ) : file.data ? (
          <Editor file={file.data} reload={file.refetch} />
        ) : (
          <Skeleton />
        )}
      </main>
    </div>
  );
}

type Head = { readonly name: string; readonly version: string };

function Editor({ file, reload }: { file: LanguageFile; reload: () => unknown }) {
  const { speech, choose } = useLanguage();
  const { say, count } = speech;
  const queries = useQueryClient();
  const info = useAppInfo();
  const [params, setParams] = useSearchParams();
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const [head, setHead] = useState<Head>({ name: file.name, version: file.version });
  const asked = {
    q: params.get('q') ?? '',
    category: params.get('category') ?? '',
    show: SHOWS.find((id) => id === params.get('show')) ?? ('all' as Show),
  };
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === '' || value === 'all') next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const sentences = useMemo(
    () => sentencesWith((key) => drafts[key] ?? file.translations[key] ?? '', file),
    [drafts, file],
  );
  // Filtered by what is saved: a line that is being translated does not go from under the hand.
  const kept = useMemo(() => sentencesWith((key) => file.translations[key] ?? '', file), [file]);
  const { q, category, show } = useDeferredValue(asked);
  const rows = useMemo(
    () => rowsOf(show === 'wrong' ? sentences : kept, { q, category, show }),
    [kept, sentences, q, category, show],
  );
  const now = useMemo(() => new Map(sentences.map((one) => [one.key, one])), [sentences]);
  const done = sentences.filter(isDone).length;
  const wrong = sentences.filter(({ fault }) => fault !== null);
  const counts: Record<Show, number> = {
    ...{ all: sentences.length, todo: sentences.length - done - wrong.length, done, wrong: wrong.length },
  };
  const changed = Object.keys(drafts);
  const changes = [
    ...(head.name === file.name ? [] : [say('ui.languages.name')]),
    ...(head.version === file.version ? [] : [say('ui.languages.version')]),
    ...changed,
  ];
  const save = useAct({
    mutationFn: () =>
      put<LanguageFile>(`/api/languages/${file.code}`, { revision: file.revision, ...head, changes: drafts }),
    onSuccess: (saved: LanguageFile) => {
      setDrafts({});
      queries.setQueryData(['language', file.code], saved);
      void queries.invalidateQueries({ queryKey: ['languages'] });
      if (speech.code === saved.code) choose(ownLanguage(saved));
    },
  });
  const write = useCallback(
    (key: string, text: string) =>
      setDrafts((before) => {
        const { [key]: _, ...rest } = before;
        return text === (file.translations[key] ?? '') ? rest : { ...rest, [key]: text };
      }),
    [file],
  );
  const changedElsewhere = save.error instanceof Refusal && save.error.code === 'language.changed';
  const faultyDraft = wrong.filter(({ key }) => key in drafts).length;
  return (
    <>
      <div className="translation">
        <div className="translation-head">
          <Field id="language-name" label={say('ui.languages.name')}>
            <input
              id="language-name"
              className="field"
              maxLength={60}
              value={head.name}
              onChange={(event) => setHead({ ...head, name: event.target.value })}
            />
          </Field>
          <Field id="language-version" label={say('ui.languages.version')}>
            <input
              id="language-version"
              className="field"
              maxLength={60}
              value={head.version}
              onChange={(event) => setHead({ ...head, version: event.target.value })}
            />
          </Field>
          <div className="translation-progress">
            <p>
              <strong className="figure">
                {say('ui.translation.progress', { done: count(done), total: count(sentences.length) })}
              </strong>{' '}
              <span className="muted">{say('ui.translation.missing', { n: count(counts.todo) })}</span>
            </p>
            <progress value={done} max={sentences.length} aria-label={say('ui.languages.progress')} />
          </div>
        </div>
        <div className="translation-filters">
          <input
            className="field"
            type="search"
            aria-label={say('ui.translation.filter')}
            placeholder={say('ui.translation.filter')}
            value={asked.q}
            onChange={(event) => set('q', event.target.value)}
          />
          <select
            className="field"
            aria-label={say('ui.translation.category')}
            value={asked.category}
            onChange={(event) => set('category', event.target.value)}
          >
            <option value="">{say('ui.translation.all-categories')}</option>
            {[...new Set(sentences.map(({ key }) => categoryOf(key)))].map((id) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
          <Segments
            label={say('ui.translation.show')}
            value={asked.show}
            choices={SHOWS.map((id) => ({
              ...{ id, label: say(`ui.translation.${id}`), count: counts[id], alert: id === 'wrong' },
            }))}
            onChoose={(id) => set('show', id)}
          />
        </div>
        {save.error ? (
          <TroubleNotice error={save.error}>
            {changedElsewhere ? (
              <div className="notice-acts">
                <Button
                  small
                  onClick={() => {
                    save.reset();
                    reload();
                  }}
                >
                  {say('ui.translation.reload')}
                </Button>
              </div>
            ) : null}
          </TroubleNotice>
        ) : null}
        <Sentences
          rows={rows}
          now={now}
          language={file}
          profile={info.data?.defaultProfile ?? info.data?.profiles[0]?.id ?? null}
          onWrite={write}
        />
      </div>
      <SaveBar
        changes={changes}
        saved={save.isSuccess}
        busy={save.isPending}
        blocked={faultyDraft > 0 ? say('ui.translation.blocked', { n: count(faultyDraft), wrong: faultyDraft }) : null}
        back="/options/languages"
        within={(path) => path.split('?')[0] === `/options/languages/${file.code}`}
        onApply={() =>
          save.mutateAsync().then(
            () => true,
            () => false,
          )
        }
        onDiscard={() => {
          setDrafts({});
          setHead({ name: file.name, version: file.version });
        }}
      />
    </>
  );
}

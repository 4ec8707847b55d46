import { Menu } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ImportedLanguage, LanguageFile, LanguageSummary } from '../../../api/languages.ts';
import { ownLanguage } from '../../../i18n/check.ts';
import { LANGUAGES } from '../../../i18n/language.ts';
import { get, post, Refusal, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useLanguage } from '../../language.tsx';
import { ActsMenu } from '../../parts/ActsMenu.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Confirm, Segments } from '../../parts/Controls.tsx';
import { jsonOf } from '../../parts/json-of.ts';
import { Table } from '../../parts/Table.tsx';
import { Skeleton } from '../home/Page.tsx';
import { CreateLanguageDialog } from './CreateLanguage.tsx';

const KEY = ['languages'];

/** A file to be taken in, and the one whose place it would take. */
type Incoming = { readonly document: unknown; readonly over: LanguageFile | null };

/** The language of the interface (S-247), and those that people write (S-248, S-249). */
export function Languages() {
  const { speech, choose } = useLanguage();
  const { say, count } = speech;
  const queries = useQueryClient();
  const [, go] = useLocation();
  const list = useQuery({ queryKey: KEY, queryFn: () => get<readonly LanguageSummary[]>('/api/languages') });
  const [creating, setCreating] = useState(false);
  const [replacing, setReplacing] = useState<Incoming | null>(null);
  const [leaving, setLeaving] = useState<LanguageSummary | null>(null);
  const speak = useAct({
    mutationFn: async (code: string) => {
      const builtIn = LANGUAGES.find((id) => id === code);
      choose(builtIn ?? ownLanguage(await get<LanguageFile>(`/api/languages/${code}`)));
    },
  });
  const take = useAct({
    mutationFn: ({ document, over }: Incoming) =>
      post<ImportedLanguage>('/api/languages/import', { document, over: over?.revision ?? null }),
    onSuccess: ({ file }: ImportedLanguage) => {
      setReplacing(null);
      queries.setQueryData(['language', file.code], file);
      void queries.invalidateQueries({ queryKey: KEY });
      if (speech.code === file.code) choose(ownLanguage(file));
    },
    onError: async (error: unknown, { document }: Incoming) => {
      if (!(error instanceof Refusal) || error.code !== 'language.exists') return;
      setReplacing({ document, over: await get<LanguageFile>(`/api/languages/${error.values.language}`) });
    },
  });
  const open = useAct({ mutationFn: async (file: File) => take.mutate({ document: await jsonOf(file), over: null }) });
  const leave = useAct({
    mutationFn: ({ code }: LanguageSummary) => remove<null>(`/api/languages/${code}`),
    onSuccess: (_: null, { code, base }: LanguageSummary) => {
      setLeaving(null);
      queries.removeQueries({ queryKey: ['language', code] });
      void queries.invalidateQueries({ queryKey: KEY });
      if (speech.code === code) choose(base ?? 'fr');
    },
  });
  if (list.error) return <Unread query={list} />;
  if (list.data === undefined) return <Skeleton />;
  const trouble = speak.error ?? open.error ?? leave.error ?? (replacing === null ? take.error : null);
  const nameOf = (code: string | null) => list.data.find((one) => one.code === code)?.name ?? code ?? '';
  return (
    <div className="access languages">
      <section className="card panel">
        <div>
          <p className="label">{say('ui.languages.own')}</p>
          <Segments
            label={say('ui.languages.own')}
            value={speech.code}
            choices={list.data
              .filter(({ fault }) => fault === null)
              .map(({ code, name }) => ({ id: code, label: name }))}
            onChoose={(code) => speak.mutate(code)}
          />
          <p className="help">{say('ui.languages.own.help')}</p>
        </div>
      </section>
      <section className="card table-card">
        <div className="card-head">
          <h2 className="section-title">{say('ui.languages.list')}</h2>
          <div className="languages-acts">
            <label className="button outlined">
              <IconUpload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.languages.file')}
              <input
                type="file"
                className="unseen"
                accept=".json,application/json"
                onChange={({ target }) => {
                  const [file] = target.files ?? [];
                  target.value = ''; // the same file may come again
                  if (file) open.mutate(file);
                }}
              />
            </label>
            <Button look="primary" onClick={() => setCreating(true)}>
              <IconPlus size={16} stroke={1.75} aria-hidden="true" /> {say('ui.languages.create')}
            </Button>
          </div>
        </div>
        <p className="muted languages-text">{say('ui.languages.text')}</p>
        {trouble ? (
          <div className="languages-text">
            <TroubleNotice error={trouble} />
          </div>
        ) : null}
        {take.data ? <Taken taken={take.data} /> : null}
        <Table
          label={say('ui.languages.list')}
          heads={[
            say('ui.languages.name'),
            say('ui.languages.code'),
            say('ui.languages.version'),
            say('ui.languages.progress'),
            [say('ui.acts'), 'unseen'],
          ]}
        >
          {list.data.map((one) => (
            <tr key={one.code}>
              <td>
                {one.base === null ? one.name : <Link href={`/options/languages/${one.code}`}>{one.name}</Link>}{' '}
                <span className="muted">
                  {one.fault !== null
                    ? null
                    : one.base === null
                      ? say('ui.languages.built-in')
                      : say('ui.languages.base', { base: nameOf(one.base) })}
                </span>
                {one.fault === null ? null : (
                  <span className="badge held" title={one.fault}>
                    {say('ui.languages.fault')}
                  </span>
                )}
              </td>
              <td>{one.code}</td>
              <td className="figure">{one.version}</td>
              <td className="figure">
                {say('ui.translation.progress', { done: count(one.translated), total: count(one.total) })}
              </td>
              <td className="right">
                {one.base === null && one.fault === null ? null : (
                  <ActsMenu name={one.name}>
                    <Menu.Item disabled={one.fault !== null} onClick={() => go(`/options/languages/${one.code}`)}>
                      {say('ui.languages.open')}
                    </Menu.Item>
                    <Menu.Item
                      component="a"
                      href={`/api/languages/${one.code}/file`}
                      download
                      disabled={one.fault !== null}
                    >
                      {say('ui.languages.export')}
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item color="var(--held)" onClick={() => setLeaving(one)}>
                      {say('ui.languages.delete')}
                    </Menu.Item>
                  </ActsMenu>
                )}
              </td>
            </tr>
          ))}
        </Table>
      </section>
      <CreateLanguageDialog opened={creating} languages={list.data} onClose={() => setCreating(false)} />
      {replacing?.over ? (
        <Confirm
          title={say('ui.languages.replace.title', { name: replacing.over.name })}
          text={say('ui.languages.replace.text')}
          act={say('ui.languages.replace')}
          opened
          busy={take.isPending}
          onAct={() => take.mutate(replacing)}
          onClose={() => {
            setReplacing(null);
            take.reset();
          }}
        />
      ) : null}
      {leaving ? (
        <Confirm
          title={say('ui.languages.delete.title', { name: leaving.name })}
          text={say('ui.languages.delete.text', { n: count(leaving.translated), translated: leaving.translated })}
          act={say('ui.languages.delete')}
          opened
          busy={leave.isPending}
          onAct={() => leave.mutate(leaving)}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </div>
  );
}

const MOST_SHOWN = 20;

/** What a file brought, and what of it stayed out, with why. */
function Taken({ taken: { file, refused } }: { taken: ImportedLanguage }) {
  const { say, count } = useLanguage().speech;
  const taken = Object.keys(file.translations).length;
  return (
    <div className={refused.length > 0 ? 'notice warning languages-text' : 'notice languages-text'} role="status">
      <div>
        <p>{say('ui.languages.imported', { n: count(taken), taken })}</p>
        {refused.length === 0 ? null : (
          <>
            <p>{say('ui.languages.refused', { n: count(refused.length), refused: refused.length })}</p>
            <ul>
              {refused.slice(0, MOST_SHOWN).map(({ key, reason, hole }) => (
                <li key={key}>
                  {key} : {say(`word.translation-${reason}`, { detail: hole })}
                </li>
              ))}
            </ul>
            {refused.length > MOST_SHOWN ? <p>{say('ui.more', { n: count(refused.length) })}</p> : null}
          </>
        )}
      </div>
    </div>
  );
}

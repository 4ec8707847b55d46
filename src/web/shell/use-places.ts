import { useMemo } from 'react';
import { useAppInfo, useProfileSchema, useRuns } from '../api/queries.ts';
import { useSpeech } from '../language.tsx';
import { KINDS } from '../pages/mapping/kinds.ts';
import { fieldsOf } from '../pages/settings/schema-help.ts';
import { SETTINGS_TABS } from '../pages/settings/tabs.ts';
import { fieldLabel } from '../pages/settings/words.ts';
import { kindWord, periodWords, runLook } from '../parts/state.ts';
import type { Place } from './search.ts';

/** All that can be gone to without asking the server for more than it has told: windows, acts, settings, runs, profiles. */
export function usePlaces(profile: string): readonly Place[] {
  const speech = useSpeech();
  const info = useAppInfo();
  const runs = useRuns(profile);
  const schema = useProfileSchema();
  return useMemo(() => {
    const { say } = speech;
    const own = `/p/${profile}`;
    const window = (title: string, href: string, told = ''): Place => {
      return { id: `window ${href}`, group: 'window', title, told, words: '', href };
    };
    const act = (title: string, href: string): Place => {
      return { id: `action ${href}`, group: 'action', title, told: '', words: '', href };
    };
    const settings = say('ui.nav.settings');
    return [
      window(say('ui.nav.home'), own),
      window(say('ui.nav.runs'), `${own}/runs`),
      window(say('ui.nav.dashboard'), `${own}/dashboard`),
      window(say('ui.documents'), `${own}/documents`),
      window(say('ui.nav.mappings'), `${own}/mapping`),
      ...KINDS.map(({ id }) => window(say(`ui.mapping.title.${id}`), `${own}/mapping/${id}`, say('ui.nav.mappings'))),
      ...SETTINGS_TABS.map(({ id, title }) => window(say(title), `${own}/settings/${id}`, settings)),
      window(say('ui.nav.format'), `${own}/format`),
      window(say('ui.nav.options'), '/options/about'),
      window(say('ui.options.profiles'), '/options/profiles', say('ui.nav.options')),
      window(say('ui.options.proxy'), '/options/proxy', say('ui.nav.options')),
      window(say('ui.nav.help'), '/help'),
      act(say('ui.keys.sales'), `${own}?import=sales`),
      act(say('ui.keys.credit-notes'), `${own}?import=credit-notes`),
      act(say('ui.file.load'), `${own}?import=file`),
      ...SETTINGS_TABS.flatMap((tab) =>
        fieldsOf(schema.data, tab.sections)
          .filter(({ path }) => !path.startsWith('mappings.') && !/[[*]/.test(path))
          .map(
            ({ path }): Place => ({
              ...{ id: `setting ${path}`, group: 'setting', title: fieldLabel(speech, path) },
              ...{ told: say(tab.title), words: path, href: `${own}/settings/${tab.id}` },
            }),
          ),
      ),
      ...(runs.data ?? []).map(
        (run): Place => ({
          ...{ id: `run ${run.id}`, group: 'run', words: run.file?.name ?? '' },
          title: `${say(`ui.kind.${kindWord(run.kind)}`)} ${periodWords(run, speech)}`,
          told: say(runLook(run.state).sentence),
          href: run.state === 'review' ? `${own}/review/${run.id}` : `${own}/runs/${run.id}`,
        }),
      ),
      ...(info.data?.profiles ?? [])
        .filter(({ id }) => id !== profile)
        .map(
          ({ id, name, shopName, ledgerName }): Place => ({
            ...{
              id: `profile ${id}`,
              group: 'profile',
              title: name,
              told: shopName,
              words: ledgerName,
              href: `/p/${id}`,
            },
          }),
        ),
    ];
  }, [speech, profile, info.data, runs.data, schema.data]);
}

import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FieldError, ProfileDocument, SaveProfile } from '../../../api/api.ts';
import { put, Refusal } from '../../api/client.ts';
import { profileKey, useGaps, useProfileDocument, useProfileHome, useShopLists } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { SaveBar } from '../../parts/SaveBar.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { isObject, type JsonObject } from '../settings/tabs.ts';
import { Defaults } from './Defaults.tsx';
import { type Draft, draftOf, mappingOf, withDrafts } from './draft.ts';
import { Exceptions } from './Exceptions.tsx';
import { GapBand, isFilled } from './GapBand.tsx';
import { KINDS } from './kinds.ts';
import { MappingList } from './MappingList.tsx';
import { TryIt } from './TryIt.tsx';

/** The mappings: what the shop has and the books lack, the default, the exceptions, and a place to try them (S-115 to S-140). */
export function MappingPage({ profile, which }: { profile: string; which: string }) {
  const { say } = useSpeech();
  const document = useProfileDocument(profile);
  return (
    <Shell profile={profile} here="mappings" title={say('ui.nav.mappings')}>
      {document.data && isObject(document.data.profile) ? (
        <Mappings
          key={profile}
          document={document.data}
          saved={document.data.profile}
          profile={profile}
          which={which}
        />
      ) : (
        <div className="page">
          <h1 className="page-title">{say('ui.nav.mappings')}</h1>
          {document.error ? <Unread query={document} /> : <Skeleton />}
        </div>
      )}
    </Shell>
  );
}

type Props = { document: ProfileDocument; saved: JsonObject; profile: string; which: string };

function Mappings({ document, saved, profile, which }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const home = useProfileHome(profile);
  const lists = useShopLists(profile);
  const gaps = useGaps(profile, true);
  const queries = useQueryClient();
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const kind = KINDS.find(({ id }) => id === which) ?? KINDS[0];
  const changed = useMemo(
    () =>
      KINDS.filter(({ id }) => {
        const draft = drafts[id];
        return (
          draft !== undefined && JSON.stringify(mappingOf(draft)) !== JSON.stringify(mappingOf(draftOf(saved, id)))
        );
      }),
    [drafts, saved],
  );
  const save = useAct({
    mutationFn: (sent: Readonly<Record<string, Draft>>) =>
      put<ProfileDocument>(`/api/profiles/${profile}/document`, {
        revision: document.revision,
        profile: withDrafts(saved, sent),
      } satisfies SaveProfile),
    onSuccess: async (_, sent) => {
      await queries.invalidateQueries({ queryKey: profileKey(profile) });
      setDrafts((now) => Object.fromEntries(Object.entries(now).filter(([id, draft]) => draft !== sent[id]))); // what was typed meanwhile stays
    },
  });
  if (!kind) return null;
  const errors: readonly FieldError[] = save.error instanceof Refusal ? save.error.fields : [];
  const draft = drafts[kind.id] ?? draftOf(saved, kind.id);
  const change = (next: Draft) => setDrafts((now) => ({ ...now, [kind.id]: next }));
  const mine = gaps.filter((gap) => gap.path.startsWith(`mappings.${kind.id}.`) && !isFilled(gap, draft));
  const reread = () => {
    void lists.refetch();
    void queries.invalidateQueries({ queryKey: [...profileKey(profile), 'gaps'] });
  };
  const apply = () =>
    save.mutateAsync(drafts).then(
      () => true,
      () => false, // shown from `save.error`
    );
  return (
    <>
      <header className="page-head settings-head">
        <div>
          <h1 className="page-title">{say('ui.nav.mappings')}</h1>
          <p className="sub">{say('ui.mapping.sub', { name: home.data?.name ?? '' })}</p>
        </div>
        <div className="acts">
          {lists.dataUpdatedAt > 0 ? (
            <span className="muted">
              {say('ui.mapping.read-at', {
                time: speech.time(new Date(lists.dataUpdatedAt).toISOString(), { seconds: false }),
              })}
            </span>
          ) : null}
          <Button disabled={lists.isFetching} onClick={reread}>
            <IconRefresh size={16} stroke={1.75} aria-hidden="true" /> {say('ui.mapping.reread')}
          </Button>
        </div>
      </header>
      <div className="settings">
        <MappingList
          profile={profile}
          which={kind.id}
          gaps={gaps}
          missing={home.data?.missing ?? []}
          inactive={isInactive(saved)}
          changed={new Set(changed.map(({ id }) => id))}
          errors={errors}
        />
        <div className="mapping-body">
          {lists.error ? (
            <TroubleNotice error={lists.error}>
              <p className="muted">{say('ui.mapping.no-lists')}</p>
            </TroubleNotice>
          ) : null}
          {save.error && errors.length === 0 ? (
            <TroubleNotice error={save.error}>
              {save.error instanceof Refusal && save.error.status === 409 ? (
                <Button small onClick={() => queries.invalidateQueries({ queryKey: profileKey(profile) })}>
                  {say('ui.settings.reload')}
                </Button>
              ) : null}
            </TroubleNotice>
          ) : null}
          {errors.length > 0 ? (
            <ul className="errors" role="alert">
              {errors.map((error) => (
                <li key={error.path + error.code}>
                  <code>{error.path}</code> : {fieldMessage(error, speech)}
                </li>
              ))}
            </ul>
          ) : null}
          <GapBand key={`gaps-${kind.id}`} kind={kind} gaps={mine} draft={draft} onChange={change} />
          {mine
            .filter((gap) => gap.kind === 'vatRate')
            .map((gap) => (
              <p key={gap.path} className="notice" role="note">
                {say('profile.gap.vatRate', { item: gap.item, name: gap.name, rate: gap.rate ?? '' })}
              </p>
            ))}
          <Defaults kind={kind} draft={draft} errors={errors} onChange={change} />
          <Exceptions
            key={`rows-${kind.id}`}
            kind={kind}
            draft={draft}
            lists={lists.data}
            errors={errors}
            exportHref={`/api/profiles/${profile}/mappings/${kind.id}/exceptions.xlsx?lang=${speech.code}`}
            onChange={change}
          />
          <TryIt key={`try-${kind.id}`} kind={kind} draft={draft} lists={lists.data} />
        </div>
      </div>
      <SaveBar
        changes={changed.map(({ id }) => say(`ui.mapping.title.${id}`))}
        saved={save.isSuccess}
        busy={save.isPending}
        blocked={null}
        back={`/p/${profile}`}
        within={(path) => path.startsWith(`/p/${profile}/mapping/`)}
        onApply={apply}
        onDiscard={() => {
          setDrafts({});
          save.reset();
        }}
      />
    </>
  );
}

/** Sections are asked for only when lines are to have some. */
function isInactive({ entries }: JsonObject): ReadonlySet<string> {
  const asked = isObject(entries) && (entries.analytics === true || entries.analyticsForCarriers === true);
  return new Set(asked ? [] : ['analytics']);
}

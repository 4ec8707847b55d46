import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FieldError, ProfileDocument, SaveProfile } from '../../../api/api.ts';
import type { FormatDefinition } from '../../../schema/format-definition.ts';
import { put, Refusal } from '../../api/client.ts';
import { profileKey, useAppInfo, useFormatTrial, useProfileDocument, useStartingPoints } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { SaveBar } from '../../parts/SaveBar.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { isObject, type JsonObject } from '../settings/tabs.ts';
import { Designer } from './Designer.tsx';
import { completed, type RecordName } from './edit.ts';
import { FormatActs } from './FormatActs.tsx';
import { Preview } from './Preview.tsx';

/** The file format of a profile (S-145): which one, and the designer when it is the user's own. */
export function FormatPage({ profile }: { profile: string }) {
  const { say } = useSpeech();
  const document = useProfileDocument(profile);
  const points = useStartingPoints();
  const starter = points.data?.find(({ id }) => id === 'custom')?.definition;
  return (
    <Shell profile={profile} here="format" title={say('ui.nav.format')}>
      {document.data && isObject(document.data.profile) && starter ? (
        <Format
          key={profile}
          document={document.data}
          saved={document.data.profile}
          profile={profile}
          starter={starter}
        />
      ) : (
        <div className="page">
          <h1 className="page-title">{say('ui.nav.format')}</h1>
          {document.error ? <Unread query={document} /> : points.error ? <Unread query={points} /> : <Skeleton />}
        </div>
      )}
    </Shell>
  );
}

type Props = { document: ProfileDocument; saved: JsonObject; profile: string; starter: FormatDefinition };
type Draft = { readonly type: string; readonly definition: FormatDefinition };

function Format({ document, saved, profile, starter }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const info = useAppInfo();
  const queries = useQueryClient();
  const before = useMemo(() => draftOf(saved, starter), [saved, starter]);
  const [edited, setEdited] = useState<Draft | null>(null);
  const [chosen, setChosen] = useState<{ record: RecordName; index: number }>({ record: 'line', index: 0 });
  const draft = edited ?? before;
  const { type, definition } = draft;
  const isOwn = type === 'custom';
  const [asked] = useDebouncedValue(JSON.stringify(definition), 250);
  const trial = useFormatTrial(profile, isOwn ? asked : null);
  const save = useAct({
    mutationFn: (sent: Draft) =>
      put<ProfileDocument>(`/api/profiles/${profile}/document`, {
        revision: document.revision,
        profile: withDraft(saved, sent),
      } satisfies SaveProfile),
    onSuccess: async (_, sent) => {
      await queries.invalidateQueries({ queryKey: profileKey(profile) });
      await queries.invalidateQueries({ queryKey: ['info'] });
      setEdited((now) => (now === sent ? null : now)); // what was typed meanwhile stays
    },
  });
  const refused: readonly FieldError[] = save.error instanceof Refusal ? save.error.fields : [];
  const elsewhere = refused.filter(({ path }) => !path.startsWith('ledger.definition.'));
  const errors = isOwn ? (trial.data?.errors ?? []) : [];
  const changes = [
    ...(type === before.type ? [] : [say('ui.format.which')]),
    ...(JSON.stringify(definition) === JSON.stringify(before.definition) ? [] : [say('ui.nav.format')]),
  ];
  const apply = () =>
    save.mutateAsync(draft).then(
      () => true,
      () => false, // shown from `save.error`
    );
  const change = (next: FormatDefinition) => setEdited({ type, definition: next });
  return (
    <>
      <header className="page-head settings-head format-head">
        <div>
          <h1 className="page-title">{say('ui.nav.format')}</h1>
          <p className="sub">{isOwn ? say('ui.format.own', { name: definition.name }) : say('ui.format.built-in')}</p>
        </div>
        <div className="acts">
          <label className="unseen" htmlFor="format-which">
            {say('ui.format.which')}
          </label>
          <select
            id="format-which"
            className="field format-which"
            value={type}
            onChange={(event) => setEdited({ type: event.target.value, definition })}
          >
            {(info.data?.ledgers ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <FormatActs
            definition={isOwn ? definition : null}
            onStart={(next) => {
              setEdited({ type: 'custom', definition: next });
              setChosen({ record: 'line', index: 0 });
            }}
          />
        </div>
      </header>
      <div className="format-page">
        {elsewhere.length > 0 ? (
          <ul className="errors" role="alert">
            {elsewhere.map((error) => (
              <li key={error.path + error.code}>
                <code>{error.path}</code> {fieldMessage(error, speech)}
              </li>
            ))}
          </ul>
        ) : null}
        {save.error && refused.length === 0 ? <TroubleNotice error={save.error} /> : null}
        {isOwn ? (
          <>
            <Designer definition={definition} chosen={chosen} errors={errors} onChange={change} onChoose={setChosen} />
            <Preview
              trial={trial.data}
              fixed={definition.shape.is === 'fixed'}
              chosen={chosen}
              onChoose={(record, index) => setChosen({ record, index })}
            />
            {trial.error ? <TroubleNotice error={trial.error} /> : null}
          </>
        ) : (
          <p className="format-other">{say('ui.format.other')}</p>
        )}
      </div>
      <SaveBar
        changes={changes}
        saved={save.isSuccess}
        busy={save.isPending}
        blocked={errors.length > 0 ? say('ui.format.fix-first') : null}
        back={`/p/${profile}`}
        within={(path) => path === `/p/${profile}/format`}
        onApply={apply}
        onDiscard={() => {
          setEdited(null);
          save.reset();
        }}
      />
    </>
  );
}

function draftOf({ ledger }: JsonObject, starter: FormatDefinition): Draft {
  const known = isObject(ledger) ? ledger : {};
  return {
    type: typeof known.type === 'string' ? known.type : 'sage-pnm',
    definition: isObject(known.definition) ? completed(known.definition) : starter,
  };
}

function withDraft(saved: JsonObject, { type, definition }: Draft): JsonObject {
  const ledger = isObject(saved.ledger) ? saved.ledger : {};
  const own = type === 'custom' ? { definition: definition as unknown as JsonObject } : {};
  const options = type === ledger.type ? {} : { options: {} }; // they are of the format that was
  return { ...saved, ledger: { ...ledger, ...options, ...own, type } };
}

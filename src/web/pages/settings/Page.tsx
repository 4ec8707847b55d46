// biome-ignore-all lint/a11y/useSemanticElements: a region that scrolls is named, and is no section of the text.
import { IconDownload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearch } from 'wouter';
import type { FieldError, ProfileDocument, SaveProfile } from '../../../api/api.ts';
import { put, Refusal } from '../../api/client.ts';
import { profileKey, useProfileDocument, useProfileHome, useProfileSchema } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { SaveBar } from '../../parts/SaveBar.tsx';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { CheckPanel } from './CheckPanel.tsx';
import { Editor } from './Editor.tsx';
import { exportProfile } from './export.ts';
import { Form } from './Form.tsx';
import { FieldList, Gaps } from './Help.tsx';
import { Secrets } from './Secrets.tsx';
import { fieldsOf } from './schema-help.ts';
import { isObject, type JsonObject, lineOfPath, merged, parsed, SETTINGS_TABS, tabOfPath, textOf } from './tabs.ts';

/** Configuration of a profile (S-087 to S-092): its sections as tabs, each edited as JSON beside its meaning. */
export function SettingsPage({ profile, tab }: { profile: string; tab: string }) {
  const { say } = useSpeech();
  const document = useProfileDocument(profile);
  const here = tab === 'mappings' ? 'mappings' : 'settings';
  return (
    <Shell profile={profile} here={here} title={say('ui.nav.settings')}>
      {document.data && isObject(document.data.profile) ? (
        <Settings key={profile} document={document.data} saved={document.data.profile} profile={profile} tabId={tab} />
      ) : (
        <div className="page">
          <h1 className="page-title">{say('ui.nav.settings')}</h1>
          {document.error ? <Unread query={document} /> : <Skeleton />}
        </div>
      )}
    </Shell>
  );
}

function Settings({
  document,
  saved,
  profile,
  tabId,
}: {
  document: ProfileDocument;
  saved: JsonObject;
  profile: string;
  tabId: string;
}) {
  const speech = useSpeech();
  const { say } = speech;
  const home = useProfileHome(profile);
  const schema = useProfileSchema();
  const queries = useQueryClient();
  const at = new URLSearchParams(useSearch()).get('at');
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>({});
  const [asText, setAsText] = useState(false);
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const tab = SETTINGS_TABS.find(({ id }) => id === tabId) ?? SETTINGS_TABS[0];
  const texts = useMemo(() => Object.fromEntries(SETTINGS_TABS.map((each) => [each.id, textOf(saved, each)])), [saved]);
  const changed = SETTINGS_TABS.filter(({ id }) => edited[id] !== undefined && edited[id] !== texts[id]);
  const broken = changed.flatMap((each) => {
    const answer = parsed(edited[each.id] ?? '');
    return answer.ok ? [] : [{ tab: each, line: answer.line }];
  });
  const unsaved = changed.length > 0 || Object.keys(secrets).length > 0;
  const save = useAct({
    mutationFn: (_: Typed) => put<ProfileDocument>(`/api/profiles/${profile}/document`, body()),
    onSuccess: async (_, sent) => {
      await queries.invalidateQueries({ queryKey: profileKey(profile) });
      await queries.invalidateQueries({ queryKey: ['info'] });
      setEdited((now) => since(now, sent.edited)); // what was typed while it was being saved stays
      setSecrets((now) => since(now, sent.secrets));
    },
  });
  const errors: readonly FieldError[] = save.error instanceof Refusal ? save.error.fields : [];

  function body(): SaveProfile {
    const values = changed.flatMap((each) => {
      const answer = parsed(edited[each.id] ?? '');
      return answer.ok ? [{ tab: each, value: answer.value }] : [];
    });
    return { revision: document.revision, profile: merged(saved, values), secrets };
  }
  const apply = async (): Promise<boolean> => {
    if (broken.length > 0) return false;
    return save.mutateAsync({ edited, secrets }).then(
      () => true,
      () => false,
    ); // the error is shown from `save.error`
  };
  const discard = () => {
    setEdited({});
    setSecrets({});
    save.reset();
  };
  if (!tab) return null;

  const text = edited[tab.id] ?? texts[tab.id] ?? '';
  const here = parsed(text);
  const asForm = here.ok && !asText && tab.id !== 'mappings'; // text that is no JSON is mended as text
  const fields = fieldsOf(schema.data, tab.sections);
  const mine = errors.filter(({ path }) => tabOfPath(path)?.id === tab.id);
  const elsewhere = errors.filter(({ path }) => tabOfPath(path) === null);
  const drawn = new Set(asForm ? fields.map(({ path }) => path) : []);
  const told = [...mine.filter(({ path }) => !drawn.has(path)), ...elsewhere]; // the others stand under their fields
  const wrongLines = new Set([
    ...(here.ok || here.line === null ? [] : [here.line]),
    ...mine.flatMap(({ path }) => lineOfPath(text, path) ?? []),
  ]);
  const hasProblem = (id: string) =>
    broken.some((each) => each.tab.id === id) || errors.some(({ path }) => tabOfPath(path)?.id === id);

  return (
    <>
      <header className="page-head settings-head">
        <div>
          <h1 className="page-title">{say('ui.nav.settings')}</h1>
          <p className="sub">{home.data?.name ?? ''}</p>
        </div>
        <div className="acts">
          <Button look="plain" onClick={() => exportProfile(profile, document)}>
            <IconDownload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.profile.export')}
          </Button>
        </div>
      </header>
      <div className="settings">
        <nav className="settings-tabs" aria-label={say('ui.settings.tabs')}>
          <ul>
            {SETTINGS_TABS.map(({ id, title }) => (
              <li key={id}>
                <Link
                  href={`/p/${profile}/settings/${id}`}
                  className="side-item"
                  aria-current={id === tab.id ? 'page' : undefined}
                >
                  <span>{say(title)}</span>
                  {hasProblem(id) ? (
                    <span className="dot wrong">
                      <span className="unseen">{say('ui.settings.has-error')}</span>
                    </span>
                  ) : changed.some((each) => each.id === id) || (id === 'shop' && Object.keys(secrets).length > 0) ? (
                    <span className="dot unsaved">
                      <span className="unseen">{say('ui.settings.unsaved')}</span>
                    </span>
                  ) : null}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-body">
          <div>
            <div className="tab-head">
              <div>
                <h2 className="section-title">{say(tab.title)}</h2>
                <p className="muted">{say(`${tab.title}.help`)}</p>
              </div>
              {tab.id === 'mappings' ? (
                <Link href={`/p/${profile}/mapping`} className="button small">
                  {say('ui.settings.open-mappings')}
                </Link>
              ) : (
                <Segments
                  label={say('ui.settings.as')}
                  value={asText ? 'text' : 'form'}
                  choices={[
                    { id: 'form', label: say('ui.settings.as-form') },
                    { id: 'text', label: say('ui.settings.as-text') },
                  ]}
                  onChoose={(choice) => setAsText(choice === 'text')}
                />
              )}
            </div>
            {here.ok ? null : (
              <div className="errors" id="editor-errors" role="alert">
                <p>
                  {say(here.line === null ? 'ui.settings.not-json' : 'ui.settings.not-json.line', {
                    line: here.line ?? 0,
                  })}{' '}
                  <span className="mono">{here.reason}</span>
                </p>
              </div>
            )}
            {told.length > 0 ? (
              <div id="editor-errors" role="alert">
                <ul className="errors">
                  {told.map((error) => {
                    const line = lineOfPath(text, error.path);
                    return (
                      <li key={error.path + error.code}>
                        <code>{error.path}</code>
                        {line === null ? '' : ` (${say('ui.settings.line', { line })})`} : {fieldMessage(error, speech)}
                      </li>
                    );
                  })}
                </ul>
              </div>
            ) : null}
            {save.error && errors.length === 0 ? (
              <TroubleNotice error={save.error}>
                {save.error instanceof Refusal && save.error.status === 409 ? (
                  <Button
                    small
                    style={{ marginTop: 8 }}
                    onClick={() => queries.invalidateQueries({ queryKey: profileKey(profile) })}
                  >
                    {say('ui.settings.reload')}
                  </Button>
                ) : null}
              </TroubleNotice>
            ) : null}
            {asForm && here.ok ? (
              <Form
                profile={profile}
                tab={tab.id}
                fields={fields}
                value={here.value}
                errors={mine}
                onChange={(next) => setEdited({ ...edited, [tab.id]: JSON.stringify(next, null, 2) })}
              />
            ) : (
              <Editor
                label={say('ui.settings.editor', { tab: say(tab.title) })}
                text={text}
                wrongLines={wrongLines}
                describedBy={wrongLines.size > 0 ? 'editor-errors' : undefined}
                onChange={(next) => setEdited({ ...edited, [tab.id]: next })}
              />
            )}
            {tab.id === 'shop' ? (
              <Secrets shop={shopOf(saved)} secrets={document.secrets} typed={secrets} onChange={setSecrets} />
            ) : null}
          </div>
          <div>
            {tab.id === 'shop' || tab.id === 'ledger' ? <CheckPanel profile={profile} unsaved={unsaved} /> : null}
            {tab.id === 'mappings' ? <Gaps profile={profile} /> : null}
            {asForm ? null : <FieldList schema={schema.data} sections={tab.sections} at={at} />}
          </div>
        </div>
      </div>
      <SaveBar
        changes={[
          ...changed.map(({ title }) => say(title)),
          ...(Object.keys(secrets).length > 0 ? [say('ui.settings.secrets')] : []),
        ]}
        saved={save.isSuccess}
        busy={save.isPending}
        blocked={broken.length > 0 ? say('ui.settings.fix-first') : null}
        back={`/p/${profile}`}
        within={(path) => path.startsWith(`/p/${profile}/settings/`)}
        onApply={apply}
        onDiscard={discard}
      />
    </>
  );
}

function shopOf({ shop }: JsonObject): string {
  return isObject(shop) && typeof shop.type === 'string' ? shop.type : '';
}

type Texts = Readonly<Record<string, string>>;
type Typed = { readonly edited: Texts; readonly secrets: Texts };

/** What was typed since a moment: the texts that are no longer those of then. */
function since(now: Texts, then: Texts): Texts {
  return Object.fromEntries(Object.entries(now).filter(([name, text]) => text !== then[name]));
}

import { Menu } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { AppInfo, ProfileDocument, ProfileSummary } from '../../../api/api.ts';
import { get, post, put, remove } from '../../api/client.ts';
import { profileKey } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { ActsMenu } from '../../parts/ActsMenu.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Confirm, Dialog, Field } from '../../parts/Controls.tsx';
import { toast } from '../../parts/Toasts.tsx';
import { exportProfile } from '../settings/export.ts';
import { isObject } from '../settings/tabs.ts';
import { bringBack, DELETED, DeletedProfiles } from './DeletedProfiles.tsx';

type Asked = { readonly act: 'rename' | 'duplicate' | 'delete'; readonly profile: ProfileSummary };

type Column = 'name' | 'ledgerName' | 'url';
const COLUMNS: readonly { readonly by: Column; readonly title: string }[] = [
  { by: 'name', title: 'ui.home.name' },
  { by: 'ledgerName', title: 'ui.home.ledger' },
  { by: 'url', title: 'ui.profile.site' },
];

/** Null: as they were made. */
type Sort = { readonly by: Column | null; readonly down: boolean };

function sorted(profiles: readonly ProfileSummary[], { by, down }: Sort, locale: string): readonly ProfileSummary[] {
  if (by === null) return profiles;
  const order = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return profiles.toSorted((one, other) => order.compare(one[by], other[by]) * (down ? -1 : 1));
}

/** The profiles: add, configure, rename, duplicate, export, default, delete. */
export function Profiles({ info }: { info: AppInfo }) {
  const { say, locale } = useSpeech();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [name, setName] = useState('');
  const [sort, setSort] = useState<Sort>({ by: null, down: false });
  const profiles = sorted(info.profiles, sort, locale);
  const SortIcon = sort.down ? IconChevronDown : IconChevronUp;
  const act = useAct({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: async () => {
      setAsked(null);
      await queries.invalidateQueries({ queryKey: ['info'] });
      await queries.invalidateQueries({ queryKey: ['profile'] });
    },
  });
  const ask = (what: Asked['act'], profile: ProfileSummary) => {
    act.reset();
    setAsked({ act: what, profile });
    setName(what === 'duplicate' ? say('ui.profile.copy-of', { name: profile.name }) : profile.name);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!asked || name.trim() === '') return;
    const { profile } = asked;
    act.mutate(
      asked.act === 'rename'
        ? () => rename(profile.id, name.trim())
        : () => post(`/api/profiles/${profile.id}/duplicate`, { name: name.trim() }),
    );
  };
  const download = (profile: ProfileSummary) =>
    act.mutate(async () =>
      exportProfile(profile.id, await get<ProfileDocument>(`/api/profiles/${profile.id}/document`)),
    );
  return (
    <div className="access">
      <section className="card table-card">
        <div className="card-head">
          <h2 className="section-title">{say('ui.options.profiles')}</h2>
          <Link href="/welcome" className="button primary">
            <IconPlus size={16} stroke={1.75} aria-hidden="true" /> {say('ui.profile.add')}
          </Link>
        </div>
        {act.error && !asked ? (
          <div style={{ padding: 12 }}>
            <TroubleNotice error={act.error} />
          </div>
        ) : null}
        {info.profiles.length === 0 ? (
          <div className="empty">
            <p>{say('ui.profile.none')}</p>
          </div>
        ) : (
          // biome-ignore lint/a11y: what scrolls sideways is reached by the keyboard.
          <div role="group" className="scroll" tabIndex={0} aria-label={say('ui.options.profiles')}>
            <table className="table">
              <thead>
                <tr>
                  {COLUMNS.map(({ by, title }) => (
                    <th
                      key={by}
                      scope="col"
                      aria-sort={sort.by === by ? (sort.down ? 'descending' : 'ascending') : undefined}
                    >
                      <button
                        type="button"
                        className="sort-head"
                        onClick={() => setSort({ by, down: sort.by === by && !sort.down })}
                      >
                        {say(title)}
                        {sort.by === by ? <SortIcon size={13} stroke={2} aria-hidden="true" /> : null}
                      </button>
                    </th>
                  ))}
                  <th scope="col">
                    <span className="unseen">{say('ui.acts')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {profiles.map((profile) => (
                  <tr key={profile.id}>
                    <td>
                      <Link href={`/p/${profile.id}`}>{profile.name}</Link>{' '}
                      {profile.id === info.defaultProfile ? (
                        <span className="badge">{say('ui.profile.default')}</span>
                      ) : null}{' '}
                      {profile.demo ? <span className="badge">{say('ui.profile.demo')}</span> : null}
                    </td>
                    <td>{profile.ledgerName}</td>
                    <td>
                      {profile.shopName} <span className="muted">{profile.url.replace(/^https?:\/\//, '')}</span>
                    </td>
                    <td className="right">
                      <ActsMenu name={profile.name}>
                        <Menu.Item onClick={() => go(`/p/${profile.id}/settings/profile`)}>
                          {say('ui.configure')}
                        </Menu.Item>
                        <Menu.Item onClick={() => ask('rename', profile)}>{say('ui.profile.rename')}</Menu.Item>
                        <Menu.Item onClick={() => ask('duplicate', profile)}>{say('ui.profile.duplicate')}</Menu.Item>
                        <Menu.Item onClick={() => download(profile)}>{say('ui.profile.export')}</Menu.Item>
                        <Menu.Item
                          disabled={profile.id === info.defaultProfile}
                          onClick={() => act.mutate(() => put(`/api/profiles/${profile.id}/default`))}
                        >
                          {say('ui.profile.make-default')}
                        </Menu.Item>
                        <Menu.Divider />
                        <Menu.Item color="var(--held)" onClick={() => ask('delete', profile)}>
                          {say('ui.profile.delete')}
                        </Menu.Item>
                      </ActsMenu>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Dialog
          title={say(asked?.act === 'rename' ? 'ui.profile.rename' : 'ui.profile.duplicate')}
          opened={asked !== null && asked.act !== 'delete'}
          onClose={() => setAsked(null)}
        >
          <form className="dialog-form" onSubmit={submit}>
            <Field
              id="profile-name"
              label={say('ui.create.name')}
              help={asked?.act === 'rename' ? say('ui.profile.rename.help') : say('ui.profile.duplicate.help')}
            >
              <input
                id="profile-name"
                className="field"
                data-autofocus
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            {act.error ? <TroubleNotice error={act.error} /> : null}
            <div className="dialog-acts">
              <Button onClick={() => setAsked(null)}>{say('ui.cancel')}</Button>
              <Button look="primary" type="submit" disabled={act.isPending || name.trim() === ''}>
                {say(asked?.act === 'rename' ? 'ui.profile.rename' : 'ui.profile.duplicate')}
              </Button>
            </div>
          </form>
        </Dialog>
        {asked?.act === 'delete' ? (
          <Confirm
            title={say('ui.profile.delete.title', { name: asked.profile.name })}
            text={say('ui.profile.delete.text')}
            act={say('ui.profile.delete')}
            opened
            busy={act.isPending}
            onAct={() => act.mutate(() => bin(asked.profile))}
            onClose={() => setAsked(null)}
          >
            <Button
              look="tinted"
              onClick={async () =>
                exportProfile(
                  asked.profile.id,
                  await get<ProfileDocument>(`/api/profiles/${asked.profile.id}/document`),
                )
              }
            >
              {say('ui.profile.export-first')}
            </Button>
            {act.error ? <TroubleNotice error={act.error} /> : null}
          </Confirm>
        ) : null}
      </section>
      <DeletedProfiles />
    </div>
  );

  async function bin({ id, name: gone }: ProfileSummary) {
    await remove(`/api/profiles/${id}`);
    await queries.invalidateQueries({ queryKey: DELETED });
    toast(say('ui.profile.deleted', { name: gone }), () => act.mutate(() => bringBack(queries, id)));
  }

  /** Renaming keeps the id, and so the state of what was transferred. */
  async function rename(id: string, next: string) {
    const document = await get<ProfileDocument>(`/api/profiles/${id}/document`);
    const profile = isObject(document.profile) ? { ...document.profile, name: next } : document.profile;
    const saved = await put(`/api/profiles/${id}/document`, { revision: document.revision, profile });
    await queries.invalidateQueries({ queryKey: profileKey(id) });
    return saved;
  }
}

import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Refusal } from '../api/client.ts';
import { useAppInfo, useProfileHome } from '../api/queries.ts';
import { useSpeech } from '../language.tsx';
import { TroubleNotice, Unread } from '../parts/Badges.tsx';
import { Mark } from '../parts/Mark.tsx';
import { BottomTabs } from './BottomTabs.tsx';
import { KeysSheet } from './KeysSheet.tsx';
import { Search } from './Search.tsx';
import { SideBar } from './SideBar.tsx';
import { useGlobalKeys } from './use-global-keys.ts';

type Props = { profile: string; here: string; title: string; rail?: boolean; tabs?: boolean; children: ReactNode };

/** The frame of every page of a profile: side bar, or rail, or bottom tabs; the title of the window names the profile (S-059). */
export function Shell({ profile, here, title, rail = false, tabs = true, children }: Props) {
  const { say } = useSpeech();
  const home = useProfileHome(profile);
  const [help, setHelp] = useState(false);
  const [search, setSearch] = useState(false);
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const medium = useMediaQuery('(max-width: 1199px)', undefined, { getInitialValueInEffect: false }) ?? false;
  useGlobalKeys({
    profile,
    review: home.data?.openReview?.run ?? null,
    onHelp: () => setHelp(true),
    onSearch: () => setSearch(true),
  });
  useEffect(() => {
    document.title = `${title}${home.data ? ` · ${home.data.name}` : ''} · Comptoir`;
  }, [title, home.data]);
  const known = home.data !== undefined;
  useEffect(() => {
    if (known) rememberProfile(profile);
  }, [known, profile]);
  return (
    <div className={narrow ? 'shell narrow' : 'shell'}>
      <a className="skip" href="#main">
        {say('ui.skip')}
      </a>
      {narrow ? null : (
        <SideBar
          profile={profile}
          home={home.data}
          here={here}
          rail={rail || medium}
          onSearch={() => setSearch(true)}
        />
      )}
      <main id="main" className="main" tabIndex={-1}>
        {isUnknown(home.error) ? (
          <div className="page">
            <h1 className="page-title">{title}</h1>
            <TroubleNotice error={home.error}>
              <div className="notice-acts">
                <Link className="button small" href="/options/profiles">
                  {say('ui.options.profiles')}
                </Link>
                <Link className="button small" href="/welcome">
                  {say('ui.profile.new')}
                </Link>
              </div>
            </TroubleNotice>
          </div>
        ) : (
          children
        )}
      </main>
      {narrow && tabs ? (
        <BottomTabs profile={profile} home={home.data} here={here} onSearch={() => setSearch(true)} />
      ) : null}
      {search ? <Search profile={profile} onClose={() => setSearch(false)} /> : null}
      <KeysSheet opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'profile.unknown';
}

const LAST = 'comptoir.profile';

function rememberProfile(profile: string): void {
  localStorage.setItem(LAST, profile);
}

/** `/`: the last profile used, else the default one, else the welcome page. */
export function LastProfile() {
  const info = useAppInfo();
  const [, go] = useLocation();
  useEffect(() => {
    if (!info.data) return;
    const ids = info.data.profiles.map(({ id }) => id);
    const wanted = [localStorage.getItem(LAST), info.data.defaultProfile, ids[0]].find((id) => id && ids.includes(id));
    go(wanted ? `/p/${wanted}` : '/welcome', { replace: true });
  }, [info.data, go]);
  if (!info.error) return null;
  return (
    <main className="empty">
      <Mark />
      <Unread query={info} />
    </main>
  );
}

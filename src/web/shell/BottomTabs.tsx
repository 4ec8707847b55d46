import { Menu } from '@mantine/core';
import { IconHistory, IconHome, IconListDetails, IconMenu2 } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { ProfileHome } from '../../api/api.ts';
import { useSpeech } from '../language.tsx';
import { chapterOf } from '../pages/help/chapters.ts';

/** The four tabs of a narrow screen. */
export function BottomTabs({
  profile,
  home,
  here,
  onSearch,
}: {
  profile: string;
  home: ProfileHome | undefined;
  here: string;
  onSearch: () => void;
}) {
  const { say, count } = useSpeech();
  const [, go] = useLocation();
  const review = home?.openReview;
  const reviewTitle = say('ui.nav.review.short');
  return (
    <nav className="tabs" aria-label={say('ui.nav.label')}>
      <Link href={`/p/${profile}`} aria-current={here === 'home' ? 'page' : undefined}>
        <IconHome size={20} stroke={1.75} />
        {say('ui.nav.home.short')}
      </Link>
      <Link
        href={review ? `/p/${profile}/review/${review.run}` : `/p/${profile}/runs?state=review`}
        aria-current={here === 'review' ? 'page' : undefined}
      >
        <IconListDetails size={20} stroke={1.75} />
        {reviewTitle}
        {review?.held ? (
          <span className="tabs-count figure">
            {count(review.held)}
            <span className="unseen"> {say('ui.nav.to-mend')}</span>
          </span>
        ) : null}
      </Link>
      <Link href={`/p/${profile}/runs`} aria-current={here === 'runs' ? 'page' : undefined}>
        <IconHistory size={20} stroke={1.75} />
        {say('ui.nav.runs')}
      </Link>
      <Menu position="top-end">
        <Menu.Target>
          <button type="button">
            <IconMenu2 size={20} stroke={1.75} />
            {say('ui.nav.more')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => go(`/p/${profile}/dashboard`)}>{say('ui.nav.dashboard')}</Menu.Item>
          <Menu.Item onClick={() => go(`/p/${profile}?import=file`)}>{say('ui.file.load')}…</Menu.Item>
          <Menu.Item onClick={() => go(`/p/${profile}/mapping`)}>{say('ui.nav.mappings')}</Menu.Item>
          <Menu.Item onClick={() => go(`/p/${profile}/settings/profile`)}>{say('ui.nav.settings')}</Menu.Item>
          <Menu.Item onClick={() => go('/options/about')}>{say('ui.nav.options')}</Menu.Item>
          <Menu.Item onClick={onSearch}>{say('ui.nav.search')}</Menu.Item>
          <Menu.Item onClick={() => go(`/help/${chapterOf(here)}`)}>{say('ui.nav.help')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}

import { Tooltip } from '@mantine/core';
import {
  IconAdjustmentsAlt,
  IconArrowsSplit2,
  IconChartBar,
  IconFileText,
  IconHelp,
  IconHistory,
  IconHome,
  IconListDetails,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Link } from 'wouter';
import type { ProfileHome } from '../../api/api.ts';
import { useGaps } from '../api/queries.ts';
import { useSpeech } from '../language.tsx';
import { chapterOf } from '../pages/help/chapters.ts';
import { Mark } from '../parts/Mark.tsx';
import { ProfileSwitcher } from './ProfileSwitcher.tsx';

type Icon = ComponentType<{ size?: number; stroke?: number }>;
type Entry = {
  readonly place: string;
  readonly title: string;
  readonly href: string;
  readonly icon: Icon;
  readonly count?: number;
};

type Props = { profile: string; home: ProfileHome | undefined; here: string; rail: boolean; onSearch: () => void };

export function SideBar({ profile, home, here, rail, onSearch }: Props) {
  const { say } = useSpeech();
  const gaps = useGaps(profile, false).length; // as the home page last learnt it
  const top: Entry[] = [
    { place: 'home', title: say('ui.nav.home'), href: `/p/${profile}`, icon: IconHome },
    ...(home?.openReview
      ? [
          {
            place: 'review',
            title: say('ui.nav.review'),
            href: `/p/${profile}/review/${home.openReview.run}`,
            icon: IconListDetails,
            count: home.openReview.held,
          },
        ]
      : []),
    { place: 'runs', title: say('ui.nav.runs'), href: `/p/${profile}/runs`, icon: IconHistory },
    { place: 'dashboard', title: say('ui.nav.dashboard'), href: `/p/${profile}/dashboard`, icon: IconChartBar },
  ];
  const settings: Entry[] = [
    {
      place: 'mappings',
      title: say('ui.nav.mappings'),
      href: `/p/${profile}/mapping`,
      icon: IconArrowsSplit2,
      count: gaps,
    },
    {
      place: 'settings',
      title: say('ui.nav.settings'),
      href: `/p/${profile}/settings/profile`,
      icon: IconAdjustmentsAlt,
    },
    { place: 'format', title: say('ui.nav.format'), href: `/p/${profile}/format`, icon: IconFileText },
  ];
  return (
    <nav className={rail ? 'side rail' : 'side'} aria-label={say('ui.nav.label')}>
      <Link href={`/p/${profile}`} className="brand" aria-label="Comptoir">
        <Mark />
        {rail ? null : <span>Comptoir</span>}
      </Link>
      {rail ? null : <ProfileSwitcher current={home} compact={false} />}
      <ul>
        {top.map((entry) => (
          <Item key={entry.place} entry={entry} rail={rail} here={here} />
        ))}
      </ul>
      {rail ? null : <p className="side-head">{say('ui.nav.setup')}</p>}
      <ul className={rail ? 'apart' : undefined}>
        {settings.map((entry) => (
          <Item key={entry.place} entry={entry} rail={rail} here={here} />
        ))}
      </ul>
      <ul className="side-foot">
        <Item
          entry={{ place: 'options', title: say('ui.nav.options'), href: '/options/about', icon: IconSettings }}
          rail={rail}
          here={here}
        />
        <li>
          <Tooltip label={say('ui.nav.search')} position="right" disabled={!rail}>
            <button
              type="button"
              className="side-item"
              onClick={onSearch}
              aria-label={rail ? say('ui.nav.search') : undefined}
              aria-keyshortcuts="Control+K"
            >
              <IconSearch size={16} stroke={1.75} />
              {rail ? null : (
                <>
                  <span>{say('ui.nav.search')}</span>
                  <kbd className="side-key">Ctrl K</kbd>
                </>
              )}
            </button>
          </Tooltip>
        </li>
        <Item
          entry={{ place: 'help', title: say('ui.nav.help'), href: `/help/${chapterOf(here)}`, icon: IconHelp }}
          rail={rail}
          here={here}
        />
      </ul>
    </nav>
  );
}

function Item({ entry, rail, here }: { entry: Entry; rail: boolean; here: string }) {
  const { say, count } = useSpeech();
  const name = entry.count ? say('ui.nav.with-count', { title: entry.title, n: entry.count }) : entry.title;
  return (
    <li>
      <Tooltip label={entry.title} position="right" disabled={!rail}>
        <Link
          href={entry.href}
          className="side-item"
          aria-label={rail ? name : undefined}
          aria-current={entry.place === here ? 'page' : undefined}
        >
          <entry.icon size={16} stroke={1.75} />
          {rail ? null : <span>{entry.title}</span>}
          {entry.count ? (
            <span className="side-count figure">
              {count(entry.count)}
              {rail ? null : <span className="unseen"> {say('ui.nav.to-mend')}</span>}
            </span>
          ) : null}
        </Link>
      </Tooltip>
    </li>
  );
}

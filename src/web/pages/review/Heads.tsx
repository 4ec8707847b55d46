import { IconArrowLeft, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Review } from '../../../api/review.ts';
import { type Speech, useSpeech } from '../../language.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { periodWords } from '../../parts/state.ts';
import { Complete } from './Complete.tsx';
import { GROUPS, type GroupName } from './Groups.tsx';
import type { List } from './use-list.ts';

/** What the list is of, and the tools that stand beside it. */
export function Head({ review, children }: { review: Review; children: ReactNode }) {
  const speech = useSpeech();
  const { say } = speech;
  const { run } = review;
  const sub = [
    `${kindOfRun(review, speech)} ${periodWords(run, speech)}`.trim(),
    review.profile.name,
    say(run.kind === 'sales' ? 'ui.count.orders-read' : 'ui.count.notes-read', { n: run.counts.read }),
  ].join(' · ');
  return (
    <header className="page-head">
      <div>
        <h1 className="page-title">{say('ui.review.title')}</h1>
        <p className="sub">
          {sub} <Complete review={review} />
        </p>
      </div>
      <div className="acts">{children}</div>
    </header>
  );
}

/** The same on a telephone: a way back, and two lines. */
export function NarrowHead({ review, profile }: { review: Review; profile: string }) {
  const speech = useSpeech();
  const { say } = speech;
  const period = periodWords(review.run, speech);
  return (
    <header className="top-bar">
      <Link href={`/p/${profile}`} className="touch-button" aria-label={say('ui.back')}>
        <IconArrowLeft size={18} aria-hidden="true" />
      </Link>
      <div>
        <h1 className="narrow-title">{say('ui.review.title')}</h1>
        <p className="muted figure" style={{ fontSize: 13, lineHeight: '16px' }}>
          {kindOfRun(review, speech)}
          {period ? `, ${period}` : ''}
        </p>
      </div>
    </header>
  );
}

/** States as tabs, with their counts; on a telephone, those that ask for something. */
export function Tabs({ review, list, narrow }: { review: Review; list: List; narrow: boolean }) {
  const { say } = useSpeech();
  const { tabs } = review;
  const all = [
    { id: 'to-mend', label: say('ui.tab.to-mend'), count: tabs.toMend, alert: true },
    { id: 'ready', label: say('ui.tab.ready'), count: tabs.ready },
    { id: 'unticked', label: say('ui.tab.unticked'), count: tabs.unticked },
    { id: 'excluded', label: say('ui.tab.excluded'), count: tabs.excluded },
    { id: 'already', label: say('ui.tab.already'), count: tabs.already },
    { id: 'all', label: say('ui.tab.all'), count: tabs.all },
  ];
  const choices = narrow ? all.filter(({ id }) => id === 'to-mend' || id === 'ready' || id === 'all') : all;
  return (
    <Segments
      label={say('ui.review.tabs')}
      value={list.query.tab}
      choices={choices}
      onChoose={(tab) => list.set({ tab })}
    />
  );
}

/** Entries with their lines, or lines alone; all folded or unfolded. */
export function Grouping({ list, group }: { list: List; group: GroupName | null }) {
  const { say } = useSpeech();
  const { flat, folded } = list.query;
  const choose = (value: string) => {
    const named = GROUPS.find((name) => name === value);
    if (named === undefined) list.set({ flat: value === 'flat' });
    else list.group(named);
  };
  return (
    <div className="acts">
      <label className="muted" htmlFor="group">
        {say('ui.review.group')}
      </label>
      <select
        id="group"
        className="field group"
        value={group ?? (flat ? 'flat' : 'entry')}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="entry">{say('ui.review.group.entry')}</option>
        <option value="flat">{say('ui.review.group.flat')}</option>
        {GROUPS.map((name) => (
          <option key={name} value={name}>
            {say(`ui.column.${name}`)}
          </option>
        ))}
      </select>
      <Button look="plain" disabled={flat || group !== null} onClick={() => list.set({ folded: !folded })}>
        <IconArrowsDiagonalMinimize2 size={16} stroke={1.75} aria-hidden="true" />{' '}
        {say(folded ? 'ui.review.unfold-all' : 'ui.review.fold-all')}
      </Button>
    </div>
  );
}

function kindOfRun({ run }: Review, { say }: Pick<Speech, 'say'>): string {
  return say(run.kind === 'sales' ? 'ui.kind.sales' : 'ui.kind.credit-notes');
}

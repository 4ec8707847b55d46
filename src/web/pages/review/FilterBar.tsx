import { IconFilter, IconRefreshAlert, IconX } from '@tabler/icons-react';
import type { Review } from '../../../api/review.ts';
import { typedOf } from '../../grid/filter.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { kindWord } from '../../parts/state.ts';
import { REVIEW_COLUMNS } from './columns.ts';
import type { Exclusion } from './Dialogs.tsx';
import { exportPath, isFiltered } from './query.ts';
import type { List } from './use-list.ts';

/** What the filter finds and what may be done with it; a filter never changes what will be written. */
export function FilterBar({
  review,
  list,
  onExclude,
}: {
  review: Review;
  list: List;
  onExclude: (exclusion: Exclusion) => void;
}) {
  const { say, code, day, money, decimalMark } = useSpeech();
  const { query, rows } = list;
  if (!isFiltered(query) || rows.answer === null) return null;
  const told = Object.entries(query.filters).map(([key, wire]) => {
    const column = REVIEW_COLUMNS.find((known) => known.key === key);
    if (!column) return wire;
    const typed = typedOf(column.filter, wire, day, decimalMark).replace(/^(>=|<=|[~^=])/, '');
    const bare = column.filter === 'list' ? typed.replaceAll('|', ', ') : typed;
    return `${say(column.title)} ${signOf(wire, say)} ${bare}`;
  });
  if (query.q !== '') told.unshift(`« ${query.q} »`);
  const n = rows.answer.entries;
  const all = { ...query, offset: 0, limit: 1 };
  return (
    // Until the server has answered this filter, the numbers are those of the one before: they are not shown.
    <div className="filter-bar" role="status" style={rows.fresh ? undefined : { visibility: 'hidden' }}>
      <IconFilter size={16} stroke={1.75} aria-hidden="true" />
      <p>
        <strong>{say('ui.count.entries', { n })}</strong> {say('ui.filter.match', { n })}{' '}
        <strong>{told.join(', ')}</strong>,{' '}
        <span className="figure">{money(rows.answer.debit, review.run.currency)}</span>
      </p>
      <Button small onClick={() => list.tick.mutate({ ticked: false, query: all })} disabled={n === 0}>
        {say('ui.filter.untick', { n })}
      </Button>
      <Button small onClick={() => list.tick.mutate({ ticked: true, query: all })} disabled={n === 0}>
        {say('ui.filter.tick')}
      </Button>
      <Button
        small
        danger
        onClick={() => onExclude({ n: rows.answer?.documents ?? 0, of: { query: all } })}
        disabled={n === 0}
      >
        {say('ui.filter.exclude')}
      </Button>
      <a className="button small" href={exportPath(list.run, query, code, 'xlsx')} download>
        {say('ui.filter.export')}
      </a>
      <Button look="plain" small onClick={() => list.set({ q: '', filters: {} })}>
        <IconX size={14} aria-hidden="true" /> {say('ui.filter.clear')}
      </Button>
    </div>
  );
}

/** What changed in the shop after its transfer: said once above the list, since its corrections wait unticked. */
export function CorrectionsNotice({ review, list }: { review: Review; list: List }) {
  const { say } = useSpeech();
  const n = review.totals.untickedCorrections;
  if (n === 0) return null;
  return (
    <div className="filter-bar changed" role="status">
      <IconRefreshAlert size={16} stroke={1.75} aria-hidden="true" />
      <p>
        <strong>{say(`ui.corrections.${kindWord(review.run.kind)}`, { n })}</strong> {say('ui.corrections.help')}
      </p>
      {list.query.tab === 'unticked' ? null : (
        <Button small onClick={() => list.set({ tab: 'unticked', q: '', filters: {} })}>
          {say('ui.corrections.see')}
        </Button>
      )}
    </div>
  );
}

/** How the condition is said: `≥ 100,50`, `contient web`, `= PayPal`. */
function signOf(wire: string, say: (key: string) => string): string {
  if (wire.startsWith('>=')) return '≥';
  if (wire.startsWith('<=')) return '≤';
  if (wire.startsWith('~') || wire.startsWith('^')) return say(`ui.filter.operator.${wire[0]}`);
  return '=';
}

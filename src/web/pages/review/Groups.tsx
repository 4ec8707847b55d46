import { useQuery } from '@tanstack/react-query';
import type { ReviewGroups } from '../../../api/review.ts';
import { get } from '../../api/client.ts';
import { reviewKey } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Table } from '../../parts/Table.tsx';
import { Skeleton } from '../home/Page.tsx';
import { groupsPath } from './query.ts';
import type { List } from './use-list.ts';

/** What entries are added up by, besides each by itself. */
export const GROUPS = ['journal', 'account', 'date', 'payment'] as const;
export type GroupName = (typeof GROUPS)[number];

/** The entries of the tab and its filter with a sub-total for each journal, account, day or payment; each opens its entries. */
export function Groups({ list, by }: { list: List; by: GroupName }) {
  const { say, count, amount, day } = useSpeech();
  const path = groupsPath(list.run, list.query, by);
  const answer = useQuery({
    queryKey: [...reviewKey(list.run), 'rows', path], // what a tick or a mended mapping changes is asked again
    queryFn: () => get<ReviewGroups>(path),
  });
  if (answer.error) return <Unread query={answer} />;
  if (!answer.data) return <Skeleton />;
  const { rows, total } = answer.data;
  const title = say(by === 'date' ? 'ui.column.date' : `ui.column.${by}`);
  const blankIfNone = (sum: string) => (/[1-9]/.test(sum) ? amount(sum) : '');
  const shown = (value: string) => (by === 'date' ? day(value) : value);
  return (
    <section className="card groups">
      <Table
        label={say('ui.review.group.of', { column: title })}
        heads={[
          title,
          [say('ui.dash.entries.head'), 'right'],
          [say('ui.review.group.lines'), 'right'],
          [say('ui.column.debit'), 'right'],
          [say('ui.column.credit'), 'right'],
        ]}
        foot={
          <tr>
            <th scope="row">{say('ui.total')}</th>
            <td className="figure right">{count(total.entries)}</td>
            <td className="figure right">{count(total.lines)}</td>
            <td className="figure right">{amount(total.debit)}</td>
            <td className="figure right">{amount(total.credit)}</td>
          </tr>
        }
      >
        {rows.map((row) => (
          <tr key={row.value}>
            <td className={by === 'payment' ? undefined : 'figure'}>
              {row.value === '' ? (
                <span className="muted">{say('ui.review.group.none')}</span>
              ) : (
                <button
                  type="button"
                  className="link-button"
                  onClick={() => list.set({ filters: { ...list.query.filters, [by]: wireOfGroup(by, row.value) } })}
                >
                  {shown(row.value)}
                </button>
              )}{' '}
              {row.name ? <span className="muted">{row.name}</span> : null}
            </td>
            <td className="figure right">{count(row.entries)}</td>
            <td className="figure right">{count(row.lines)}</td>
            <td className="figure right">{blankIfNone(row.debit)}</td>
            <td className="figure right">{blankIfNone(row.credit)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function wireOfGroup(by: GroupName, value: string): string {
  return by === 'date' ? `${value}..${value}` : `=${value}`;
}

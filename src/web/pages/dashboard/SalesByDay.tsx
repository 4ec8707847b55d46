import { useState } from 'react';
import { Link } from 'wouter';
import type { Dashboard } from '../../../api/activity.ts';
import { useSpeech } from '../../language.tsx';
import { Panel } from '../../parts/Panel.tsx';
import type { Behind } from './Board.tsx';
import { type Bar, chartOf } from './chart.ts';

/** Bars over a base line at zero, one colour; what they say stands in a table too, which opens by a button. */
export function SalesByDay({ board, behind }: { board: Dashboard; behind: Behind }) {
  const { say, money, amount, day } = useSpeech();
  const [over, setOver] = useState<Bar | null>(null);
  const { bars, above, largest } = chartOf(board.days, board);
  const told = over ?? largest;
  const dayOf = ({ from, to }: Bar) => (from === to ? day(from) : say('ui.from-to', { from: day(from), to: day(to) }));
  const words = (bar: Bar) =>
    say(bar === largest && over === null ? 'ui.dash.day.largest' : 'ui.dash.day', {
      ...{ amount: money(bar.net, board.currency), day: dayOf(bar) },
    });
  const filled = bars.filter(({ entries }) => entries > 0);
  const at = ({ from, to }: Bar) => behind({ about: 'net', from, to, of: board.from, until: board.to });
  return (
    <Panel
      title={say('ui.dash.days')}
      more={<span className="muted figure chart-told">{told ? words(told) : ''}</span>}
    >
      <div className="chart" aria-hidden="true">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: what the bars say on hover stands in the table below. */}
        <div className="chart-bars" onMouseLeave={() => setOver(null)}>
          {bars.map((bar) => (
            <Link
              key={bar.from}
              href={at(bar)}
              tabIndex={-1}
              className="chart-bar"
              onMouseEnter={() => setOver(bar)}
              title={`${dayOf(bar)} · ${amount(bar.net)}`}
            >
              <span style={{ height: `${above / 10}%` }}>
                {bar.height > 0 ? <i style={{ height: `${(bar.height / above) * 100}%` }} /> : null}
              </span>
              <span className="below" style={{ height: `${(1000 - above) / 10}%` }}>
                {bar.height < 0 ? <i style={{ height: `${(-bar.height / (1000 - above)) * 100}%` }} /> : null}
              </span>
            </Link>
          ))}
        </div>
        <div className="chart-labels">
          {bars.map((bar) => (
            <span key={bar.from}>{bar.label}</span>
          ))}
        </div>
      </div>
      <details className="chart-table">
        <summary>{say('ui.dash.days.table')}</summary>
        <table className="table plain-head">
          <thead>
            <tr>
              <th scope="col">{say('ui.column.date')}</th>
              <th scope="col" className="right">
                {say('ui.dash.entries.head')}
              </th>
              <th scope="col" className="right">
                {say('ui.dash.net')}
              </th>
            </tr>
          </thead>
          <tbody>
            {filled.map((bar) => (
              <tr key={bar.from}>
                <td className="figure">
                  <Link href={at(bar)}>{dayOf(bar)}</Link>
                </td>
                <td className="figure right">{bar.entries}</td>
                <td className="figure right">{amount(bar.net)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Panel>
  );
}

import type { DocumentPage as Answer } from '../../../api/document.ts';
import { useSpeech } from '../../language.tsx';
import { Table } from '../../parts/Table.tsx';

/** *Show the sum*: what the lines make, what the shop states, what separates them; a gap is told by its colour and its sign. */
export function Sums({ document }: { document: Answer }) {
  const { say, amount, percent } = useSpeech();
  const { content } = document;
  if (content === null) return null;
  return (
    <section className="card table-card" aria-label={say('ui.cure.show-sum')}>
      <div className="card-head">
        <h2 className="section-title">{say('ui.document.sums')}</h2>
        <span className="muted">{document.currency}</span>
      </div>
      <Table
        label={`${say('ui.document.sums')}, ${say('ui.columns')}`}
        heads={[
          say('ui.document.sums.what'),
          [say('ui.sum.lines'), 'right'],
          [say('ui.sum.stated'), 'right'],
          [say('ui.sum.difference'), 'right'],
        ]}
      >
        {content.sums.map((row) => {
          const differs = /[1-9]/.test(row.difference);
          return (
            <tr key={`${row.what} ${row.rate}`}>
              <td>
                {say(`ui.document.sums.${row.what}`)}
                {row.rate === null ? '' : ` ${percent(row.rate)}`}
              </td>
              <td className="figure right">{amount(row.lines)}</td>
              <td className="figure right">{amount(row.stated)}</td>
              <td className={differs ? 'figure right bad' : 'figure right muted'}>{amount(row.difference)}</td>
            </tr>
          );
        })}
      </Table>
    </section>
  );
}

/** Its lines as the shop states them. */
export function Lines({ document }: { document: Answer }) {
  const { say, amount, percent, knows } = useSpeech();
  const { content } = document;
  if (content === null) return null;
  return (
    <section className="card table-card" aria-label={say('ui.document.lines')}>
      <div className="card-head">
        <h2 className="section-title">{say('ui.document.lines')}</h2>
      </div>
      <Table
        label={`${say('ui.document.lines')}, ${say('ui.columns')}`}
        heads={[
          say('ui.column.label'),
          [say('ui.document.quantity'), 'right'],
          [say('ui.document.sums.net'), 'right'],
          [say('ui.column.tax-rate'), 'right'],
          [say('ui.document.sums.tax'), 'right'],
          [say('ui.document.sums.gross'), 'right'],
        ]}
      >
        {content.lines.map((line) => (
          <tr key={line.id}>
            <td>
              {line.label}{' '}
              {line.kind === 'product' ? null : (
                <span className="muted">{knows(`ui.role.${line.kind}`) ? say(`ui.role.${line.kind}`) : line.kind}</span>
              )}
            </td>
            <td className="figure right">{line.quantity}</td>
            <td className="figure right">{amount(line.net)}</td>
            <td className="figure right">{line.rates.map((rate) => percent(rate)).join(' + ')}</td>
            <td className="figure right">{amount(line.tax)}</td>
            <td className="figure right">{amount(line.gross)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

import type { DocumentPage as Answer } from '../../../api/document.ts';
import { useSpeech } from '../../language.tsx';

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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <div className="table-scroll" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('ui.document.sums.what')}</th>
              <th scope="col" className="right">
                {say('ui.sum.lines')}
              </th>
              <th scope="col" className="right">
                {say('ui.sum.stated')}
              </th>
              <th scope="col" className="right">
                {say('ui.sum.difference')}
              </th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section className="table-scroll" tabIndex={0} aria-label={`${say('ui.document.lines')}, ${say('ui.columns')}`}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('ui.column.label')}</th>
              <th scope="col" className="right">
                {say('ui.document.quantity')}
              </th>
              <th scope="col" className="right">
                {say('ui.document.sums.net')}
              </th>
              <th scope="col" className="right">
                {say('ui.column.tax-rate')}
              </th>
              <th scope="col" className="right">
                {say('ui.document.sums.tax')}
              </th>
              <th scope="col" className="right">
                {say('ui.document.sums.gross')}
              </th>
            </tr>
          </thead>
          <tbody>
            {content.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  {line.label}{' '}
                  {line.kind === 'product' ? null : (
                    <span className="muted">
                      {knows(`ui.role.${line.kind}`) ? say(`ui.role.${line.kind}`) : line.kind}
                    </span>
                  )}
                </td>
                <td className="figure right">{line.quantity}</td>
                <td className="figure right">{amount(line.net)}</td>
                <td className="figure right">{line.rates.map((rate) => percent(rate)).join(' + ')}</td>
                <td className="figure right">{amount(line.tax)}</td>
                <td className="figure right">{amount(line.gross)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

import type { DocumentPage as Answer } from '../../../api/document.ts';
import { useSpeech } from '../../language.tsx';
import { Table } from '../../parts/Table.tsx';

/** A document that changed after its transfer: as it was written beside as it is now, only what differs. */
export function ComparisonCard({ document }: { document: Answer }) {
  const { say, amount, money, percent, knows } = useSpeech();
  const { comparison } = document;
  if (comparison === null) return null;
  const isForeign = document.currency !== comparison.currency;
  return (
    <section className="card table-card" aria-label={say('ui.document.compare')}>
      <div className="card-head">
        <h2 className="section-title">{say('ui.document.compare')}</h2>
        <span className="muted figure">
          {say('ui.document.compare.worth', {
            before: money(comparison.before, comparison.currency),
            now: comparison.now ? money(comparison.now, document.currency ?? comparison.currency) : '…',
          })}
        </span>
      </div>
      <Table
        label={`${say('ui.document.compare')}, ${say('ui.columns')}`}
        heads={[say('ui.document.line'), [say('ui.document.before'), 'right'], [say('ui.document.now'), 'right']]}
        look="compare"
      >
        {comparison.lines.map((line) => (
          <tr key={line.part + line.role + line.account + line.taxCode + line.taxRate}>
            <td>
              <span className="figure">{line.account}</span>{' '}
              <span className="muted">
                {knows(`ui.role.${line.role}`) ? say(`ui.role.${line.role}`) : line.role}
                {line.taxRate ? ` ${percent(line.taxRate)}` : ''}
              </span>
            </td>
            <td className="figure right">{line.before === null ? '' : amount(line.before)}</td>
            <td className="figure right changed-cell">{line.now === null ? '' : amount(line.now)}</td>
          </tr>
        ))}
        {comparison.lines.length === 0 ? (
          <tr>
            <td>{say('ui.column.gross')}</td>
            <td className="figure right">{amount(comparison.before)}</td>
            <td className="figure right changed-cell">
              {comparison.now === null ? '' : amount(comparison.now)}
              {isForeign ? ` ${document.currency}` : ''}
            </td>
          </tr>
        ) : null}
      </Table>
      <p className="card-foot muted">
        {say(comparison.lines.length > 0 ? 'ui.document.compare.lines' : 'ui.document.compare.only')}
      </p>
    </section>
  );
}

import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { FormatTrial } from '../../../api/format.ts';
import type { PreviewLine } from '../../../schema/format-preview.ts';
import { useSpeech } from '../../language.tsx';
import { sayReason } from '../../parts/state.ts';
import type { RecordName } from './edit.ts';

type Props = {
  readonly trial: FormatTrial | undefined;
  readonly fixed: boolean;
  readonly chosen: { readonly record: RecordName; readonly index: number };
  readonly onChoose: (record: RecordName, index: number) => void;
};

/** What the format writes for some entries, the chosen column lit in every line, and what a reader makes of it. */
export function Preview({ trial, fixed, chosen, onChoose }: Props) {
  const speech = useSpeech();
  const { say, amount, count } = speech;
  const preview = trial?.preview ?? null;
  const longest = preview?.lines.reduce((length, { text }) => Math.max(length, text.length), 0) ?? 0;
  return (
    <section className="format-preview" aria-label={say('ui.format.preview')}>
      <div className="format-preview-head">
        <h2>{say('ui.format.preview')}</h2>
        <span className="muted">
          {preview === null ? '' : say(trial?.sample === true ? 'ui.format.sample' : 'ui.format.last')}
        </span>
        <p role="status" className={verdictOf()[0]}>
          {verdictOf()[0] === 'ok' ? (
            <IconCheck size={16} stroke={2} aria-hidden="true" />
          ) : (
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
          )}{' '}
          {verdictOf()[1]}
        </p>
      </div>
      {preview === null ? null : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
          <section className="format-lines mono" tabIndex={0} aria-label={say('ui.format.lines')}>
            {fixed ? <Ruler length={longest} /> : null}
            {preview.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
              <div key={index} className="format-line">
                <span className="format-number">{index + 1}</span>
                <Line line={line} chosen={chosen} onChoose={onChoose} />
              </div>
            ))}
          </section>
          {preview.held.map(({ entry, problems }) => (
            <p key={entry} className="format-held">
              {say('ui.format.held', {
                number: entry,
                reason: problems.map((problem) => sayReason(problem, speech).message).join(' '),
              })}
            </p>
          ))}
          <p className="muted format-carries">
            {say('ui.format.carries', { carries: words(preview.carries) })}{' '}
            {preview.lacks.length === 0 ? null : say('ui.format.lacks', { lacks: words(preview.lacks) })}
          </p>
        </>
      )}
    </section>
  );

  function words(names: readonly string[]): string {
    return names.map((name) => say(`carried.${name}`)).join(', ');
  }

  function verdictOf(): readonly ['ok' | 'wrong' | 'muted', string] {
    if (trial === undefined) return ['muted', say('ui.format.trying')];
    if (preview === null) return ['wrong', say('ui.format.faults', { n: trial.errors.length })];
    const { read } = preview;
    switch (read.state) {
      case 'proven':
        return ['ok', say('ui.format.proven', { lines: count(read.lines), total: amount(read.debit) })];
      case 'fault': {
        const { line, column, expected, found } = read;
        return ['wrong', say('ui.format.unreadable', { line, column: column ?? '', expected, found })];
      }
      case 'differs':
        return ['wrong', say('ui.format.differs', { what: read.what })];
      case 'nothing':
        return ['wrong', say('ui.format.nothing')];
    }
  }
}

function Line({ line, chosen, onChoose }: { line: PreviewLine } & Pick<Props, 'chosen' | 'onChoose'>) {
  const { text, record, cells } = line;
  if (record === 'head' || record === 'foot') return <span>{text}</span>;
  const own: RecordName = record === 'names' ? 'line' : record;
  let at = 0;
  return (
    <>
      {cells.map(({ start, end }, index) => {
        const before = text.slice(at, start);
        at = end;
        const cell = text.slice(start, end);
        const look = own === chosen.record && index === chosen.index ? 'format-cell lit' : 'format-cell';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
          <span key={index}>
            {before}
            {cell.trim() === '' ? (
              <span className={look}>{cell}</span>
            ) : (
              <button type="button" tabIndex={-1} className={look} onClick={() => onChoose(own, index)}>
                {cell}
              </button>
            )}
          </span>
        );
      })}
      {text.slice(at)}
    </>
  );
}

/** Positions from 1, a number at each ten. */
function Ruler({ length }: { length: number }) {
  const tens = Array.from({ length: Math.floor(length / 10) }, (_, index) => String((index + 1) * 10).padStart(10));
  const marks = Array.from({ length }, (_, at) => ((at + 1) % 10 === 0 ? '|' : (at + 1) % 5 === 0 ? '+' : '·'));
  return (
    <div aria-hidden="true">
      {[tens.join(''), marks.join('')].map((text) => (
        <div key={text} className="format-line format-ruler">
          <span className="format-number" />
          {text}
        </div>
      ))}
    </div>
  );
}

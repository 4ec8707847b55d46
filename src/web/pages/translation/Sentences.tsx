// biome-ignore-all lint/a11y/useSemanticElements: rows in sight alone are drawn, which a table cannot.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and cells are read, their fields are reached.
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import type { LanguageFile } from '../../../api/languages.ts';
import { useSpeech } from '../../language.tsx';
import { isDone, piecesOf, placeOf, type Row, type Sentence } from './rows.ts';

type Props = {
  readonly rows: readonly Row[];
  /** The sentences as they stand now, with what is being written. */
  readonly now: ReadonlyMap<string, Sentence>;
  readonly language: Pick<LanguageFile, 'code'>;
  readonly profile: string | null;
  readonly onWrite: (key: string, text: string) => void;
};

/** Thousands of sentences, those in sight drawn: done, key, French, English, translation. */
export function Sentences({ rows, now, language, profile, onWrite }: Props) {
  const { say } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index]?.kind === 'category' ? 37 : 62),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : row.kind === 'category' ? `# ${row.category}` : row.key;
    },
    overscan: 12,
  });
  const heads = ['done', 'key', 'fr', 'en', 'translation'].map((id) =>
    id === 'fr' || id === 'en' ? say(`ui.language.${id}`) : say(`ui.translation.column.${id}`),
  );
  return (
    <div
      ref={box}
      className="card sentences"
      role="table"
      aria-label={say('ui.translation.table')}
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup" className="sentences-heads">
        <div role="row" aria-rowindex={1} className="sentence-row">
          {heads.map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
      </div>
      {rows.length === 0 ? <p className="empty">{say('ui.translation.none')}</p> : null}
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              className={row.kind === 'category' ? 'sentence-category' : 'sentence-row'}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
            >
              {row.kind === 'category' ? (
                <Category row={row} href={seeIn(placeOf(row.category, profile), language.code)} />
              ) : (
                <Cells sentence={now.get(row.key) ?? row} code={language.code} onWrite={onWrite} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The page of a category in a tab of its own, which alone speaks the language that is being written. */
function seeIn(place: string | null, code: string): string | null {
  return place === null ? null : `${place}${place.includes('?') ? '&' : '?'}language=${code}`;
}

function Category({ row, href }: { row: Extract<Row, { kind: 'category' }>; href: string | null }) {
  const { say, count } = useSpeech();
  return (
    <span role="cell" aria-colspan={5}>
      <strong>{row.category}</strong>{' '}
      <span className="muted figure">
        {say('ui.translation.progress', { done: count(row.done), total: count(row.total) })}
      </span>
      {href === null ? null : (
        <a className="link-button" href={href} target="_blank" rel="noopener">
          {say('ui.translation.see')} <IconExternalLink size={14} stroke={1.75} aria-hidden="true" />
        </a>
      )}
    </span>
  );
}

type CellsProps = {
  readonly sentence: Sentence;
  readonly code: string;
  readonly onWrite: Props['onWrite'];
};

const Cells = memo(function Cells({ sentence, code, onWrite }: CellsProps) {
  const { say } = useSpeech();
  const { key, fr, en, text, fault } = sentence;
  const id = `translation-${key}`;
  return (
    <>
      <span role="cell" className="sentence-done">
        {isDone(sentence) ? (
          <>
            <IconCheck size={15} stroke={2} className="ok" aria-hidden="true" />
            <span className="unseen">{say('ui.yes')}</span>
          </>
        ) : (
          <span className="unseen">{say('ui.no')}</span>
        )}
      </span>
      <span role="cell" className="sentence-key">
        {key}
      </span>
      <span role="cell" lang="fr">
        <Pieces text={fr} />
      </span>
      <span role="cell" lang="en">
        <Pieces text={en} />
      </span>
      <span role="cell">
        <textarea
          id={id}
          className="field"
          lang={code}
          rows={1}
          maxLength={4000}
          spellCheck
          aria-label={say('ui.translation.of', { key })}
          aria-invalid={fault !== null}
          aria-describedby={fault === null ? undefined : `${id}-fault`}
          value={text}
          onChange={(event) => onWrite(key, event.target.value)}
        />
        {fault === null ? null : (
          <span className="field-error" id={`${id}-fault`} role="alert">
            {say(`word.translation-${fault.reason}`, { detail: fault.hole })}
          </span>
        )}
      </span>
    </>
  );
});

/** A sentence as it is kept, its placeholders marked. Always text. */
function Pieces({ text }: { text: string }) {
  return piecesOf(text).map(({ hole, text: piece }, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place.
    hole ? <code key={place}>{piece}</code> : <span key={place}>{piece}</span>,
  );
}

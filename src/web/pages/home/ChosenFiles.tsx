import { IconFile, IconFileAlert, IconFileCheck, IconX } from '@tabler/icons-react';
import type { QueryObserverResult } from '@tanstack/react-query';
import type { PeekedFile } from '../../../api/file.ts';
import { useSpeech } from '../../language.tsx';
import { troubleOf } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { kindWord, type RunKind, sayReason } from '../../parts/state.ts';

type Props = {
  files: readonly File[];
  peeked: readonly QueryObserverResult<PeekedFile>[];
  kind: RunKind;
  onRemove: (at: number) => void;
};

/** Several files that go together: name and size of each, what it is, and a way to leave it out. */
export function ChosenFiles({ files, peeked, kind, onRemove }: Props) {
  const { say, bytes } = useSpeech();
  return (
    <ul className="chosen-files" aria-label={say('ui.file.chosen')}>
      {files.map((file, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: files of two folders may have one name
        <li key={`${at} ${file.name}`}>
          <What query={peeked[at]} kind={kind}>
            <span className="strong">{file.name}</span> <span className="muted">{bytes(file.size)}</span>
          </What>
          <Button
            look="plain"
            small
            aria-label={say('ui.file.leave-out', { file: file.name })}
            onClick={() => onRemove(at)}
          >
            <IconX size={14} aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function What(props: { query: QueryObserverResult<PeekedFile> | undefined; kind: RunKind; children: React.ReactNode }) {
  const speech = useSpeech();
  const { query, kind, children } = props;
  const [Icon, look] = query?.error
    ? [IconFileAlert, 'bad']
    : query?.data
      ? [IconFileCheck, query.data.first || query.data.csv ? 'ok' : undefined]
      : [IconFile, undefined];
  return (
    <>
      <Icon size={16} stroke={1.75} aria-hidden="true" className={look} />
      <span>
        {children}
        {query?.error ? <span className="field-error">{sayReason(troubleOf(query.error), speech).message}</span> : null}
        {query?.data ? <span className="help">{toldOf(query.data, kind, speech)}</span> : null}
      </span>
    </>
  );
}

/** What the beginning of a file tells, in one line. */
export function toldOf(
  { first, shop, csv }: PeekedFile,
  kind: RunKind,
  { say, day, money }: Pick<ReturnType<typeof useSpeech>, 'say' | 'day' | 'money'>,
): string {
  const word = kindWord(kind);
  if (csv !== null)
    return say(csv.headless || csv.questions.length > 0 ? 'ui.file.csv.asks' : 'ui.file.csv', {
      columns: csv.columns.length,
    });
  const told = first
    ? say(`ui.file.first.${word}`, {
        first: [first.order, day(first.date), money(first.gross, first.currency)].join(', '),
      })
    : say(`ui.file.none.${word}`);
  return `${say('ui.file.recognised', { shop })} ${told}`;
}

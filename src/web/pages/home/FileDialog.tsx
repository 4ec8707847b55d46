import { Modal } from '@mantine/core';
import { IconFileCheck, IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import type { ProfileHome, RunSummary } from '../../../api/api.ts';
import type { PeekedFile } from '../../../api/file.ts';
import type { CsvLayout } from '../../../schema/csv-layout.ts';
import type { CsvPreview } from '../../../schema/csv-preview.ts';
import { put, remove, sendFile } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { kindWord, type RunKind } from '../../parts/state.ts';
import { ChosenFiles, toldOf } from './ChosenFiles.tsx';
import { CsvReading } from './CsvReading.tsx';
import { together, tooLarge, usePeeked } from './chosen-files.ts';
import { ImportBoxes } from './ImportBoxes.tsx';

type Props = {
  home: ProfileHome;
  kind: RunKind;
  onKind: (kind: RunKind) => void;
  onClose: () => void;
  onStarted: (run: RunSummary) => void;
};

/** Files of sales or credit notes in the place of the shop (S-051, S-052): what they are, two boxes, one button. */
export function FileDialog({ home, kind, onKind, onClose, onStarted }: Props) {
  const { say } = useSpeech();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [includeTransferred, setInclude] = useState(false);
  const [review, setReview] = useState(home.showEntriesBeforeWriting);
  const word = kindWord(kind);
  const refused = tooLarge(files);
  const peeked = usePeeked(home.id, refused === null ? files : [], kind);
  const [file] = files;
  const alone = files.length === 1 ? peeked[0] : undefined;
  const csvs = peeked.flatMap(({ data }) => (data?.csv ? [data.csv] : []));
  const asks = ({ headless, questions }: CsvPreview) => headless || questions.length > 0;
  const csv = csvs.find(asks) ?? csvs.find(({ known }) => !known) ?? alone?.data?.csv ?? null; // one at a time is spoken of
  const layoutAddress = ({ fingerprint }: CsvPreview) => `/api/profiles/${home.id}/file-layouts/${fingerprint}`;
  const correct = useAct({
    mutationFn: ({ of, layout }: { of: CsvPreview; layout: CsvLayout | null }) =>
      layout === null ? remove(layoutAddress(of)) : put(layoutAddress(of), { layout }),
    onSuccess: () => Promise.all(peeked.map(({ refetch }) => refetch())),
  });
  const start = useAct({
    mutationFn: async (chosen: readonly [File, ...File[]]) => {
      // What was shown is what is read.
      for (const each of csvs) if (!each.known) await put(layoutAddress(each), { layout: each.layout });
      const sent = await together(chosen);
      return sendFile<RunSummary>(`/api/profiles/${home.id}/runs/file`, sent, {
        ...{ kind, name: sent.name, includeTransferred: String(includeTransferred), review: String(review) },
      });
    },
    onSuccess: onStarted,
  });
  const read = peeked.some(({ data }) => data !== undefined) && peeked.every(({ isPending }) => !isPending);
  const ready = refused === null && read && !csvs.some(asks) && !start.isPending && !start.isSuccess;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && file) start.mutate([file, ...files.slice(1)]);
  };
  const choose = (chosen: readonly File[]) => {
    start.reset();
    setFiles(chosen);
  };

  return (
    <Modal.Root opened onClose={onClose} size={csv === null ? 560 : 860} centered radius={14}>
      <Modal.Overlay color="var(--veil)" backgroundOpacity={1} />
      <Modal.Content>
        <form onSubmit={submit}>
          <Modal.Header style={{ padding: '18px 22px 14px', alignItems: 'flex-start' }}>
            <div>
              <Modal.Title style={{ fontSize: 17, lineHeight: '22px', fontWeight: 640 }}>
                {say(`ui.file.title.${word}`)}
              </Modal.Title>
              <p className="muted" style={{ fontSize: 13, marginTop: 4 }}>
                {say(review ? 'ui.import.safe' : 'ui.import.direct')}
              </p>
            </div>
            <Modal.CloseButton aria-label={say('ui.close')} />
          </Modal.Header>
          <div className="file-main">
            <Segments
              label={say('ui.file.kind')}
              value={kind}
              choices={[
                { id: 'sales', label: say('ui.kind.sales') },
                { id: 'creditNotes', label: say('ui.kind.credit-notes') },
              ]}
              onChoose={(chosen) => onKind(chosen === 'sales' ? 'sales' : 'creditNotes')}
            />
            <Drop files={files} onFiles={choose} />
            {files.length > 1 ? (
              <ChosenFiles
                files={files}
                peeked={peeked}
                kind={kind}
                onRemove={(at) => choose(files.filter((_, other) => other !== at))}
              />
            ) : null}
            {refused !== null ? (
              <p className="field-error" role="alert">
                {say(refused.key, { limit: refused.limit, file: refused.file })}
              </p>
            ) : alone?.error ? (
              <TroubleNotice error={alone.error} />
            ) : csv !== null ? (
              <CsvReading
                csv={csv}
                onLayout={(layout) => correct.mutate({ of: csv, layout })}
                onForget={() => correct.mutate({ of: csv, layout: null })}
                busy={correct.isPending || peeked.some(({ isFetching }) => isFetching)}
              />
            ) : alone?.data ? (
              <Seen seen={alone.data} kind={kind} />
            ) : null}
            <ImportBoxes
              word={word}
              includeTransferred={includeTransferred}
              onInclude={setInclude}
              review={review}
              onReview={setReview}
            />
            {correct.error ? <TroubleNotice error={correct.error} /> : null}
            {start.error ? <TroubleNotice error={start.error} /> : null}
          </div>
          <div className="import-foot">
            <span className="gaps" />
            <Button onClick={onClose}>{say('ui.cancel')}</Button>
            <Button
              look="primary"
              type="submit"
              disabled={!ready}
              title={file === undefined ? say('ui.file.choose-first') : undefined}
            >
              {say(start.isPending ? 'ui.file.sending' : `ui.import.${word}`)}
            </Button>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Files are dropped, or chosen by a click or a key; what is chosen stands in the place of the invitation. */
function Drop({ files, onFiles }: { files: readonly File[]; onFiles: (files: readonly File[]) => void }) {
  const { say, bytes } = useSpeech();
  const [file] = files;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const waiting = setTimeout(() => input.current?.focus({ preventScroll: true }), 60); // after the dialog's own focus
    return () => clearTimeout(waiting);
  }, []);
  const hover = (event: DragEvent, state: boolean) => {
    event.preventDefault();
    setOver(state);
  };
  return (
    <label
      className={over ? 'drop over' : 'drop'}
      htmlFor="sales-file"
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        hover(event, false);
        if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
      }}
    >
      <IconFileUpload size={24} stroke={1.5} aria-hidden="true" />
      <span>
        <span className="strong">
          {file === undefined
            ? say('ui.file.drop')
            : files.length === 1
              ? file.name
              : say('ui.file.several', { count: files.length })}
        </span>
        <br />
        <span className="muted">
          {file === undefined ? say('ui.file.drop.help') : bytes(files.reduce((sum, { size }) => sum + size, 0))}
        </span>
      </span>
      <input
        ref={input}
        id="sales-file"
        className="unseen"
        type="file"
        multiple
        accept=".zip,.xml,.json,.jsonl,.ndjson,.gz,.pdf,.csv,.txt,.tsv"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = ''; // the same file may be chosen again once it was mended
          if (chosen.length > 0) onFiles(chosen);
        }}
      />
    </label>
  );
}

/** What its beginning tells: from which shop it is, and its first document. */
function Seen({ seen, kind }: { seen: PeekedFile; kind: RunKind }) {
  const speech = useSpeech();
  return (
    <p className="help file-seen" role="status">
      <IconFileCheck size={16} stroke={1.75} aria-hidden="true" className={seen.first ? 'ok' : undefined} />
      <span>{toldOf(seen, kind, speech)}</span>
    </p>
  );
}

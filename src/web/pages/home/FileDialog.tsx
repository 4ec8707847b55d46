import { Modal } from '@mantine/core';
import { IconFileCheck, IconFileUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import type { ProfileHome, RunSummary } from '../../../api/api.ts';
import type { PeekedFile } from '../../../api/file.ts';
import { MAX_FILE_MEGABYTES, PEEKED_BYTES } from '../../../api/limits.ts';
import type { CsvLayout } from '../../../schema/csv-layout.ts';
import type { CsvPreview } from '../../../schema/csv-preview.ts';
import { put, remove, sendFile } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { kindWord, type RunKind } from '../../parts/state.ts';
import { CsvReading } from './CsvReading.tsx';
import { ImportBoxes } from './ImportBoxes.tsx';

type Props = {
  home: ProfileHome;
  kind: RunKind;
  onKind: (kind: RunKind) => void;
  onClose: () => void;
  onStarted: (run: RunSummary) => void;
};

/** A file of sales or credit notes in the place of the shop (S-051, S-052): what it is, two boxes, one button. */
export function FileDialog({ home, kind, onKind, onClose, onStarted }: Props) {
  const { say } = useSpeech();
  const [file, setFile] = useState<File | null>(null);
  const [includeTransferred, setInclude] = useState(false);
  const [review, setReview] = useState(home.showEntriesBeforeWriting);
  const word = kindWord(kind);
  const tooLarge = file !== null && file.size > MAX_FILE_MEGABYTES * 1024 * 1024;
  const seen = usePeeked(home.id, tooLarge ? null : file, kind);
  const csv = seen.data?.csv ?? null;
  const layoutAddress = ({ fingerprint }: CsvPreview) => `/api/profiles/${home.id}/file-layouts/${fingerprint}`;
  const correct = useAct({
    mutationFn: ({ of, layout }: { of: CsvPreview; layout: CsvLayout | null }) =>
      layout === null ? remove(layoutAddress(of)) : put(layoutAddress(of), { layout }),
    onSuccess: () => seen.refetch(),
  });
  const start = useAct({
    mutationFn: async (chosen: File) => {
      if (csv !== null && !csv.known) await put(layoutAddress(csv), { layout: csv.layout }); // what was shown is what is read
      return sendFile<RunSummary>(`/api/profiles/${home.id}/runs/file`, chosen, {
        ...{ kind, name: chosen.name, includeTransferred: String(includeTransferred), review: String(review) },
      });
    },
    onSuccess: onStarted,
  });
  const sure = csv === null || (csv.questions.length === 0 && !csv.headless);
  const ready = file !== null && !tooLarge && seen.data !== undefined && sure && !start.isPending && !start.isSuccess;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) start.mutate(file);
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
            <Drop
              file={file}
              onFile={(chosen) => {
                start.reset();
                setFile(chosen);
              }}
            />
            {tooLarge ? (
              <p className="field-error" role="alert">
                {say('ui.file.too-large', { limit: MAX_FILE_MEGABYTES })}
              </p>
            ) : seen.error ? (
              <TroubleNotice error={seen.error} />
            ) : csv !== null ? (
              <CsvReading
                csv={csv}
                onLayout={(layout) => correct.mutate({ of: csv, layout })}
                onForget={() => correct.mutate({ of: csv, layout: null })}
                busy={correct.isPending || seen.isFetching}
              />
            ) : seen.data ? (
              <Seen seen={seen.data} kind={kind} />
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
              title={file === null ? say('ui.file.choose-first') : undefined}
            >
              {say(start.isPending ? 'ui.file.sending' : `ui.import.${word}`)}
            </Button>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}

/** A file is dropped, or chosen by a click or a key; what is chosen stands in the place of the invitation. */
function Drop({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const { say, bytes } = useSpeech();
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
        const [dropped] = event.dataTransfer.files;
        if (dropped) onFile(dropped);
      }}
    >
      <IconFileUpload size={24} stroke={1.5} aria-hidden="true" />
      <span>
        <span className="strong">{file ? file.name : say('ui.file.drop')}</span>
        <br />
        <span className="muted">{file ? bytes(file.size) : say('ui.file.drop.help')}</span>
      </span>
      <input
        ref={input}
        id="sales-file"
        className="unseen"
        type="file"
        accept=".xml,.json,.jsonl,.ndjson,.gz,.pdf,.csv,.txt,.tsv"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = ''; // the same file may be chosen again once it was mended
          if (chosen) onFile(chosen);
        }}
      />
    </label>
  );
}

/** What its beginning tells: from which shop it is, and its first document. */
function Seen({ seen, kind }: { seen: PeekedFile; kind: RunKind }) {
  const { say, day, money } = useSpeech();
  const { first, shop } = seen;
  return (
    <p className="help file-seen" role="status">
      <IconFileCheck size={16} stroke={1.75} aria-hidden="true" className={first ? 'ok' : undefined} />
      <span>
        {say('ui.file.recognised', { shop })}{' '}
        {first
          ? say(`ui.file.first.${kindWord(kind)}`, {
              first: [first.order, day(first.date), money(first.gross, first.currency)].join(', '),
            })
          : say(`ui.file.none.${kindWord(kind)}`)}
      </span>
    </p>
  );
}

/** The server says what a file is from its beginning, before the rest is sent. */
function usePeeked(profile: string, file: File | null, kind: RunKind) {
  return useQuery({
    queryKey: ['peek', profile, kind, file?.name, file?.size, file?.lastModified],
    queryFn: () =>
      sendFile<PeekedFile>(`/api/profiles/${profile}/runs/file/peek`, (file ?? new Blob()).slice(0, PEEKED_BYTES), {
        ...{ kind, name: file?.name ?? '' },
      }),
    enabled: file !== null,
    retry: false,
    refetchOnWindowFocus: false,
    gcTime: 0, // chosen again, it may have been mended
  });
}

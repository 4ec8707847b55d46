import { IconDownload, IconFileText, IconListDetails, IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { DeliveredFile, RunSummary } from '../../../api/api.ts';
import { useSpeech } from '../../language.tsx';

/** What a run wrote: its file, where it is, that it was read again, and what goes with it. */
export function Delivered({ run, file }: { run: RunSummary; file: DeliveredFile }) {
  const { say, bytes } = useSpeech();
  const { customersFile, annexFile, moreFiles } = run;
  const address = `/api/runs/${run.id}`;
  return (
    <section className="card panel">
      <div className="card-head">
        <h2 className="section-title">{say(run.state === 'undone' ? 'ui.run.file.undone' : 'ui.run.file')}</h2>
      </div>
      <FileLine
        icon={<IconFileText size={18} stroke={1.75} aria-hidden="true" />}
        name={file.name}
        told={say('ui.run.file.size', { format: file.formatName, lines: file.lines, size: bytes(file.bytes) })}
        href={`${address}/file`}
      />
      <dl className="facts">
        <dt>{say('ui.home.folder')}</dt>
        <dd>{file.folder}</dd>
        <dt>{say('ui.run.reread')}</dt>
        <dd className="ok">{say('ui.run.reread.ok', { lines: file.lines })}</dd>
        <dt>{say('ui.run.hash')}</dt>
        <dd>
          <HashOf sha256={file.sha256} />
        </dd>
      </dl>
      {moreFiles.map((part, index) => (
        <FileLine
          key={part.name}
          icon={<IconFileText size={18} stroke={1.75} aria-hidden="true" />}
          name={part.name}
          told={say('ui.run.file.size', { format: part.formatName, lines: part.lines, size: bytes(part.bytes) })}
          href={`${address}/files/${index + 1}`}
        />
      ))}
      {annexFile ? (
        <FileLine
          icon={<IconListDetails size={18} stroke={1.75} aria-hidden="true" />}
          name={annexFile.name}
          told={say('ui.run.annex-file')}
          href={`${address}/annex`}
        />
      ) : null}
      {customersFile ? (
        <FileLine
          icon={<IconUsers size={18} stroke={1.75} aria-hidden="true" />}
          name={customersFile.name}
          told={say('ui.run.customers-file', { count: customersFile.lines, size: bytes(customersFile.bytes) })}
          href={`${address}/customers-file`}
        />
      ) : null}
    </section>
  );
}

function FileLine({ icon, name, told, href }: { icon: ReactNode; name: string; told: string; href: string }) {
  const { say } = useSpeech();
  return (
    <div className="file">
      <span className="tile">{icon}</span>
      <div>
        <p className="strong">{name}</p>
        <p className="muted">{told}</p>
      </div>
      <a className="button small" href={href} download={name} aria-label={say('ui.download.of', { file: name })}>
        <IconDownload size={16} stroke={1.75} aria-hidden="true" />
      </a>
    </div>
  );
}

function HashOf({ sha256 }: { sha256: string }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(sha256);
    setCopied(true);
  };
  return (
    <button type="button" className="link-button mono" title={sha256} onClick={copy}>
      <span className="unseen">{say('ui.run.hash.copy')} </span>
      {copied ? say('ui.copied') : `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} … ${sha256.slice(-4)}`}
    </button>
  );
}

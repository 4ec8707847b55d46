import { IconDownload } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useSpeech } from '../../language.tsx';
import type { StepProps } from './ConnectionStep.tsx';

/** Step 7: the first file, and what to do with it. */
export function FileStep({ home }: StepProps) {
  const { say } = useSpeech();
  const written = home.lastRuns.find(({ file }) => file !== null);
  return (
    <div className="start-form">
      {written?.file ? (
        <section className="card panel">
          <p className="strong">{written.file.name}</p>
          <p className="muted">
            {say('ui.start.file.made', { format: written.file.formatName, lines: written.file.lines })}
          </p>
          <p>{say('ui.start.file.use', { software: home.ledgerName })}</p>
          <p>
            <a className="button primary" href={`/api/runs/${written.id}/file`}>
              <IconDownload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.start.download')}
            </a>
          </p>
        </section>
      ) : (
        <p>
          {say('ui.start.file.none')}{' '}
          {home.openReview ? (
            <Link href={`/p/${home.id}/review/${home.openReview.run}`}>{say('ui.start.preview.open')}</Link>
          ) : (
            <Link href={`/start/preview?p=${home.id}`}>{say('ui.start.preview')}</Link>
          )}
        </p>
      )}
      <div className="start-foot">
        <span />
        <Link className="button" href={`/p/${home.id}`}>
          {say('ui.start.done')}
        </Link>
      </div>
    </div>
  );
}

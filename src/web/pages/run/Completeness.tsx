import type { Control } from '../../../api/api.ts';
import { useSpeech } from '../../language.tsx';
import { completenessLines } from './completeness.ts';

/** What the source counts against what was read, and the series of numbers. */
export function Completeness({ control, read }: { control: Control; read: number }) {
  const { say, day } = useSpeech();
  return (
    <section className="card panel">
      <div className="card-head">
        <h2 className="section-title">{say('ui.run.control')}</h2>
      </div>
      {completenessLines({ control, read, say, day }).map(({ text, wrong }) => (
        <p key={text} className={wrong ? 'bad' : undefined}>
          {text}
        </p>
      ))}
    </section>
  );
}

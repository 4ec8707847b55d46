import type { Completeness } from '../../api/api.ts';
import { useSpeech } from '../language.tsx';
import { completenessLines } from './completeness.ts';

/** What the source counts against what was read, and the series of numbers. */
export function CompletenessText({ control, read }: { control: Completeness; read: number }) {
  const { say, day } = useSpeech();
  return completenessLines({ control, read, say, day }).map(({ text, wrong }) => (
    <p key={text} className={wrong ? 'bad' : undefined}>
      {text}
    </p>
  ));
}

import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Completeness } from '../../../api/api.ts';
import type { Review } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { CompletenessText } from '../../parts/Completeness.tsx';
import { Button, Dialog } from '../../parts/Controls.tsx';
import { completenessLines } from '../../parts/completeness.ts';

/** Whether all was read and no number is missing, in a word; the rest in a dialog. */
export function Complete({ review, onlyWrong = false }: { review: Review; onlyWrong?: boolean }) {
  const { say, day } = useSpeech();
  const [opened, setOpened] = useState(false);
  const { control, run } = review;
  if (control === null) return null;
  const { read } = run.counts;
  const wrong = completenessLines({ control, read, say, day }).filter((line) => line.wrong).length;
  if (onlyWrong && wrong === 0) return null;
  const Icon = wrong > 0 ? IconAlertTriangle : IconCheck;
  return (
    <>
      <button
        type="button"
        className={`link-button complete ${tintOf(control, wrong)}`}
        onClick={() => setOpened(true)}
      >
        {control.complete === null && wrong === 0 ? null : <Icon size={14} stroke={2} aria-hidden="true" />}
        {wrong > 0
          ? say('ui.complete.wrong', { n: wrong })
          : say(control.complete === null ? 'ui.run.control' : 'ui.complete.all')}
      </button>
      <Dialog title={say('ui.run.control')} opened={opened} onClose={() => setOpened(false)} size={560}>
        <div className="dialog-form">
          <CompletenessText control={control} read={read} />
          <div className="dialog-acts">
            <Button onClick={() => setOpened(false)}>{say('ui.close')}</Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function tintOf({ complete }: Completeness, wrong: number): string {
  if (wrong > 0) return 'careful';
  return complete === null ? '' : 'ok';
}

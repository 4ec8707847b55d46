import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconPlugConnected,
} from '@tabler/icons-react';
import type { CheckAnswer } from '../../../api/shop.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { checkLines } from './checks.ts';

const ICONS = {
  ok: <IconCircleCheck size={16} stroke={1.75} className="ok" aria-hidden="true" />,
  warning: <IconAlertTriangle size={16} stroke={1.75} className="careful" aria-hidden="true" />,
  failed: <IconCircleX size={16} stroke={1.75} className="bad" aria-hidden="true" />,
  skipped: <IconCircleMinus size={16} stroke={1.75} className="muted" aria-hidden="true" />,
} as const;

/** *Test the connection*: each thing with its own result and cure. */
export function CheckPanel({ profile, unsaved }: { profile: string; unsaved: boolean }) {
  const speech = useSpeech();
  const { say, time } = speech;
  const check = useAct({ mutationFn: () => post<CheckAnswer>(`/api/profiles/${profile}/check`) });
  return (
    <section className="card" style={{ overflow: 'hidden' }}>
      <div className="card-head" style={{ padding: '12px 16px' }}>
        <div>
          <h2 className="section-title">{say('ui.check.title')}</h2>
          <p className="muted" style={{ fontSize: 13 }} aria-live="polite">
            {check.isPending
              ? say('ui.check.busy')
              : check.data
                ? say('ui.check.at', { time: time(new Date(check.submittedAt).toISOString(), { seconds: false }) })
                : say('ui.check.never')}
          </p>
        </div>
        <Button
          small
          onClick={() => check.mutate()}
          disabled={check.isPending || unsaved}
          title={unsaved ? say('ui.check.save-first') : undefined}
        >
          <IconPlugConnected size={16} stroke={1.75} aria-hidden="true" /> {say('ui.check')}
        </Button>
      </div>
      {unsaved ? (
        <p className="help" style={{ margin: '0 16px 12px' }}>
          {say('ui.check.save-first')}
        </p>
      ) : null}
      {check.error ? <TroubleNotice error={check.error} /> : null}
      {check.data ? <CheckList answer={check.data} /> : null}
    </section>
  );
}

/** Each thing that was tested, with its result and its cure. */
export function CheckList({ answer }: { answer: CheckAnswer }) {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <ul className="checks">
      {checkLines(answer, speech).map((line) => (
        <li key={line.id} className={line.result === 'failed' ? 'failed' : undefined}>
          {ICONS[line.result]}
          <div>
            <p className={line.result === 'failed' ? 'strong bad' : 'strong'}>
              {line.title}
              <span className="unseen"> : {say(`ui.check.result.${line.result}`)}</span>
            </p>
            {line.text ? <p className={line.result === 'failed' ? undefined : 'muted'}>{line.text}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

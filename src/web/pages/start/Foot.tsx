import { IconArrowRight } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { after, before, type Step } from './steps.ts';

type Props = {
  step: Step;
  profile: string;
  busy?: boolean;
  /** Saves the step; false keeps the person here. Left out: there is nothing to save. */
  onNext?: () => Promise<boolean>;
  /** What keeps *Continue* from being pressed. */
  blocked?: string | null;
};

/** *Back*, *Skip* and *Continue*: a step can always be left, and come back to. */
export function Foot({ step, profile, busy = false, onNext, blocked = null }: Props) {
  const { say } = useSpeech();
  const [, go] = useLocation();
  const next = `/start/${after(step)}?p=${profile}`;
  return (
    <footer className="start-foot">
      <Button onClick={() => go(`/start/${before(step)}?p=${profile}`)}>{say('ui.back')}</Button>
      <span />
      <Button look="plain" onClick={() => go(next)}>
        {say('ui.start.skip')}
      </Button>
      <Button
        look="primary"
        disabled={busy || blocked !== null}
        title={blocked ?? undefined}
        onClick={async () => {
          if (onNext === undefined || (await onNext())) go(next);
        }}
      >
        {say('ui.start.next')} <IconArrowRight size={16} aria-hidden="true" />
      </Button>
    </footer>
  );
}

import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useSpeech } from '../language.tsx';
import { useLeaveGuard } from '../shell/guard.ts';
import { Button, Dialog } from './Controls.tsx';

type Props = {
  /** Names of what changed; empty: nothing to save. */
  readonly changes: readonly string[];
  readonly saved: boolean;
  readonly busy: boolean;
  /** Why nothing can be saved now; null: it can. */
  readonly blocked: string | null;
  /** Where *Close* leads. */
  readonly back: string;
  /** Addresses that keep the changes. */
  readonly within: (path: string) => boolean;
  /** Saves; false when it was refused, which the page shows. */
  readonly onApply: () => Promise<boolean>;
  readonly onDiscard: () => void;
};

/** What changed, and *Close, Cancel, Apply, OK* as everywhere in the configuration; leaving with changes asks. */
export function SaveBar({ changes, saved, busy, blocked, back, within, onApply, onDiscard }: Props) {
  const { say } = useSpeech();
  const [, go] = useLocation();
  const unsaved = changes.length > 0;
  const guard = useLeaveGuard(unsaved, within);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      if (window.document.activeElement instanceof HTMLElement) window.document.activeElement.blur(); // some fields are read when they are left
      requestAnimationFrame(() => window.document.querySelector<HTMLButtonElement>('[data-apply]')?.click());
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, []);
  return (
    <>
      <footer className="save-bar">
        <p role="status">
          {unsaved ? (
            <>
              <span className="dot busy" aria-hidden="true" />
              <strong>{say('ui.settings.changes', { n: changes.length })}</strong>{' '}
              <span className="muted">{changes.join(', ')}</span>
            </>
          ) : saved ? (
            <span className="ok">{say('ui.settings.saved')}</span>
          ) : (
            <span className="muted">{say('ui.settings.none')}</span>
          )}
        </p>
        <Button look="plain" onClick={() => go(back)}>
          {say('ui.close')}
        </Button>
        {unsaved ? <Button onClick={onDiscard}>{say('ui.cancel')}</Button> : null}
        <Button
          data-apply
          disabled={!unsaved || blocked !== null || busy}
          title={blocked ?? undefined}
          onClick={onApply}
        >
          {say('ui.apply')}
        </Button>
        <Button
          look="primary"
          disabled={blocked !== null || busy}
          title={blocked ?? undefined}
          onClick={async () => {
            if (unsaved && !(await onApply())) return;
            guard.free();
            go(back);
          }}
        >
          {say('ui.accept')}
        </Button>
      </footer>
      <Dialog title={say('ui.settings.leave')} opened={guard.asked} onClose={guard.stay}>
        <div className="dialog-form">
          <p>{say('ui.settings.leave.text')}</p>
          <div className="dialog-acts">
            <Button onClick={guard.stay}>{say('ui.settings.stay')}</Button>
            <Button
              danger
              onClick={() => {
                onDiscard();
                guard.leave();
              }}
            >
              {say('ui.settings.discard')}
            </Button>
            <Button
              look="primary"
              disabled={blocked !== null}
              onClick={async () => {
                if (await onApply()) guard.leave();
                else guard.stay();
              }}
            >
              {say('ui.save')}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

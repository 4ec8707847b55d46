import { IconX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSpeech } from '../language.tsx';
import { Button } from './Controls.tsx';

/** What happened out of sight, with the way back. Never a fault. */
type Toast = { readonly id: number; readonly text: string; readonly undo: (() => void) | null };

/** Long enough to read it and reach its button; the pointer or the focus on it makes it wait. */
const SHOWN_MS = 12_000;

let shown: Toast | null = null;
let last = 0;
const listeners = new Set<() => void>();

export function toast(text: string, undo: (() => void) | null = null): void {
  last += 1;
  show({ id: last, text, undo });
}

function show(one: Toast | null): void {
  shown = one;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place at the foot of the page; what is put there is read out. */
export function Toasts() {
  const { say } = useSpeech();
  const one = useSyncExternalStore(listen, () => shown);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (one === null || held) return;
    const timer = setTimeout(() => show(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [one, held]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };
  const focus = { onFocus: () => setHeld(true), onBlur: () => setHeld(false) };
  const end = () => {
    setHeld(false);
    show(null);
  };
  return (
    <div className="toasts" role="status" {...hold} {...focus}>
      {one === null ? null : (
        <div className="toast" key={one.id}>
          <span>{one.text}</span>
          {one.undo === null ? null : (
            <Button
              small
              look="tinted"
              onClick={() => {
                one.undo?.();
                end();
              }}
            >
              {say('ui.undo')}
            </Button>
          )}
          <Button small look="plain" className="icon-only" aria-label={say('ui.close')} onClick={end}>
            <IconX size={15} />
          </Button>
        </div>
      )}
    </div>
  );
}

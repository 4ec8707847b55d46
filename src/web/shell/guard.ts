import { useEffect, useRef, useState } from 'react';
import type { AroundNavHandler } from 'wouter';

/** Says whether a move within the app may happen now; if not, `go` makes it later. */
type Guard = (path: string, go: () => void) => boolean;
let guard: Guard | null = null;

/** Every link, key and button that changes the address passes here: unsaved changes are asked about first. */
export const guarded: AroundNavHandler = (navigate, to, options) => {
  const go = () => navigate(to, options);
  if (guard === null || guard(String(to), go)) go();
};

/** The browser's own *Back* has happened when it is told: it is undone, asked about, and done again. */
let undoing = false;
window.addEventListener('popstate', (event) => {
  if (undoing) {
    undoing = false;
    event.stopImmediatePropagation();
    return;
  }
  if (guard === null || guard(window.location.pathname, () => window.history.back())) return;
  event.stopImmediatePropagation();
  undoing = true;
  window.history.forward();
});

/**
 * Keeps unsaved changes from being left unasked. `within` names the addresses that keep them. What is returned is the
 * move that was stopped: `leave` makes it, `stay` forgets it.
 */
export function useLeaveGuard(unsaved: boolean, within: (path: string) => boolean) {
  const [stopped, setStopped] = useState<(() => void) | null>(null);
  const keeps = useRef(within);
  keeps.current = within;
  useEffect(() => {
    if (!unsaved) return;
    guard = (path, go) => {
      if (keeps.current(path)) return true;
      setStopped(() => go);
      return false;
    };
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => {
      guard = null;
      window.removeEventListener('beforeunload', stay);
    };
  }, [unsaved]);
  const free = () => {
    guard = null;
  };
  return {
    asked: stopped !== null,
    /** Nothing is asked any more: what was unsaved has just been saved. */
    free,
    stay: () => setStopped(null),
    leave: () => {
      free();
      setStopped(null);
      stopped?.();
    },
  };
}

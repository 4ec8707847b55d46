import { useSyncExternalStore } from 'react';

/** What a request was refused for lack of: a session, or the password of the options. */
export type Lacking = 'access.sign-in' | 'access.locked';

let lacking: Lacking | null = null;
let waiting: ((given: boolean) => void)[] = [];
const listeners = new Set<() => void>();

/** Resolves when somebody has signed in, so that the request can be sent again: true; false when they would not. */
export function askToSignIn(code: Lacking): Promise<boolean> {
  lacking = code;
  tell();
  return new Promise((resolve) => waiting.push(resolve));
}

export function signedIn(given: boolean): void {
  lacking = null;
  const told = waiting;
  waiting = [];
  for (const resolve of told) resolve(given);
  tell();
}

/** What is asked of the person now, above the page. */
export function useLacking(): Lacking | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lacking,
  );
}

function tell(): void {
  for (const listener of listeners) listener();
}

import { useSyncExternalStore } from 'react';

/** Whether the server answers: every request tells, and whoever shows it listens. */
let lost = false;
const listeners = new Set<() => void>();

export function tellConnection(answers: boolean): void {
  if (lost === !answers) return;
  lost = !answers;
  for (const listener of listeners) listener();
}

/** True when a request just found nobody there, or a proxy without server behind it. */
export function useLost(): boolean {
  return useSyncExternalStore(listen, () => lost);
}

/** Asks for as little as the server has; what is answered does not matter, only that it is. */
export async function askServer(): Promise<boolean> {
  const answers = await fetch('/api/info', { signal: AbortSignal.timeout(4_000) }).then(
    () => true,
    () => false,
  );
  tellConnection(answers);
  return answers;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

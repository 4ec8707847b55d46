import { useSyncExternalStore } from 'react';

/** How close rows stand: *comfortable* adds some pixels to each, by `--row-extra` and where heights are counted. Kept by the browser. */
export const DENSITIES = ['compact', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];

const STORED = 'comptoir.density';
/** The same as `--row-extra` of `styles/tokens.css`. */
const EXTRA: Readonly<Record<Density, number>> = { compact: 0, comfortable: 6 };

let density: Density = localStorage.getItem(STORED) === 'comfortable' ? 'comfortable' : 'compact';
const listeners = new Set<() => void>();
show();

export function chooseDensity(chosen: Density): void {
  density = chosen;
  localStorage.setItem(STORED, chosen);
  show();
  for (const listener of listeners) listener();
}

export function useDensity(): Density {
  return useSyncExternalStore(listen, () => density);
}

/** Pixels that each row has more than in the drawings. */
export function useRowExtra(): number {
  return EXTRA[useDensity()];
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(): void {
  document.documentElement.dataset.density = density;
}

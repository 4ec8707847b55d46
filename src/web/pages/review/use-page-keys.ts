import { useEffect, useRef } from 'react';
import { isTyping } from '../../shell/use-global-keys.ts';

type PageKeys = {
  /** Ctrl-Enter, wherever the cursor is: creating the entries is asked for. */
  readonly onCreate: () => void;
  /** `/` */
  readonly onSearch: () => void;
  /** `f` */
  readonly onFilter: () => void;
  /** `e` */
  readonly onExport: () => void;
  /** `n` */
  readonly onNextProblem: () => void;
};

/** The keys of the whole page; those of the list are in `use-cursor.ts`. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const act = actOf(event, latest.current);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function actOf(event: KeyboardEvent, keys: PageKeys): (() => void) | undefined {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const ctrl = ctrlKey || metaKey;
  if (ctrl && key === 'Enter' && !document.querySelector('[role=dialog]')) return keys.onCreate;
  if (ctrl || altKey || isTyping(target)) return undefined;
  if (key === '/') return keys.onSearch;
  if (key === 'f') return keys.onFilter;
  if (key === 'e') return keys.onExport;
  return key === 'n' ? keys.onNextProblem : undefined;
}

import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** `Ctrl K`, `?`, `g` then a letter, `i`: single letters do nothing inside a field or a dialog. */
export function useGlobalKeys({
  profile,
  review,
  onHelp,
  onSearch,
}: {
  profile: string;
  review: string | null;
  onHelp: () => void;
  onSearch: () => void;
}): void {
  const [, go] = useLocation();
  useEffect(() => {
    let leading = false;
    const places: Readonly<Record<string, string | null>> = {
      h: `/p/${profile}`,
      l: review ? `/p/${profile}/review/${review}` : null,
      r: `/p/${profile}/runs`,
      d: `/p/${profile}/dashboard`,
      m: `/p/${profile}/mapping`,
      c: `/p/${profile}/settings/profile`,
    };
    const listen = (event: KeyboardEvent) => {
      // Also inside a field: where one types is where one remembers a number.
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && !event.altKey) {
        event.preventDefault();
        if (document.querySelector('[role=dialog]') === null) onSearch();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (leading) {
        const place = places[event.key];
        leading = false;
        if (place) go(place);
      } else if (event.key === 'g') leading = true;
      else if (event.key === '?') onHelp();
      else if (event.key === 'i') go(`/p/${profile}?import=sales`);
      else if (event.key === 'I') go(`/p/${profile}?import=credit-notes`);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [profile, review, onHelp, onSearch, go]);
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role=dialog],[role=menu],[contenteditable]')) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

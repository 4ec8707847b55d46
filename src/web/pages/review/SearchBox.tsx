import { IconSearch } from '@tabler/icons-react';
import { type Ref, useEffect, useState } from 'react';
import { useSpeech } from '../../language.tsx';

/** The search of the list; `/` goes to it, and it tells what is typed after a pause. */
export function SearchBox({
  value,
  onChange,
  ref,
}: {
  value: string;
  onChange: (q: string) => void;
  ref: Ref<HTMLInputElement>;
}) {
  const { say } = useSpeech();
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null || typed === value) return;
    const pause = setTimeout(() => onChange(typed), 220);
    return () => clearTimeout(pause);
  }, [typed, value, onChange]);
  return (
    <div className="search">
      <IconSearch size={16} stroke={1.75} aria-hidden="true" />
      <input
        ref={ref}
        className="field"
        type="search"
        aria-label={say('ui.search')}
        placeholder={say('ui.search')}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(null)}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
    </div>
  );
}

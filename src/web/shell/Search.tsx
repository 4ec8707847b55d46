import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { ActivityDocuments } from '../../api/activity.ts';
import { get } from '../api/client.ts';
import { profileKey } from '../api/queries.ts';
import { useSpeech } from '../language.tsx';
import { Dialog } from '../parts/Controls.tsx';
import { documentAddress } from '../parts/document-address.ts';
import { found, type Place } from './search.ts';
import { usePlaces } from './use-places.ts';

const SHOWN_DOCUMENTS = 6;
/** A person types the next sign within this time; the shop's numbers are asked for when they pause. */
const PAUSE_MS = 120;

/** `Ctrl K`: to a document by its number, a window, a setting, a run, a profile, or an act; by the keyboard alone. */
export function Search({ profile, onClose }: { profile: string; onClose: () => void }) {
  const { say } = useSpeech();
  return (
    <Dialog title={say('ui.search')} opened onClose={onClose} size={620}>
      <Finder profile={profile} onClose={onClose} />
    </Dialog>
  );
}

function Finder({ profile, onClose }: { profile: string; onClose: () => void }) {
  const { say } = useSpeech();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const places = usePlaces(profile);
  const documents = useDocumentPlaces(profile, typed.trim());
  const results = [...documents, ...found(places, typed)];
  const chosen = results[Math.min(at, results.length - 1)];
  const open = (place: Place | undefined) => {
    if (place === undefined) return;
    onClose();
    go(place.href);
  };
  const listen = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') open(chosen);
    if (step === 0) return;
    event.preventDefault();
    if (results.length > 0) setAt((Math.min(at, results.length - 1) + step + results.length) % results.length);
  };
  return (
    <div className="finder">
      <input
        className="field"
        role="combobox"
        data-autofocus
        aria-label={say('ui.search')}
        aria-expanded="true"
        aria-controls="search-results"
        aria-activedescendant={chosen ? `search ${chosen.id}` : undefined}
        placeholder={say('ui.search.hint')}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={listen}
      />
      <div role="listbox" id="search-results" aria-label={say('ui.search.results')} className="finder-results">
        {results.map((place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, as of any list of proposals.
          <div
            key={place.id}
            id={`search ${place.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            ref={(row) => {
              if (place === chosen) row?.scrollIntoView({ block: 'nearest' });
            }}
            onClick={() => open(place)}
          >
            <span className="finder-title">{place.title}</span>
            <span className="muted">{place.told}</span>
            <span className="finder-group">{say(`ui.search.${place.group}`)}</span>
          </div>
        ))}
      </div>
      {results.length === 0 ? <p className="muted">{say('ui.search.none')}</p> : null}
      <p className="unseen" role="status">
        {say('ui.search.count', { n: results.length })}
      </p>
    </div>
  );
}

/** Documents whose order, invoice or credit note has a number that begins so. */
function useDocumentPlaces(profile: string, typed: string): readonly Place[] {
  const { say, day, money } = useSpeech();
  const [q] = useDebouncedValue(typed, PAUSE_MS);
  const asked = /\d/.test(q); // a number has a digit: words are not asked for
  const { data } = useQuery({
    queryKey: [...profileKey(profile), 'search', q],
    queryFn: () =>
      get<ActivityDocuments>(`/api/profiles/${profile}/documents?q=${encodeURIComponent(q)}&limit=${SHOWN_DOCUMENTS}`),
    enabled: asked,
    placeholderData: (before) => before,
  });
  if (!/\d/.test(typed) || !asked) return [];
  return (data?.rows ?? []).map((row) => ({
    id: `document ${row.key}`,
    group: 'document',
    title: [say(`ui.kind.${row.kind}`), row.order, row.piece].filter(Boolean).join(' '),
    told: [row.date ? day(row.date) : '', row.gross ? money(row.gross, row.currency ?? 'EUR') : '']
      .filter(Boolean)
      .join(', '),
    words: '',
    href: documentAddress(profile, row.key),
  }));
}

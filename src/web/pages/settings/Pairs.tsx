import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { isObject, type Json } from './tabs.ts';

type Props = { label: string; value: Json | undefined; onChange: (value: Json) => void };
type Pair = readonly [name: string, text: string];

/** Rows drawn at first; a chart of accounts has hundreds. */
const SHOWN = 50;

/** Codes and what stands for each, edited as rows. A code changes when it is left: codes that are numbers sort themselves, and a row must not move under the hand. */
export function Pairs({ label, value, onChange }: Props) {
  const { say } = useSpeech();
  const known: readonly Pair[] = isObject(value)
    ? Object.entries(value).map(([name, text]) => [name, String(text ?? '')])
    : [];
  const [fresh, setFresh] = useState<Pair | null>(null);
  const [all, setAll] = useState(false);
  const rows = all ? known : known.slice(0, SHOWN);
  const change = (pairs: readonly Pair[]) => onChange(Object.fromEntries(pairs.filter(([name]) => name !== '')));
  const edit = (place: number, pair: Pair) => change(known.map((each, index) => (index === place ? pair : each)));
  return (
    <fieldset className="pairs form-wide">
      <legend className="label">
        {label} <span className="muted figure">{known.length}</span>
      </legend>
      {rows.map(([name, text], place) => (
        <div key={name} className="pair">
          <input
            className="field small figure"
            aria-label={say('ui.pairs.code', { label, n: place + 1 })}
            defaultValue={name}
            onBlur={(event) => event.target.value.trim() !== name && edit(place, [event.target.value.trim(), text])}
          />
          <input
            className="field small"
            aria-label={say('ui.pairs.text', { label, n: place + 1 })}
            value={text}
            onChange={(event) => edit(place, [name, event.target.value])}
          />
          <Button
            look="plain"
            small
            aria-label={say('ui.pairs.delete', { name })}
            onClick={() => change(known.filter((_, index) => index !== place))}
          >
            <IconTrash size={16} stroke={1.75} aria-hidden="true" />
          </Button>
        </div>
      ))}
      {fresh === null ? null : (
        <form
          className="pair"
          onSubmit={(event) => {
            event.preventDefault();
            if (fresh[0].trim() === '') return;
            change([...known, [fresh[0].trim(), fresh[1].trim()]]);
            setFresh(null);
            setAll(true);
          }}
        >
          <input
            className="field small figure"
            aria-label={say('ui.pairs.new-code', { label })}
            value={fresh[0]}
            ref={(field) => {
              if (field && fresh[0] === '' && fresh[1] === '') field.focus();
            }}
            onChange={(event) => setFresh([event.target.value, fresh[1]])}
          />
          <input
            className="field small"
            aria-label={say('ui.pairs.new-text', { label })}
            value={fresh[1]}
            onChange={(event) => setFresh([fresh[0], event.target.value])}
          />
          <Button look="tinted" small type="submit" disabled={fresh[0].trim() === ''}>
            {say('ui.mapping.add')}
          </Button>
        </form>
      )}
      <div className="pair-acts">
        <Button small onClick={() => setFresh(['', ''])}>
          <IconPlus size={16} stroke={1.75} aria-hidden="true" /> {say('ui.mapping.add')}
          <span className="unseen"> {label}</span>
        </Button>
        {rows.length < known.length ? (
          <Button look="plain" small onClick={() => setAll(true)}>
            {say('ui.mapping.gaps.rest', { n: known.length - rows.length })}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

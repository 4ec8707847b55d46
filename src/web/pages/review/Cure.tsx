import { type FormEvent, useState } from 'react';
import type { LateRequest, MendRequest, ProblemGroup } from '../../../api/review.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { kindWord, type RunKind } from '../../parts/state.ts';

type Props = {
  group: ProblemGroup;
  kind: RunKind;
  busy: boolean;
  narrow: boolean;
  onMend: (request: MendRequest | LateRequest) => void;
  onExclude: () => void;
  onShowSum: () => void;
};

/** The fields and the button that mend a cause, prefilled with the best proposal; the button says its effect. */
export function Cure({ group, kind, busy, narrow, onMend, onExclude, onShowSum }: Props) {
  const { say, day } = useSpeech();
  const { cure } = group;
  const [first, setFirst] = useState(firstOf(group));
  const [second, setSecond] = useState(secondOf(group));
  const exclude =
    group.heldDocuments > 0 ? (
      <Button look="plain" small onClick={onExclude}>
        {say('ui.exclude')}
      </Button>
    ) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = requestOf(group, first.trim(), second.trim());
    if (request) onMend(request);
  };
  const n = group.releasedDocuments;
  const act =
    n === 0 ? say('ui.cure.add') : say(`ui.cure.${narrow ? 'release' : 'add-release'}.${kindWord(kind)}`, { n });

  if (cure.type === 'show-sum')
    return (
      <div className="cure">
        <Button look="tinted" small onClick={onShowSum}>
          {say('ui.cure.show-sum')}
        </Button>
        {exclude}
      </div>
    );
  if (cure.type === 'late')
    return (
      <div className="cure">
        <Button look="tinted" small disabled={busy} onClick={() => onMend({ answer: 'nextOpenDay' })}>
          {say('ui.cure.next-open-day', { day: day(cure.nextOpenDay) })}
        </Button>
        <Button small disabled={busy} onClick={() => onMend({ answer: 'keepDate' })}>
          {say('ui.cure.keep-date')}
        </Button>
        {exclude}
      </div>
    );
  if (cure.type === 'none') return <div className="cure">{exclude}</div>;
  if (cure.type === 'payment') {
    return (
      <form className="cure" onSubmit={submit}>
        <Choice label={say('ui.column.journal')} value={first} choices={cure.journals} onChange={setFirst} />
        <Choice label={say('ui.cure.bank')} value={second} choices={cure.banks} onChange={setSecond} />
        <Button look="tinted" small type="submit" disabled={busy || first.trim() === '' || second.trim() === ''}>
          {say('ui.cure.assign')}
        </Button>
      </form>
    );
  }
  return (
    <form className="cure" onSubmit={submit}>
      <input
        className="field small figure account-field"
        aria-label={say('ui.cure.account')}
        placeholder={say('ui.cure.account')}
        value={first}
        onChange={(event) => setFirst(event.target.value)}
      />
      {cure.type === 'vat-account' ? (
        <input
          className="field small code-field"
          aria-label={say('ui.column.tax-code')}
          placeholder={say('ui.cure.code')}
          value={second}
          onChange={(event) => setSecond(event.target.value)}
        />
      ) : null}
      <Button look="tinted" small type="submit" disabled={busy || first.trim() === ''}>
        {act}
      </Button>
    </form>
  );
}

/** A list when the profile knows values, else a field. */
function Choice({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly string[];
  onChange: (value: string) => void;
}) {
  if (choices.length === 0)
    return (
      <input
        className="field small figure code-field"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const known = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <select
      className="field small figure choice-field"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {value === '' ? <option value="">{label}</option> : null}
      {known.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}

function firstOf({ cure }: ProblemGroup): string {
  if (cure.type === 'vat-account' || cure.type === 'account') return cure.proposedAccount ?? '';
  return cure.type === 'payment' ? (cure.proposedJournal ?? '') : '';
}

function secondOf({ cure }: ProblemGroup): string {
  if (cure.type === 'vat-account') return cure.proposedCode ?? '';
  return cure.type === 'payment' ? (cure.proposedBank ?? '') : '';
}

function requestOf({ cure }: ProblemGroup, first: string, second: string): MendRequest | null {
  if (first === '') return null;
  switch (cure.type) {
    case 'vat-account':
      return {
        type: 'vat-account',
        country: cure.country,
        item: cure.item,
        account: first,
        code: second === '' ? null : second,
      };
    case 'payment':
      return second === '' ? null : { type: 'payment', method: cure.method, journal: first, bank: second };
    case 'account':
      return {
        type: 'account',
        mapping: cure.mapping,
        country: cure.country,
        item: cure.item,
        field: cure.field,
        account: first,
      };
    default:
      return null;
  }
}

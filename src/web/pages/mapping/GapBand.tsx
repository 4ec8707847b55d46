import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProfileGap } from '../../../api/shop.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import type { JsonObject } from '../settings/tabs.ts';
import { addRow, type Draft, textOf } from './draft.ts';
import type { MappingKind } from './kinds.ts';
import { fieldTitle } from './titles.ts';

type Props = {
  kind: MappingKind;
  gaps: readonly ProfileGap[];
  draft: Draft;
  onChange: (next: Draft) => void;
};

/** Gaps shown before the others are asked for. */
const FIRST = 3;

/** What each kind of gap asks for; the proposal may give more. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  tax: ['account', 'code'],
  payment: ['journal', 'bank'],
  currency: ['ledgerCurrency'],
};

/** Values seen in the shop without an account, each with the row that would give it one. */
export function GapBand({ kind, gaps, draft, onChange }: Props) {
  const { say } = useSpeech();
  const open = gaps.filter(({ row }) => row !== null);
  const [all, setAll] = useState(false);
  if (open.length === 0) return null;
  const shown = all ? open : open.slice(0, FIRST);
  return (
    <section className="gap-band" aria-label={say('ui.gaps', { n: open.length })}>
      <h2 className="gap-head">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" /> {say('ui.gaps', { n: open.length })}
      </h2>
      <ul>
        {shown.map((gap) => (
          <GapRow
            key={`${gap.country}/${gap.item}`}
            kind={kind}
            gap={gap}
            onAdd={(row) => onChange(addRow(draft, row))}
          />
        ))}
      </ul>
      {shown.length < open.length ? (
        <div className="gap-rest">
          <Button look="plain" small onClick={() => setAll(true)}>
            {say('ui.mapping.gaps.rest', { n: open.length - shown.length })}
          </Button>
          <Button small onClick={() => onChange(open.reduce(filled, draft))}>
            {say('ui.mapping.gaps.add-all', { n: open.length })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function GapRow({ kind, gap, onAdd }: { kind: MappingKind; gap: ProfileGap; onAdd: (row: JsonObject) => void }) {
  const { say, country, percent } = useSpeech();
  const [row, setRow] = useState<JsonObject>(gap.row ?? {});
  const fields = (ASKED[gap.kind] ?? []).filter((name) => kind.fields.includes(name));
  return (
    <li>
      <form
        className="gap-row"
        onSubmit={(event) => {
          event.preventDefault();
          onAdd(row);
        }}
      >
        <span className="strong">{gap.country === null ? say('ui.mapping.all-countries') : country(gap.country)}</span>
        <span>
          {gap.name}
          {gap.rate === null ? null : <span className="muted"> · {percent(gap.rate)}</span>}
        </span>
        {fields.map((name) => (
          <input
            key={name}
            className="field small figure"
            aria-label={`${fieldTitle(say, kind.id, name)}, ${gap.name}`}
            placeholder={fieldTitle(say, kind.id, name)}
            value={textOf(row[name])}
            onChange={(event) => setRow({ ...row, [name]: event.target.value.trim() || null })}
          />
        ))}
        <Button look="tinted" small type="submit" disabled={textOf(row[fields[0] ?? '']) === ''}>
          {say('ui.mapping.add')}
        </Button>
      </form>
    </li>
  );
}

/** Two taxes of one country and rate are answered by one row. */
function filled(draft: Draft, gap: ProfileGap): Draft {
  return gap.row === null || isFilled(gap, draft) ? draft : addRow(draft, gap.row);
}

/** Whether a row not saved yet answers a gap. */
export function isFilled({ row }: ProfileGap, { rows }: Draft): boolean {
  if (row === null) return false;
  return rows.some(
    ({ values }) => textOf(values.country) === textOf(row.country) && textOf(values.item) === textOf(row.item),
  );
}

import { Modal } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ProfileHome, RunSummary, StartRun } from '../../../api/api.ts';
import type { PeriodCount } from '../../../api/shop.ts';
import { type Day, dayIn, parseDay } from '../../../core/calendar.ts';
import { type Days, PERIODS, type PeriodName, parsePeriod, periodDays } from '../../../core/periods.ts';
import { post } from '../../api/client.ts';
import { usePeriodCount } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { kindWord, sayReason } from '../../parts/state.ts';
import { Calendar } from './Calendar.tsx';
import { DayField } from './DayField.tsx';
import { ImportBoxes } from './ImportBoxes.tsx';

type Props = {
  home: ProfileHome;
  kind: 'sales' | 'creditNotes';
  asked: { period: string | null; from: string | null; to: string | null };
  gaps: number;
  onClose: () => void;
  onStarted: (run: RunSummary) => void;
};

/** The dialog of an import (S-037 to S-041, S-047): a period, two boxes, and one button that says what it does. */
export function ImportDialog({ home, kind, asked, gaps, onClose, onStarted }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const word = kindWord(kind);
  const today = dayIn(home.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now());
  const [preset, setPreset] = useState<PeriodName>(() => firstPreset(home, asked));
  const [days, setDays] = useState<Days | null>(() => firstDays(home, asked, today));
  const [month, setMonth] = useState<Day>(days?.to ?? today);
  const [end, setEnd] = useState<'from' | 'to'>('from');
  const [includeTransferred, setInclude] = useState(false);
  const [review, setReview] = useState(home.showEntriesBeforeWriting);
  const [fresh, setFresh] = useState(false);
  const count = usePeriodCount(home.id, kind, days);
  const start = useAct({
    mutationFn: () => post<RunSummary>(`/api/profiles/${home.id}/runs`, request()),
    onSuccess: onStarted,
  });
  const ready = preset === 'since-last-import' || days !== null;

  function request(): StartRun {
    return { kind, period: preset, from: days?.from ?? null, to: days?.to ?? null, includeTransferred, review, fresh };
  }

  const choose = (chosen: PeriodName) => {
    const chosenDays = periodDays(chosen, today);
    setPreset(chosen);
    if (chosen === 'since-last-import') setDays(null);
    if (chosenDays) {
      setDays(chosenDays);
      setMonth(chosenDays.to);
    }
  };
  /** One date moved past the other takes it along, so that a period is never backwards. */
  const set = (which: 'from' | 'to', day: Day) => {
    setPreset('custom');
    setMonth(day);
    setDays((before) => {
      const other = before?.[which === 'from' ? 'to' : 'from'] ?? day;
      return which === 'from'
        ? { from: day, to: day > other ? day : other }
        : { from: day < other ? day : other, to: day };
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !start.isPending) start.mutate();
  };

  return (
    <Modal.Root opened onClose={onClose} size={720} centered radius={14}>
      <Modal.Overlay color="var(--veil)" backgroundOpacity={1} />
      <Modal.Content>
        <form onSubmit={submit}>
          <Modal.Header style={{ padding: '18px 22px 14px', alignItems: 'flex-start' }}>
            <div>
              <Modal.Title style={{ fontSize: 17, lineHeight: '22px', fontWeight: 640 }}>
                {say(`ui.import.${word}`)}
              </Modal.Title>
              <p className="muted" style={{ fontSize: 13, marginTop: 4 }}>
                {say(review ? 'ui.import.safe' : 'ui.import.direct')}
              </p>
            </div>
            <Modal.CloseButton aria-label={say('ui.close')} />
          </Modal.Header>
          <div className="import">
            <Presets value={preset} onChoose={choose} />
            <div className="import-main">
              <div className="import-dates">
                <DayField
                  id="import-from"
                  label={say('ui.import.from')}
                  value={days?.from ?? null}
                  today={today}
                  onChange={(day) => set('from', day)}
                  onUse={() => setEnd('from')}
                />
                <DayField
                  id="import-to"
                  label={say('ui.import.to')}
                  value={days?.to ?? null}
                  today={today}
                  onChange={(day) => set('to', day)}
                  onUse={() => setEnd('to')}
                />
              </div>
              <div className="import-middle">
                <Calendar
                  month={month}
                  days={days}
                  today={today}
                  onMonth={setMonth}
                  onPick={(day) => {
                    set(end, day);
                    setEnd(end === 'from' ? 'to' : 'from');
                  }}
                />
                <Counts
                  kind={kind}
                  answer={count.data}
                  waiting={days !== null && count.isPending}
                  known={days !== null}
                  failed={count.isError}
                />
              </div>
              <ImportBoxes
                word={word}
                includeTransferred={includeTransferred}
                onInclude={setInclude}
                review={review}
                onReview={setReview}
                fresh={{ on: fresh, onChange: setFresh }}
              />
              {start.error ? (
                <div style={{ marginTop: 14 }}>
                  <TroubleNotice error={start.error} />
                </div>
              ) : null}
              {count.data?.trouble ? (
                <p className="help careful" style={{ marginTop: 12 }}>
                  {sayReason(count.data.trouble, speech).message}
                </p>
              ) : null}
            </div>
          </div>
          <div className="import-foot">
            <span className="gaps">
              {gaps > 0 ? (
                <>
                  <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
                  {say('ui.gaps', { n: gaps })}
                  <Link href={`/p/${home.id}/mapping`} className="link-button">
                    {say('ui.complete')}
                  </Link>
                </>
              ) : null}
            </span>
            <Button onClick={onClose}>{say('ui.cancel')}</Button>
            <ImportButton label={say(`ui.import.${word}`)} disabled={!ready || start.isPending} />
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Takes the focus as the dialog opens, so that Enter alone imports the period shown. */
function ImportButton({ label, disabled }: { label: string; disabled: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const waiting = setTimeout(() => button.current?.focus({ preventScroll: true }), 60); // after the dialog's own focus
    return () => clearTimeout(waiting);
  }, []);
  return (
    <button ref={button} type="submit" className="button primary" disabled={disabled} data-autofocus>
      {label}
    </button>
  );
}

function Presets({ value, onChoose }: { value: PeriodName; onChoose: (preset: PeriodName) => void }) {
  const { say } = useSpeech();
  const list = useRef<HTMLDivElement>(null);
  useEffect(
    () => list.current?.querySelector('[aria-checked=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    [],
  );
  const move = (step: number) => {
    const next = PERIODS[(PERIODS.indexOf(value) + step + PERIODS.length) % PERIODS.length];
    if (!next) return;
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`[data-preset=${next}]`)?.focus();
  };
  return (
    <div
      ref={list}
      className="import-presets"
      role="radiogroup"
      aria-label={say('ui.import.period')}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        move(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {PERIODS.map((preset) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio button drawn as a line of a list.
        <button
          type="button"
          key={preset}
          role="radio"
          data-preset={preset}
          aria-checked={preset === value}
          tabIndex={preset === value ? 0 : -1}
          onClick={() => onChoose(preset)}
        >
          {say(`ui.period.${preset}`)}
          {preset === value ? <IconCheck size={16} stroke={2} aria-hidden="true" /> : null}
        </button>
      ))}
    </div>
  );
}

function Counts({
  kind,
  answer,
  waiting,
  known,
  failed,
}: {
  kind: string;
  answer: PeriodCount | undefined;
  waiting: boolean;
  known: boolean;
  failed: boolean;
}) {
  const { say, count } = useSpeech();
  const shown = (value: number | null | undefined) =>
    waiting ? '…' : typeof value === 'number' ? count(value) : say('ui.import.unknown');
  return (
    <div className="import-count" aria-live="polite">
      <h3>{say('ui.import.in-shop')}</h3>
      {known ? (
        <dl>
          <div>
            <dt>{say(kind === 'sales' ? 'ui.import.orders' : 'ui.import.notes')}</dt>
            <dd className="figure">{shown(failed ? null : answer?.documents)}</dd>
          </div>
          <div>
            <dt>{say(kind === 'sales' ? 'ui.import.already.sales' : 'ui.import.already.credit-notes')}</dt>
            <dd className="figure">{shown(answer?.alreadyTransferred)}</dd>
          </div>
          <div>
            <dt>{say('ui.import.statuses')}</dt>
            <dd className="figure">
              {waiting || !answer
                ? '…'
                : say('ui.import.statuses.of', { read: answer.statusesRead, known: answer.statusesKnown })}
            </dd>
          </div>
        </dl>
      ) : null}
      <p className="help">
        {known
          ? answer
            ? say(`ui.import.dates.${answer.findBy}`, { zone: zoneCity(answer.timeZone) })
            : ' '
          : say('ui.import.since-help')}
      </p>
    </div>
  );
}

/** `Europe/Paris` → `Paris`. */
function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function firstPreset(home: ProfileHome, asked: Props['asked']): PeriodName {
  const named = parsePeriod(asked.period ?? '');
  if (named !== null) return named;
  if (asked.from && asked.to) return 'custom';
  return parsePeriod(home.defaultPeriod) ?? 'last-month';
}

/** S-038: the profile's default period, unless the address asks for another. */
function firstDays(home: ProfileHome, asked: Props['asked'], today: Day): Days | null {
  const preset = firstPreset(home, asked);
  if (preset !== 'custom') return periodDays(preset, today);
  const [from, to] = [parseDay(asked.from ?? home.defaultFrom ?? ''), parseDay(asked.to ?? home.defaultTo ?? '')];
  return from && to ? { from, to } : null;
}

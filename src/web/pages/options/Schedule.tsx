import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ScheduleAnswer } from '../../../api/backup.ts';
import { get, put } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Field, Tick } from '../../parts/Controls.tsx';
import { Skeleton } from '../home/Page.tsx';

const KEY = ['backup-schedule'];
const EVERY = ['never', 'day', 'week'] as const;
/** A Monday, for the names of the days. */
const A_MONDAY = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Backups that are made by themselves: when, where, how many are kept, and what became of the last one. */
export function Schedule() {
  const kept = useQuery({
    queryKey: KEY,
    queryFn: () => get<ScheduleAnswer>('/api/backup/schedule'),
    refetchOnWindowFocus: false,
  });
  if (kept.error) return <Unread query={kept} />;
  return kept.data ? <ScheduleForm kept={kept.data} /> : <Skeleton />;
}

function ScheduleForm({ kept }: { kept: ScheduleAnswer }) {
  const { say, locale, day } = useSpeech();
  const queries = useQueryClient();
  const [given, setGiven] = useState({
    ...{ every: kept.every, weekday: kept.weekday, hour: kept.hour },
    ...{ keep: String(kept.keep), folder: kept.folder ?? '' },
  });
  const [secrets, setSecrets] = useState(kept.passphraseSet);
  const [passphrase, setPassphrase] = useState('');
  const save = useAct({
    mutationFn: () =>
      put<ScheduleAnswer>('/api/backup/schedule', {
        ...{ every: given.every, weekday: given.weekday, hour: given.hour },
        ...{ keep: Number(given.keep), folder: given.folder.trim() || null },
        ...(secrets ? (passphrase === '' ? {} : { passphrase }) : { passphrase: null }),
      }),
    onSuccess: (saved: ScheduleAnswer) => {
      setPassphrase('');
      queries.setQueryData(KEY, saved);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const names = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const wrongKeep = !/^\d{1,3}$/.test(given.keep) || Number(given.keep) < 1 || Number(given.keep) > 366;
  const lacks = secrets && !kept.passphraseSet && passphrase.length < 10;
  return (
    <section className="card panel" aria-labelledby="backup-schedule">
      <h2 id="backup-schedule" className="section-title">
        {say('ui.schedule.title')}
      </h2>
      <form className="dialog-form" onSubmit={submit}>
        <p className="muted">{say('ui.schedule.text')}</p>
        <Last kept={kept} />
        <div className="two">
          <Field id="schedule-every" label={say('ui.schedule.every')}>
            <select
              id="schedule-every"
              className="field"
              value={given.every}
              onChange={({ target }) =>
                setGiven({ ...given, every: EVERY.find((id) => id === target.value) ?? 'never' })
              }
            >
              {EVERY.map((id) => (
                <option key={id} value={id}>
                  {say(`ui.schedule.every.${id}`)}
                </option>
              ))}
            </select>
          </Field>
          {given.every === 'week' ? (
            <Field id="schedule-weekday" label={say('ui.schedule.weekday')}>
              <select
                id="schedule-weekday"
                className="field"
                value={given.weekday}
                onChange={({ target }) => setGiven({ ...given, weekday: Number(target.value) })}
              >
                {[1, 2, 3, 4, 5, 6, 7].map((number) => (
                  <option key={number} value={number}>
                    {names.format(A_MONDAY + (number - 1) * DAY_MS)}
                  </option>
                ))}
              </select>
            </Field>
          ) : null}
          {given.every === 'never' ? null : (
            <>
              <Field
                id="schedule-hour"
                label={say('ui.schedule.hour')}
                help={say('ui.schedule.hour.help', { zone: kept.zone })}
              >
                <select
                  id="schedule-hour"
                  className="field figure"
                  value={given.hour}
                  onChange={({ target }) => setGiven({ ...given, hour: Number(target.value) })}
                >
                  {HOURS.map((hour) => (
                    <option key={hour} value={hour}>
                      {hourText(hour)}
                    </option>
                  ))}
                </select>
              </Field>
              <Field
                id="schedule-keep"
                label={say('ui.schedule.keep')}
                error={wrongKeep ? say('ui.schedule.keep.wrong') : null}
              >
                <input
                  id="schedule-keep"
                  className="field figure"
                  inputMode="numeric"
                  maxLength={3}
                  aria-invalid={wrongKeep}
                  value={given.keep}
                  onChange={({ target }) => setGiven({ ...given, keep: target.value })}
                />
              </Field>
            </>
          )}
        </div>
        {given.every === 'never' ? null : (
          <>
            <Field id="schedule-folder" label={say('ui.schedule.folder')} help={say('ui.schedule.folder.help')}>
              <input
                id="schedule-folder"
                className="field"
                placeholder={kept.folderShown}
                value={given.folder}
                onChange={({ target }) => setGiven({ ...given, folder: target.value })}
              />
            </Field>
            <p className="choice-line">
              <Tick id="schedule-secrets" label="" checked={secrets} onChange={setSecrets} />{' '}
              <label htmlFor="schedule-secrets">{say('ui.backup.with-secrets')}</label>
            </p>
            {secrets ? (
              <Field
                id="schedule-passphrase"
                label={say('ui.backup.passphrase')}
                help={say('ui.backup.passphrase.help')}
              >
                <input
                  id="schedule-passphrase"
                  className="field"
                  type="password"
                  autoComplete="new-password"
                  maxLength={200}
                  value={passphrase}
                  placeholder={say(kept.passphraseSet ? 'ui.secret.new' : 'ui.secret.none')}
                  onChange={({ target }) => setPassphrase(target.value)}
                />
              </Field>
            ) : (
              <p className="help">{say('ui.backup.without-secrets')}</p>
            )}
          </>
        )}
        {save.error ? <TroubleNotice error={save.error} /> : null}
        <div className="dialog-acts">
          {save.isSuccess ? (
            <span role="status">
              {kept.next === null
                ? say('ui.proxy.saved')
                : say('ui.schedule.next', { day: day(kept.next), hour: hourText(kept.hour) })}
            </span>
          ) : null}
          <Button type="submit" disabled={save.isPending || (given.every !== 'never' && (wrongKeep || lacks))}>
            {say('ui.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Last({ kept: { last, next, hour } }: { kept: ScheduleAnswer }) {
  const { say, day, date, time, bytes } = useSpeech();
  if (last === null && next === null) return null;
  return (
    <>
      <dl className="facts">
        {last === null ? null : (
          <>
            <dt>{say('ui.schedule.last')}</dt>
            <dd>
              <span className="figure">
                {date(last.at)} {time(last.at, { seconds: false })}
              </span>{' '}
              {last.file === null ? null : (
                <span className="muted">
                  {last.file} ({bytes(last.bytes)})
                </span>
              )}
            </dd>
          </>
        )}
        {next === null ? null : (
          <>
            <dt>{say('ui.schedule.next-label')}</dt>
            <dd className="figure">
              {day(next)} {hourText(hour)}
            </dd>
          </>
        )}
      </dl>
      {last?.code ? <TroubleNotice error={{ code: last.code, values: last.values }} /> : null}
    </>
  );
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

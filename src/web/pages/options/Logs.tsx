import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogSettings, LogsAnswer } from '../../../api/support.ts';
import { get, put } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Field, Segments } from '../../parts/Controls.tsx';

const KEY = ['logs'];
const LEVELS = ['errors', 'normal', 'detailed'] as const;

/** The log files of the server: how much they tell, how long they are kept, and each to be had. */
export function Logs() {
  const { say, bytes } = useSpeech();
  const queries = useQueryClient();
  const kept = useQuery({ queryKey: KEY, queryFn: () => get<LogsAnswer>('/api/logs'), refetchOnWindowFocus: false });
  const [days, setDays] = useState<string | null>(null);
  const save = useAct({
    mutationFn: (asked: LogSettings) => put<LogsAnswer>('/api/logs', asked),
    onSuccess: (saved: LogsAnswer) => {
      setDays(null);
      queries.setQueryData(KEY, saved);
    },
  });
  if (kept.error) return <Unread query={kept} />;
  if (kept.data === undefined) return null;
  const { level, keptDays, files } = kept.data;
  const wanted = days ?? String(keptDays);
  const wrong = !/^\d{1,3}$/.test(wanted) || Number(wanted) < 1 || Number(wanted) > 365;
  return (
    <section className="card panel" aria-labelledby="logs">
      <h2 id="logs" className="section-title">
        {say('ui.logs.title')}
      </h2>
      <p className="muted">{say('ui.logs.text')}</p>
      <div className="row">
        <div>
          <p className="label">{say('ui.logs.level')}</p>
          <Segments
            label={say('ui.logs.level')}
            value={level}
            choices={LEVELS.map((id) => ({ id, label: say(`ui.logs.level.${id}`) }))}
            onChoose={(id) => save.mutate({ level: LEVELS.find((one) => one === id) ?? 'normal', keptDays })}
          />
        </div>
        <Field id="log-days" label={say('ui.logs.days')} error={wrong ? say('ui.logs.days.wrong') : null}>
          <input
            id="log-days"
            className="field figure"
            inputMode="numeric"
            maxLength={3}
            aria-invalid={wrong}
            value={wanted}
            onChange={(event) => setDays(event.target.value)}
          />
        </Field>
        <Button
          disabled={days === null || wrong || save.isPending}
          onClick={() => save.mutate({ level, keptDays: Number(wanted) })}
        >
          {say('ui.save')}
        </Button>
      </div>
      {save.error ? <TroubleNotice error={save.error} /> : null}
      {files.length === 0 ? (
        <p className="help">{say('ui.logs.none')}</p>
      ) : (
        <ul className="plain-list">
          {files.map(({ name, bytes: size }) => (
            <li key={name} className="row">
              <span>
                {name} <span className="muted">{bytes(size)}</span>
              </span>
              <a
                className="button outlined small"
                href={`/api/logs/${name}`}
                download
                aria-label={say('ui.logs.download', { name })}
              >
                {say('ui.logs.get')}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

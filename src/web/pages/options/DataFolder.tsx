import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import type { HomeAnswer } from '../../../api/home.ts';
import { get, post, remove } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Confirm, Field } from '../../parts/Controls.tsx';

const KEY = ['home-folder'];
/** How often the server is looked for while it moves. */
const LOOK_MS = 1500;

/** Where the data are (S-015, S-245), and the way elsewhere. */
export function DataFolder() {
  const { say, bytes } = useSpeech();
  const queries = useQueryClient();
  const [folder, setFolder] = useState('');
  const [asking, setAsking] = useState<'move' | 'remove' | null>(null);
  /** The last move that was known when this one began; undefined: none is under way. */
  const [before, setBefore] = useState<string | null | undefined>(undefined);
  const moving = before !== undefined;
  const kept = useQuery({
    queryKey: KEY,
    queryFn: () => get<HomeAnswer>('/api/home'),
    refetchInterval: moving ? LOOK_MS : false,
  });
  const last = kept.data?.last ?? null;
  useEffect(() => {
    if (before === undefined || last === null || last.at === before) return;
    setBefore(undefined);
    setFolder('');
    void queries.invalidateQueries({ queryKey: ['info'] });
  }, [before, last, queries]);
  const move = useAct({
    mutationFn: () => post<HomeAnswer>('/api/home', { folder: folder.trim() }),
    onSuccess: () => setBefore(last?.at ?? null),
    onSettled: () => setAsking(null),
  });
  const leave = useAct({
    mutationFn: () => remove<HomeAnswer>('/api/home/left'),
    onSuccess: (answer: HomeAnswer) => queries.setQueryData(KEY, answer),
    onSettled: () => setAsking(null),
  });
  if (kept.error && !moving) return <Unread query={kept} />;
  const { path = '', origin, left } = kept.data ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.reset();
    setAsking('move');
  };
  return (
    <section className="card panel" aria-labelledby="data-folder">
      <h2 id="data-folder" className="section-title">
        {say('ui.data.title')}
      </h2>
      <p className="muted">{say('ui.data.text')}</p>
      <dl className="facts">
        <dt>{say('ui.data.now')}</dt>
        <dd>{path}</dd>
      </dl>
      {moving ? (
        <p className="notice" role="status">
          {say('ui.data.moving')}
        </p>
      ) : last === null ? null : last.code !== null ? (
        <TroubleNotice error={{ code: last.code, values: last.values }} />
      ) : last.target === path ? (
        <p className="notice" role="status">
          {say('ui.data.moved', { folder: path })}
        </p>
      ) : null}
      {left ? (
        <div className="notice warning">
          <div>
            <p>{say('ui.data.left', { folder: left.path, size: bytes(left.bytes) })}</p>
            <div className="notice-acts">
              <Button small danger onClick={() => setAsking('remove')}>
                {say('ui.data.remove')}
              </Button>
            </div>
          </div>
        </div>
      ) : null}
      {leave.error ? <TroubleNotice error={leave.error} /> : null}
      {origin === 'given' ? (
        <p className="help">{say('ui.data.given')}</p>
      ) : (
        <form className="dialog-form" onSubmit={submit}>
          <Field id="new-folder" label={say('ui.data.new')} help={say('ui.data.new.help')}>
            <input
              id="new-folder"
              className="field"
              maxLength={1000}
              value={folder}
              onChange={(event) => setFolder(event.target.value)}
            />
          </Field>
          {move.error ? <TroubleNotice error={move.error} /> : null}
          <div className="dialog-acts">
            <Button type="submit" disabled={moving || move.isPending || folder.trim() === ''}>
              {say('ui.data.move')}
            </Button>
          </div>
        </form>
      )}
      {asking === 'move' ? (
        <Confirm
          title={say('ui.data.question')}
          text={say('ui.data.question.text', { folder: folder.trim() })}
          act={say('ui.data.move')}
          opened
          busy={move.isPending}
          onAct={() => move.mutate()}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === 'remove' && left ? (
        <Confirm
          title={say('ui.data.remove.title')}
          text={say('ui.data.remove.text', { folder: left.path, size: bytes(left.bytes), home: path })}
          act={say('ui.data.remove')}
          opened
          busy={leave.isPending}
          onAct={() => leave.mutate()}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </section>
  );
}

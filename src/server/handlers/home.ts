import { type HomeAnswer, homeAnswer } from '../../api/home.ts';
import { Failure } from '../../core/problem.ts';
import type { Services } from '../app.ts';

/** Name under which the store keeps what became of the last move. */
export const HOME_MOVE = 'home-move';

export async function home({ app }: Services): Promise<HomeAnswer> {
  const kept = await app.deps.store.settings.get(HOME_MOVE);
  return {
    path: app.deps.home,
    origin: app.home.origin,
    left: await app.home.left(),
    last: kept === null ? null : homeAnswer.shape.last.parse(JSON.parse(kept)),
  };
}

/** The answer goes out, then the server ends, moves and starts again. No run may be on: it would lose its folder. */
export async function moveTo(services: Services, folder: string): Promise<HomeAnswer> {
  const { app } = services;
  const { store, home: path } = app.deps;
  if (app.home.origin === 'given') throw new Failure('home.given', { path });
  const [running] = await store.runs.inState(['reading', 'writing', 'delivering']);
  if (running) throw new Failure('run.already-running', { profile: running.profile, since: running.startedAt });
  await app.home.check(folder);
  const answer = await home(services);
  app.home.move(folder);
  return answer;
}

export async function removeLeft(services: Services): Promise<HomeAnswer> {
  await services.app.home.removeLeft();
  return home(services);
}

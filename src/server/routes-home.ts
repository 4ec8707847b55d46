import { homeAnswer, moveHome } from '../api/home.ts';
import * as home from './handlers/home.ts';
import { type Route, route } from './route.ts';

/** Where the data are, and the way elsewhere. */
export const HOME_ROUTES: readonly Route[] = [
  route('GET', '/api/home', {
    role: 'configure',
    summary: 'The data folder, who says where it is, what was left behind, and what became of the last move',
    answers: homeAnswer,
    handle: (services) => home.home(services),
  }),
  route('POST', '/api/home', {
    role: 'configure',
    act: 'home.move',
    summary:
      'Moves the data: the server ends, copies them, checks the copy, and starts again on it; poll GET /api/home',
    answers: homeAnswer,
    status: 202,
    body: moveHome,
    handle: (services, { body }) => home.moveTo(services, body.folder),
  }),
  route('DELETE', '/api/home/left', {
    role: 'configure',
    act: 'home.remove-left',
    summary: 'Deletes the folder that was left behind',
    answers: homeAnswer,
    handle: (services) => home.removeLeft(services),
  }),
];

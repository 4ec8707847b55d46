import { runSummary, runUndo } from '../api/api.ts';
import * as bodies from './bodies.ts';
import * as undo from './handlers/undo.ts';
import { type Route, route } from './route.ts';

/** Taking an import back. */
export const UNDO_ROUTES: readonly Route[] = [
  route('GET', '/api/runs/:run/undo', {
    role: 'read',
    summary: 'Whether a run can be taken back, and what a person should know before',
    answers: runUndo,
    handle: (services, { param }) => undo.look(services, param('run')),
  }),
  route('POST', '/api/runs/:run/undo', {
    role: 'approve',
    act: 'run.undo',
    summary: 'Takes a written run back: its documents are new again, its files are put aside',
    answers: runSummary,
    body: bodies.undoRun,
    handle: (services, { param, body }) => undo.undo(services, param('run'), body),
  }),
];

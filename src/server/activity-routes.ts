import { activityDocuments, activityEntries, dashboard, oss } from '../api/activity.ts';
import { documentPage } from '../api/document.ts';
import { XLSX } from './attached.ts';
import * as bodies from './bodies.ts';
import * as activity from './handlers/activity.ts';
import * as document from './handlers/document.ts';
import { ossCsv, ossWorkbook } from './oss-sheet.ts';
import { type Route, route } from './route.ts';

/** What a profile has done over all its runs: its figures, the lists behind them, and each document. */
export const ACTIVITY_ROUTES: readonly Route[] = [
  route('GET', '/api/profiles/:profile/dashboard', {
    role: 'read',
    summary: 'What was written and read of a period: sales by day, VAT, payments, what waits',
    answers: dashboard,
    query: bodies.dashboardQuery,
    handle: (services, { param, query }) => activity.dashboard(services, param('profile'), query),
  }),
  route('GET', '/api/profiles/:profile/oss', {
    role: 'read',
    summary: 'What was written and is declared through the one-stop shop, by member state and rate',
    answers: oss,
    query: bodies.dashboardQuery,
    handle: (services, { param, query }) => activity.oss(services, param('profile'), query),
  }),
  route('GET', '/api/profiles/:profile/oss.csv', {
    role: 'read',
    summary: 'The same as CSV in the language asked',
    answers: { media: 'text/csv', holds: 'A row for each member state and rate' },
    query: bodies.sheetQuery,
    handle: (services, { param, query }) => ossCsv(services, param('profile'), query),
  }),
  route('GET', '/api/profiles/:profile/oss.xlsx', {
    role: 'read',
    summary: 'The same as a workbook',
    answers: { media: XLSX, holds: 'The workbook' },
    query: bodies.sheetQuery,
    handle: (services, { param, query }) => ossWorkbook(services, param('profile'), query),
  }),
  route('GET', '/api/profiles/:profile/entries', {
    role: 'read',
    summary: 'The written entries behind a figure of the dashboard',
    answers: activityEntries,
    query: bodies.entriesQuery,
    handle: (services, { param, query }) => activity.entries(services, param('profile'), query),
  }),
  route('GET', '/api/profiles/:profile/documents', {
    role: 'read',
    summary: 'Documents of all runs, each once as it stands now: by period, state, or the beginning of a number',
    answers: activityDocuments,
    query: bodies.knownDocumentsQuery,
    handle: (services, { param, query }) => activity.documents(services, param('profile'), query),
  }),

  route('GET', '/api/profiles/:profile/document-page', {
    role: 'read',
    summary: 'One document by its key: facts, lines, sums, entries with their reasons, history, what changed',
    answers: documentPage,
    query: bodies.documentQuery,
    handle: (services, { param, query }) => document.document(services, param('profile'), query.document),
  }),
  route('POST', '/api/profiles/:profile/document/exclude', {
    role: 'prepare',
    act: 'document.exclude',
    summary: 'Keeps a document out for good',
    answers: documentPage,
    body: bodies.documentAct,
    handle: (services, { param, body }) => document.exclude(services, param('profile'), body.document, body.reason),
  }),
  route('POST', '/api/profiles/:profile/document/include', {
    role: 'prepare',
    act: 'document.include',
    summary: 'Takes an excluded document back',
    answers: documentPage,
    body: bodies.documentQuery,
    handle: (services, { param, body }) => document.include(services, param('profile'), body.document),
  }),
  route('POST', '/api/profiles/:profile/document/reset', {
    role: 'approve',
    act: 'document.reset',
    summary: 'Makes what was written of a document importable again',
    answers: documentPage,
    body: bodies.documentAct,
    handle: (services, { param, body }) => document.reset(services, param('profile'), body.document, body.reason),
  }),
];

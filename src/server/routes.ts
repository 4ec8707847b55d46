import type { Context } from 'hono';
import { z } from 'zod';
import { profileJsonSchema } from '../profiles/json-schema.ts';
import { ACTIVITY_ROUTES } from './activity-routes.ts';
import * as bodies from './bodies.ts';
import * as formats from './handlers/formats.ts';
import { info, openDemo } from './handlers/info.ts';
import * as profiles from './handlers/profiles.ts';
import { getProxy, putProxy } from './handlers/proxy.ts';
import * as reviews from './handlers/reviews.ts';
import * as runs from './handlers/runs.ts';
import * as shop from './handlers/shop.ts';
import { events } from './handlers/stream.ts';
import { openApi, type Route, route } from './route.ts';
import { ACCESS_ROUTES } from './routes-access.ts';
import { BACKUP_ROUTES } from './routes-backup.ts';
import { UNDO_ROUTES } from './routes-undo.ts';
import { WORKBOOK_ROUTES } from './routes-workbooks.ts';

const nothing = z.unknown().transform(() => null);

/** Aborts when the browser goes away: nobody waits for a shop then. */
const gone = ({ req }: Context) => req.raw.signal;

/** The whole API. Addresses of profiles and runs are their ids. */
export const ROUTES: readonly Route[] = [
  ...ACCESS_ROUTES,
  ...UNDO_ROUTES,
  ...WORKBOOK_ROUTES,
  ...BACKUP_ROUTES,
  route('GET', '/api/info', {
    role: 'read',
    summary: 'Version, profiles, shops and ledgers known',
    answers: 'AppInfo',
    handle: (services) => info(services),
  }),
  route('GET', '/api/openapi.json', {
    role: 'read',
    summary: 'This description',
    answers: 'OpenAPI 3.1',
    handle: async ({ app }) => openApi(ROUTES, app.version),
  }),
  route('GET', '/api/schema/profile', {
    role: 'read',
    summary: 'JSON Schema of the profile',
    answers: 'JSON Schema',
    handle: async () => profileJsonSchema(),
  }),
  route('GET', '/api/proxy', {
    role: 'configure',
    summary: 'The proxy of the options: the way out to every shop',
    answers: 'ProxyAnswer',
    handle: (services) => getProxy(services),
  }),
  route('PUT', '/api/proxy', {
    role: 'configure',
    act: 'proxy.save',
    summary: 'Keeps the proxy; a password that is left out stays as it is, an empty one goes',
    answers: 'ProxyAnswer',
    body: bodies.saveProxy,
    handle: (services, { body }) => putProxy(services, body),
  }),
  route('POST', '/api/demos/:demo', {
    role: 'prepare',
    summary: 'Opens a demo profile, made at its first use',
    answers: 'ProfileSummary',
    body: nothing,
    handle: (services, { param }) => openDemo(services, param('demo')),
  }),

  route('POST', '/api/profiles', {
    role: 'configure',
    act: 'profile.create',
    summary: 'Makes a profile',
    answers: 'ProfileSummary',
    status: 201,
    body: bodies.createProfile,
    handle: (services, { body, context }) => profiles.create(services, body, gone(context)),
  }),
  route('POST', '/api/profiles/import', {
    role: 'configure',
    act: 'profile.import',
    summary: 'Takes in an exported profile',
    answers: 'ProfileSummary',
    status: 201,
    body: bodies.importProfile,
    handle: (services, { body }) => profiles.importDocument(services, body.document),
  }),
  route('GET', '/api/profiles/:profile', {
    role: 'read',
    summary: 'What the main window shows of a profile',
    answers: 'ProfileHome',
    handle: (services, { param }) => profiles.home(services, param('profile')),
  }),
  route('DELETE', '/api/profiles/:profile', {
    role: 'configure',
    act: 'profile.delete',
    summary: 'Deletes a profile with its transfer state',
    answers: 'null',
    handle: (services, { param }) => profiles.remove(services, param('profile')),
  }),
  route('GET', '/api/profiles/:profile/document', {
    role: 'configure',
    summary: 'The profile as it is saved, for the settings and for export; no secret is in it',
    answers: 'ProfileDocument',
    handle: (services, { param }) => profiles.getDocument(services, param('profile')),
  }),
  route('PUT', '/api/profiles/:profile/document', {
    role: 'configure',
    act: 'profile.save',
    summary: 'Saves the profile over the revision it was read at',
    answers: 'ProfileDocument',
    body: bodies.saveProfile,
    handle: (services, { param, body }) => profiles.putDocument(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/apply-to-all', {
    role: 'configure',
    act: 'profile.save',
    summary: 'Copies the default of a field on every exception of its mapping',
    answers: 'ProfileDocument',
    body: bodies.applyToAll,
    handle: (services, { param, body }) => profiles.applyToAll(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/template', {
    role: 'configure',
    act: 'profile.save',
    summary: 'Lays a starter template over the profile: chart, customers, mappings, country',
    answers: 'ProfileDocument',
    body: bodies.useTemplate,
    handle: (services, { param, body }) => profiles.useTemplate(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/duplicate', {
    role: 'configure',
    act: 'profile.create',
    summary: 'Copies a profile under another name, with its secrets and without its transfer state',
    answers: 'ProfileSummary',
    status: 201,
    body: bodies.duplicateProfile,
    handle: (services, { param, body }) => profiles.duplicate(services, param('profile'), body.name),
  }),
  route('PUT', '/api/profiles/:profile/default', {
    role: 'configure',
    act: 'profile.default',
    summary: 'Makes it the profile that opens first',
    answers: 'ProfileSummary',
    body: nothing,
    handle: (services, { param }) => profiles.makeDefault(services, param('profile')),
  }),

  route('POST', '/api/profiles/:profile/format', {
    role: 'configure',
    summary: 'What a format that its user describes would write, and whether it can be read back; saves nothing',
    answers: 'FormatTrial',
    body: bodies.formatAsked,
    handle: (services, { param, body }) => formats.tryOut(services, param('profile'), body.definition),
  }),
  route('GET', '/api/formats/starting-points', {
    role: 'read',
    summary: 'Built-in formats as definitions, for a user to start his own from',
    answers: 'StartingPoint[]',
    handle: async (services) => formats.startingPoints(services),
  }),

  route('POST', '/api/profiles/:profile/check', {
    role: 'prepare',
    summary: 'Tests the connection to the shop and to the ledger',
    answers: 'CheckAnswer',
    body: nothing,
    handle: (services, { param, context }) => shop.check(services, param('profile'), gone(context)),
  }),
  route('GET', '/api/profiles/:profile/count', {
    role: 'read',
    summary: 'Documents of a period in the shop',
    answers: 'PeriodCount',
    query: bodies.periodQuery,
    handle: (services, { param, query, context }) => shop.count(services, param('profile'), query, gone(context)),
  }),
  route('GET', '/api/profiles/:profile/lists', {
    role: 'read',
    summary: 'Values of the shop that the mappings need',
    answers: 'ShopLists',
    handle: (services, { param, context }) => shop.lists(services, param('profile'), gone(context)),
  }),
  route('GET', '/api/profiles/:profile/gaps', {
    role: 'read',
    summary: 'What the shop shows and the mapping lacks',
    answers: 'ProfileGap[]',
    handle: (services, { param, context }) => shop.gaps(services, param('profile'), gone(context)),
  }),

  route('GET', '/api/profiles/:profile/explain', {
    role: 'read',
    summary: 'What was written of a document (key, id or number), and why: each line with its rule and its sum',
    answers: 'Explanation[] (src/runs/explain-json.ts)',
    query: bodies.documentQuery,
    handle: (services, { param, query }) => runs.explain(services, param('profile'), query.document),
  }),

  ...ACTIVITY_ROUTES,

  route('POST', '/api/profiles/:profile/runs', {
    role: 'prepare',
    roleFor: ({ review }) => (review ? 'prepare' : 'approve'),
    act: 'run.start',
    summary: 'Starts an import',
    answers: 'RunSummary',
    status: 202,
    body: bodies.startRun,
    handle: (services, { param, body }) => runs.start(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/runs/file', {
    role: 'prepare',
    roleFor: ({ review }) => (review ? 'prepare' : 'approve'),
    act: 'run.start',
    summary:
      'Starts an import from a file of sales (comptoir-sales, CSV, electronic invoice, gzip), sent as application/octet-stream',
    answers: 'RunSummary',
    status: 202,
    query: bodies.fileQuery,
    handle: (services, { param, query, context }) =>
      runs.startFromFile(services, param('profile'), query, context.req.raw),
  }),
  route('POST', '/api/profiles/:profile/runs/file/peek', {
    role: 'prepare',
    summary: 'What a file of sales is, told from its beginning, sent as application/octet-stream',
    answers: 'PeekedFile',
    query: bodies.peekQuery,
    handle: (services, { param, query, context }) => runs.peekFile(services, param('profile'), query, context.req.raw),
  }),
  route('PUT', '/api/profiles/:profile/file-layouts/:fingerprint', {
    role: 'prepare',
    act: 'file-layout.save',
    summary: 'Keeps how CSV files with these names of columns are read',
    answers: '{}',
    body: bodies.fileLayout,
    handle: (services, { param, body }) =>
      runs.keepFileLayout(services, param('profile'), param('fingerprint'), body.layout),
  }),
  route('DELETE', '/api/profiles/:profile/file-layouts/:fingerprint', {
    role: 'prepare',
    act: 'file-layout.forget',
    summary: 'Forgets it: the next file is guessed again',
    answers: '{}',
    body: nothing,
    handle: (services, { param }) => runs.keepFileLayout(services, param('profile'), param('fingerprint'), null),
  }),
  route('GET', '/api/profiles/:profile/runs', {
    role: 'read',
    summary: 'Imports of a profile, newest first',
    answers: 'RunSummary[]',
    handle: (services, { param }) => runs.list(services, param('profile')),
  }),
  route('GET', '/api/runs/:run', {
    role: 'read',
    summary: 'A run and its log',
    answers: 'RunPage',
    handle: (services, { param }) => runs.page(services, param('run')),
  }),
  route('GET', '/api/runs/:run/events', {
    role: 'read',
    summary: 'The log as it happens (server-sent events log, progress, end), after a line',
    answers: 'text/event-stream',
    query: bodies.afterQuery,
    handle: (services, { param, query, context }) => events(services, param('run'), query.after, context),
  }),
  route('POST', '/api/runs/:run/stop', {
    role: 'prepare',
    act: 'run.stop',
    summary: 'Stops a run; nothing is written',
    answers: 'RunSummary',
    body: nothing,
    handle: (services, { param }) => runs.stop(services, param('run')),
  }),
  route('GET', '/api/runs/:run/documents', {
    role: 'read',
    summary: 'Documents of a run, problems first',
    answers: '{ total, rows: RunDocumentRow[] }',
    query: bodies.documentsQuery,
    handle: (services, { param, query }) => runs.documents(services, param('run'), query),
  }),
  route('GET', '/api/runs/:run/file', {
    role: 'read',
    summary: 'The file delivered, byte for byte',
    answers: 'bytes',
    handle: (services, { param }) => runs.file(services, param('run'), 'entries'),
  }),
  route('GET', '/api/runs/:run/files/:number', {
    role: 'read',
    summary: 'Another part of entries in several files, counted from 1 as in moreFiles, byte for byte',
    answers: 'bytes',
    handle: (services, { param }) => runs.file(services, param('run'), { more: param('number') }),
  }),
  route('GET', '/api/runs/:run/customers-file', {
    role: 'read',
    summary: 'The list of customers delivered with it, byte for byte',
    answers: 'bytes',
    handle: (services, { param }) => runs.file(services, param('run'), 'customers'),
  }),
  route('GET', '/api/runs/:run/annex', {
    role: 'read',
    summary: 'The documents behind grouped entries, as CSV',
    answers: 'bytes',
    handle: (services, { param }) => runs.file(services, param('run'), 'annex'),
  }),
  route('GET', '/api/runs/:run/log.txt', {
    role: 'read',
    summary: 'The log as a text file',
    answers: 'text/plain',
    query: bodies.languageQuery,
    handle: (services, { param, query }) => runs.logFile(services, param('run'), query.lang),
  }),

  route('GET', '/api/reviews/:run', {
    role: 'read',
    summary: 'The list of entries as a whole',
    answers: 'Review',
    handle: (services, { param }) => reviews.review(services, param('run')),
  }),
  route('GET', '/api/reviews/:run/rows', {
    role: 'read',
    summary: 'A window of its rows: tab, q, f.<column>, sort, flat, folded, offset, limit',
    answers: 'ReviewRows',
    handle: (services, { param, context }) => reviews.rows(services, param('run'), context.req.url),
  }),
  route('GET', '/api/reviews/:run/entries.csv', {
    role: 'read',
    summary: 'All entries of a query as CSV in the language asked: tab, q, f.<column>, sort, lang',
    answers: 'text/csv',
    query: bodies.languageQuery,
    handle: (services, { param, query, context }) => reviews.csv(services, param('run'), query.lang, context.req.url),
  }),
  route('GET', '/api/reviews/:run/why/:number/:line', {
    role: 'read',
    summary: 'Why this account, why this amount',
    answers: 'Why',
    handle: (services, { param }) => reviews.why(services, param('run'), param('number'), param('line')),
  }),
  route('POST', '/api/reviews/:run/ticks', {
    role: 'prepare',
    summary: 'Ticks or unticks entries: by number, range or query',
    answers: 'Review',
    body: bodies.ticks,
    handle: (services, { param, body }) => reviews.tick(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/exclude', {
    role: 'prepare',
    act: 'review.exclude',
    summary: 'Excludes documents for good: those named, or all that a cause holds',
    answers: 'ExcludeAnswer',
    body: bodies.exclude,
    handle: (services, { param, body }) => reviews.exclude(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/include', {
    role: 'prepare',
    act: 'review.include',
    summary: 'Takes excluded documents back: those named, or all of one act',
    answers: 'Review',
    body: bodies.include,
    handle: (services, { param, body }) => reviews.include(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/mend', {
    role: 'configure',
    act: 'profile.mend',
    summary: 'Adds a rule to the profile and posts again what it concerns',
    answers: 'MendAnswer',
    body: bodies.mend,
    handle: (services, { param, body }) => reviews.mend(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/late', {
    role: 'prepare',
    summary: 'Says what becomes of documents dated in a closed period: the next open day, or their own date',
    answers: 'MendAnswer',
    body: bodies.late,
    handle: (services, { param, body }) => reviews.late(services, param('run'), body.answer),
  }),
  route('POST', '/api/reviews/:run/write', {
    role: 'approve',
    act: 'review.write',
    summary: 'Writes the ticked entries',
    answers: 'RunSummary',
    status: 202,
    body: nothing,
    handle: (services, { param }) => reviews.write(services, param('run')),
  }),
  route('POST', '/api/reviews/:run/close', {
    role: 'prepare',
    act: 'review.close',
    summary: 'Closes the list without writing',
    answers: 'RunSummary',
    body: nothing,
    handle: (services, { param }) => reviews.close(services, param('run')),
  }),
];

import type { Context } from 'hono';
import { z } from 'zod';
import * as told from '../api/api.ts';
import { explanation } from '../api/explanation.ts';
import { peekedFile } from '../api/file.ts';
import { formatTrial, startingPoint } from '../api/format.ts';
import { proxyAnswer } from '../api/proxy.ts';
import { checkAnswer, periodCount, profileGap, shopLists } from '../api/shop.ts';
import { profileJsonSchema } from '../profiles/json-schema.ts';
import { ACTIVITY_ROUTES } from './activity-routes.ts';
import * as bodies from './bodies.ts';
import { cookieName } from './gate.ts';
import * as formats from './handlers/formats.ts';
import { info, openDemo } from './handlers/info.ts';
import * as profiles from './handlers/profiles.ts';
import { getProxy, putProxy } from './handlers/proxy.ts';
import * as runs from './handlers/runs.ts';
import * as shop from './handlers/shop.ts';
import { events } from './handlers/stream.ts';
import { openApi } from './openapi.ts';
import { nothing, type Route, route } from './route.ts';
import { ACCESS_ROUTES } from './routes-access.ts';
import { BACKUP_ROUTES } from './routes-backup.ts';
import { HOME_ROUTES } from './routes-home.ts';
import { LANGUAGE_ROUTES } from './routes-languages.ts';
import { REVIEW_ROUTES } from './routes-reviews.ts';
import { SUPPORT_ROUTES } from './routes-support.ts';
import { UNDO_ROUTES } from './routes-undo.ts';
import { WORKBOOK_ROUTES } from './routes-workbooks.ts';

/** Aborts when the browser goes away: nobody waits for a shop then. */
const gone = ({ req }: Context) => req.raw.signal;

const document = z.record(z.string(), z.unknown());
const FILE = { media: 'application/octet-stream', holds: 'The file' };
const LOG = { media: 'text/plain', holds: 'The log' };
/** Each event is `event:` its name and `data:` JSON; those of the log have their `seq` as `id:`. */
const EVENTS = {
  media: 'text/event-stream',
  holds: 'Lines of the log, how far the run is, and at last the run as it ended',
  events: { log: told.logLine, progress: told.progress, end: told.runSummary },
};

/** The whole API. Addresses of profiles and runs are their ids. */
export const ROUTES: readonly Route[] = [
  ...ACCESS_ROUTES,
  ...UNDO_ROUTES,
  ...WORKBOOK_ROUTES,
  ...BACKUP_ROUTES,
  ...LANGUAGE_ROUTES,
  ...HOME_ROUTES,
  ...SUPPORT_ROUTES,
  route('GET', '/api/info', {
    role: 'read',
    summary: 'Version, profiles, shops and ledgers known',
    answers: told.appInfo,
    handle: (services) => info(services),
  }),
  route('GET', '/api/openapi.json', {
    role: 'read',
    summary: 'This description',
    answers: document,
    handle: async ({ app }, { context }) => openApi(ROUTES, { version: app.version, cookie: cookieName(context) }),
  }),
  route('GET', '/api/schema/profile', {
    role: 'read',
    summary: 'JSON Schema of the profile',
    answers: document,
    handle: async () => profileJsonSchema(),
  }),
  route('GET', '/api/proxy', {
    role: 'configure',
    summary: 'The proxy of the options: the way out to every shop',
    answers: proxyAnswer,
    handle: (services) => getProxy(services),
  }),
  route('PUT', '/api/proxy', {
    role: 'configure',
    act: 'proxy.save',
    summary: 'Keeps the proxy; a password that is left out stays as it is, an empty one goes',
    answers: proxyAnswer,
    body: bodies.saveProxy,
    handle: (services, { body }) => putProxy(services, body),
  }),
  route('POST', '/api/demos/:demo', {
    role: 'prepare',
    summary: 'Opens a demo profile, made at its first use',
    answers: told.profileSummary,
    body: nothing,
    handle: (services, { param }) => openDemo(services, param('demo')),
  }),

  route('POST', '/api/profiles', {
    role: 'configure',
    act: 'profile.create',
    summary: 'Makes a profile',
    answers: told.profileSummary,
    status: 201,
    body: bodies.createProfile,
    handle: (services, { body, context }) => profiles.create(services, body, gone(context)),
  }),
  route('POST', '/api/profiles/import', {
    role: 'configure',
    act: 'profile.import',
    summary: 'Takes in an exported profile',
    answers: told.profileSummary,
    status: 201,
    body: bodies.importProfile,
    handle: (services, { body }) => profiles.importDocument(services, body.document),
  }),
  route('GET', '/api/profiles/:profile', {
    role: 'read',
    summary: 'What the main window shows of a profile',
    answers: told.profileHome,
    handle: (services, { param }) => profiles.home(services, param('profile')),
  }),
  route('DELETE', '/api/profiles/:profile', {
    role: 'configure',
    act: 'profile.delete',
    summary: 'Deletes a profile with its secrets and its transfer state; for thirty days it can be restored',
    answers: z.null(),
    handle: (services, { param }) => profiles.remove(services, param('profile')),
  }),
  route('GET', '/api/deleted-profiles', {
    role: 'configure',
    summary: 'Deleted profiles that can still be restored, newest first',
    answers: z.array(told.deletedProfile),
    handle: (services) => profiles.deleted(services),
  }),
  route('POST', '/api/deleted-profiles/:profile/restore', {
    role: 'configure',
    act: 'profile.restore',
    summary: 'Restores a deleted profile with all that was its',
    answers: told.profileSummary,
    body: nothing,
    handle: (services, { param }) => profiles.restore(services, param('profile')),
  }),
  route('DELETE', '/api/deleted-profiles/:profile', {
    role: 'configure',
    act: 'profile.forget',
    summary: 'Deletes a deleted profile for good',
    answers: z.null(),
    handle: (services, { param }) => profiles.forget(services, param('profile')),
  }),
  route('GET', '/api/profiles/:profile/document', {
    role: 'configure',
    summary: 'The profile as it is saved, for the settings and for export; no secret is in it',
    answers: told.profileDocument,
    handle: (services, { param }) => profiles.getDocument(services, param('profile')),
  }),
  route('PUT', '/api/profiles/:profile/document', {
    role: 'configure',
    act: 'profile.save',
    summary: 'Saves the profile over the revision it was read at',
    answers: told.profileDocument,
    body: bodies.saveProfile,
    handle: (services, { param, body }) => profiles.putDocument(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/apply-to-all', {
    role: 'configure',
    act: 'profile.save',
    summary: 'Copies the default of a field on every exception of its mapping',
    answers: told.profileDocument,
    body: bodies.applyToAll,
    handle: (services, { param, body }) => profiles.applyToAll(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/template', {
    role: 'configure',
    act: 'profile.save',
    summary: 'Lays a starter template over the profile: chart, customers, mappings, country',
    answers: told.profileDocument,
    body: bodies.useTemplate,
    handle: (services, { param, body }) => profiles.useTemplate(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/duplicate', {
    role: 'configure',
    act: 'profile.create',
    summary: 'Copies a profile under another name, with its secrets and without its transfer state',
    answers: told.profileSummary,
    status: 201,
    body: bodies.duplicateProfile,
    handle: (services, { param, body }) => profiles.duplicate(services, param('profile'), body.name),
  }),
  route('PUT', '/api/profiles/:profile/default', {
    role: 'configure',
    act: 'profile.default',
    summary: 'Makes it the profile that opens first',
    answers: told.profileSummary,
    body: nothing,
    handle: (services, { param }) => profiles.makeDefault(services, param('profile')),
  }),

  route('POST', '/api/profiles/:profile/format', {
    role: 'configure',
    summary: 'What a format that its user describes would write, and whether it can be read back; saves nothing',
    answers: formatTrial,
    body: bodies.formatAsked,
    handle: (services, { param, body }) => formats.tryOut(services, param('profile'), body.definition),
  }),
  route('GET', '/api/formats/starting-points', {
    role: 'read',
    summary: 'Built-in formats as definitions, for a user to start his own from',
    answers: z.array(startingPoint),
    handle: async (services) => formats.startingPoints(services),
  }),

  route('POST', '/api/profiles/:profile/check', {
    role: 'prepare',
    summary: 'Tests the connection to the shop and to the ledger',
    answers: checkAnswer,
    body: nothing,
    handle: (services, { param, context }) => shop.check(services, param('profile'), gone(context)),
  }),
  route('GET', '/api/profiles/:profile/count', {
    role: 'read',
    summary: 'Documents of a period in the shop',
    answers: periodCount,
    query: bodies.periodQuery,
    handle: (services, { param, query, context }) => shop.count(services, param('profile'), query, gone(context)),
  }),
  route('GET', '/api/profiles/:profile/lists', {
    role: 'read',
    summary: 'Values of the shop that the mappings need',
    answers: shopLists,
    handle: (services, { param, context }) => shop.lists(services, param('profile'), gone(context)),
  }),
  route('GET', '/api/profiles/:profile/gaps', {
    role: 'read',
    summary: 'What the shop shows and the mapping lacks',
    answers: z.array(profileGap),
    handle: (services, { param, context }) => shop.gaps(services, param('profile'), gone(context)),
  }),

  route('GET', '/api/profiles/:profile/explain', {
    role: 'read',
    summary: 'What was written of a document (key, id or number), and why: each line with its rule and its sum',
    answers: z.array(explanation),
    query: bodies.documentQuery,
    handle: (services, { param, query }) => runs.explain(services, param('profile'), query.document),
  }),

  ...ACTIVITY_ROUTES,

  route('POST', '/api/profiles/:profile/runs', {
    role: 'prepare',
    roleFor: ({ review }) => (review ? 'prepare' : 'approve'),
    act: 'run.start',
    summary: 'Starts an import',
    answers: told.runSummary,
    status: 202,
    body: bodies.startRun,
    handle: (services, { param, body }) => runs.start(services, param('profile'), body),
  }),
  route('POST', '/api/profiles/:profile/runs/file', {
    role: 'prepare',
    roleFor: ({ review }) => (review ? 'prepare' : 'approve'),
    act: 'run.start',
    summary:
      'Starts an import from a file of sales (comptoir-sales, CSV, electronic invoice, gzip), or several in a zip, sent as application/octet-stream',
    answers: told.runSummary,
    status: 202,
    query: bodies.fileQuery,
    upload: true,
    handle: (services, { param, query, context }) =>
      runs.startFromFile(services, param('profile'), query, context.req.raw),
  }),
  route('POST', '/api/profiles/:profile/runs/file/peek', {
    role: 'prepare',
    summary: 'What a file of sales is, told from its beginning, sent as application/octet-stream',
    answers: peekedFile,
    query: bodies.peekQuery,
    upload: true,
    handle: (services, { param, query, context }) => runs.peekFile(services, param('profile'), query, context.req.raw),
  }),
  route('PUT', '/api/profiles/:profile/file-layouts/:fingerprint', {
    role: 'prepare',
    act: 'file-layout.save',
    summary: 'Keeps how CSV files with these names of columns are read',
    answers: z.strictObject({}),
    body: bodies.fileLayout,
    handle: (services, { param, body }) =>
      runs.keepFileLayout(services, param('profile'), param('fingerprint'), body.layout),
  }),
  route('DELETE', '/api/profiles/:profile/file-layouts/:fingerprint', {
    role: 'prepare',
    act: 'file-layout.forget',
    summary: 'Forgets it: the next file is guessed again',
    answers: z.strictObject({}),
    body: nothing,
    handle: (services, { param }) => runs.keepFileLayout(services, param('profile'), param('fingerprint'), null),
  }),
  route('GET', '/api/profiles/:profile/runs', {
    role: 'read',
    summary: 'Imports of a profile, newest first',
    answers: z.array(told.runSummary),
    handle: (services, { param }) => runs.list(services, param('profile')),
  }),
  route('GET', '/api/runs/:run', {
    role: 'read',
    summary: 'A run and its log',
    answers: told.runPage,
    handle: (services, { param }) => runs.page(services, param('run')),
  }),
  route('GET', '/api/runs/:run/events', {
    role: 'read',
    summary: 'The log as it happens (server-sent events log, progress, end), after a line',
    answers: EVENTS,
    query: bodies.afterQuery,
    handle: (services, { param, query, context }) => events(services, param('run'), query.after, context),
  }),
  route('POST', '/api/runs/:run/stop', {
    role: 'prepare',
    act: 'run.stop',
    summary: 'Stops a run; nothing is written',
    answers: told.runSummary,
    body: nothing,
    handle: (services, { param }) => runs.stop(services, param('run')),
  }),
  route('GET', '/api/runs/:run/documents', {
    role: 'read',
    summary: 'Documents of a run, problems first',
    answers: told.runDocuments,
    query: bodies.documentsQuery,
    handle: (services, { param, query }) => runs.documents(services, param('run'), query),
  }),
  route('GET', '/api/runs/:run/file', {
    role: 'read',
    summary: 'The file delivered, byte for byte',
    answers: FILE,
    handle: (services, { param }) => runs.file(services, param('run'), 'entries'),
  }),
  route('GET', '/api/runs/:run/files/:number', {
    role: 'read',
    summary: 'Another part of entries in several files, counted from 1 as in moreFiles, byte for byte',
    answers: FILE,
    handle: (services, { param }) => runs.file(services, param('run'), { more: param('number') }),
  }),
  route('GET', '/api/runs/:run/customers-file', {
    role: 'read',
    summary: 'The list of customers delivered with it, byte for byte',
    answers: FILE,
    handle: (services, { param }) => runs.file(services, param('run'), 'customers'),
  }),
  route('GET', '/api/runs/:run/annex', {
    role: 'read',
    summary: 'The documents behind grouped entries, as CSV',
    answers: FILE,
    handle: (services, { param }) => runs.file(services, param('run'), 'annex'),
  }),
  route('GET', '/api/runs/:run/log.txt', {
    role: 'read',
    summary: 'The log as a text file',
    answers: LOG,
    query: bodies.languageQuery,
    handle: (services, { param, query }) => runs.logFile(services, param('run'), query.lang),
  }),
  ...REVIEW_ROUTES,
];

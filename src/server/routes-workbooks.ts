import { XLSX } from './attached.ts';
import * as bodies from './bodies.ts';
import * as profiles from './handlers/profiles.ts';
import * as reviews from './handlers/reviews.ts';
import { type Route, route } from './route.ts';

const WORKBOOK = { media: XLSX, holds: 'The workbook' };

/** Files for a spreadsheet with numbers and dates as such. */
export const WORKBOOK_ROUTES: readonly Route[] = [
  route('GET', '/api/reviews/:run/entries.xlsx', {
    role: 'read',
    summary: 'The same entries as a workbook: amounts are numbers, days are dates',
    answers: WORKBOOK,
    query: bodies.languageQuery,
    address: bodies.reviewAddress,
    handle: (services, { param, query, context }) =>
      reviews.workbook(services, param('run'), query.lang, context.req.url),
  }),
  route('GET', '/api/profiles/:profile/mappings/:mapping/exceptions.xlsx', {
    role: 'read',
    summary: 'The exceptions of a mapping, as they are saved, as a workbook',
    answers: WORKBOOK,
    query: bodies.languageQuery,
    handle: (services, { param, query }) =>
      profiles.exceptions(services, param('profile'), param('mapping'), query.lang),
  }),
];

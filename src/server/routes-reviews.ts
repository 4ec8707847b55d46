import { runSummary } from '../api/api.ts';
import { excludeAnswer, mendAnswer, review, reviewGroups, reviewRows, why } from '../api/review.ts';
import * as bodies from './bodies.ts';
import * as reviews from './handlers/reviews.ts';
import { nothing, type Route, route } from './route.ts';

/** The list of entries: what is shown of it, and what is done to it. */
export const REVIEW_ROUTES: readonly Route[] = [
  route('GET', '/api/reviews/:run', {
    role: 'read',
    summary: 'The list of entries as a whole',
    answers: review,
    handle: (services, { param }) => reviews.review(services, param('run')),
  }),
  route('GET', '/api/reviews/:run/rows', {
    role: 'read',
    summary: 'A window of its rows: tab, q, f.<column>, sort, flat, folded, offset, limit',
    answers: reviewRows,
    address: bodies.reviewAddress,
    handle: (services, { param, context }) => reviews.rows(services, param('run'), context.req.url),
  }),
  route('GET', '/api/reviews/:run/groups', {
    role: 'read',
    summary: 'The entries of a query added up by journal, account, day or payment method: tab, q, f.<column>, by',
    answers: reviewGroups,
    query: bodies.groupsQuery,
    address: bodies.reviewAddress,
    handle: (services, { param, query, context }) => reviews.groups(services, param('run'), query.by, context.req.url),
  }),
  route('GET', '/api/reviews/:run/entries.csv', {
    role: 'read',
    summary: 'All entries of a query as CSV in the language asked: tab, q, f.<column>, sort, lang',
    answers: { media: 'text/csv', holds: 'The entries, with the names of the columns' },
    query: bodies.languageQuery,
    address: bodies.reviewAddress,
    handle: (services, { param, query, context }) => reviews.csv(services, param('run'), query.lang, context.req.url),
  }),
  route('GET', '/api/reviews/:run/why/:number/:line', {
    role: 'read',
    summary: 'Why this account, why this amount',
    answers: why,
    handle: (services, { param }) => reviews.why(services, param('run'), param('number'), param('line')),
  }),
  route('POST', '/api/reviews/:run/ticks', {
    role: 'prepare',
    summary: 'Ticks or unticks entries: by number, range or query',
    answers: review,
    body: bodies.ticks,
    handle: (services, { param, body }) => reviews.tick(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/exclude', {
    role: 'prepare',
    act: 'review.exclude',
    summary: 'Excludes documents for good: those named, or all that a cause holds',
    answers: excludeAnswer,
    body: bodies.exclude,
    handle: (services, { param, body }) => reviews.exclude(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/include', {
    role: 'prepare',
    act: 'review.include',
    summary: 'Takes excluded documents back: those named, or all of one act',
    answers: review,
    body: bodies.include,
    handle: (services, { param, body }) => reviews.include(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/mend', {
    role: 'configure',
    act: 'profile.mend',
    summary: 'Adds a rule to the profile and posts again what it concerns',
    answers: mendAnswer,
    body: bodies.mend,
    handle: (services, { param, body }) => reviews.mend(services, param('run'), body),
  }),
  route('POST', '/api/reviews/:run/late', {
    role: 'prepare',
    summary: 'Says what becomes of documents dated in a closed period: the next open day, or their own date',
    answers: mendAnswer,
    body: bodies.late,
    handle: (services, { param, body }) => reviews.late(services, param('run'), body.answer),
  }),
  route('POST', '/api/reviews/:run/write', {
    role: 'approve',
    act: 'review.write',
    summary: 'Writes the ticked entries',
    answers: runSummary,
    status: 202,
    body: nothing,
    handle: (services, { param }) => reviews.write(services, param('run')),
  }),
  route('POST', '/api/reviews/:run/close', {
    role: 'prepare',
    act: 'review.close',
    summary: 'Closes the list without writing',
    answers: runSummary,
    body: nothing,
    handle: (services, { param }) => reviews.close(services, param('run')),
  }),
];

import { logSettings, logsAnswer, saveLinks, supportLinks } from '../api/support.ts';
import * as support from './handlers/support.ts';
import { type Route, route } from './route.ts';

/** Links to whoever helps, and the log files they may ask for. */
export const SUPPORT_ROUTES: readonly Route[] = [
  route('GET', '/api/links', {
    role: 'read',
    summary: 'Links to whoever helps: label and https address',
    answers: supportLinks,
    handle: (services) => support.links(services),
  }),
  route('PUT', '/api/links', {
    role: 'configure',
    act: 'links.save',
    summary: 'Sets them; anything but an https address is refused',
    answers: supportLinks,
    body: saveLinks,
    handle: (services, { body }) => support.putLinks(services, body.links),
  }),
  route('GET', '/api/logs', {
    role: 'configure',
    summary: 'The log files of the server, how much they tell and how long they are kept',
    answers: logsAnswer,
    handle: (services) => support.logs(services),
  }),
  route('PUT', '/api/logs', {
    role: 'configure',
    act: 'logs.save',
    summary: 'Sets how much they tell and how long they are kept',
    answers: logsAnswer,
    body: logSettings,
    handle: (services, { body }) => support.putLogs(services, body),
  }),
  route('GET', '/api/logs/:file', {
    role: 'configure',
    summary: 'A log file; no personal data is in it',
    answers: { media: 'text/plain', holds: 'The log of a day, a line an event' },
    handle: (services, { param }) => support.logFile(services, param('file')),
  }),
];

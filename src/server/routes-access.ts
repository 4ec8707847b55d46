import { z } from 'zod';
import { ROLES } from '../access/role.ts';
import { auditPage, newToken, sessionAnswer, sessionInfo, tokenInfo, userInfo } from '../api/access.ts';
import * as access from './handlers/access.ts';
import * as tokens from './handlers/tokens.ts';
import { nothing, type Route, route } from './route.ts';

const name = z.string().trim().min(1).max(200);
const password = z.string().min(1).max(200);
const role = z.enum(ROLES);
const signIn = z.strictObject({ user: z.string().max(200).nullable().default(null), password });

/** Who may come in, and what they did. */
export const ACCESS_ROUTES: readonly Route[] = [
  route('GET', '/api/session', {
    role: 'nothing',
    summary: 'How one comes in here, who is in, and whether the options are locked',
    answers: sessionAnswer,
    handle: (services, { context }) => access.sessionNow(services, context),
  }),
  route('POST', '/api/session', {
    role: 'nothing',
    summary: 'Signs in by name and password, or unlocks the options by theirs; the session is a cookie',
    answers: sessionAnswer,
    body: signIn,
    handle: (services, { body, context }) => access.signIn(services, body, context),
  }),
  route('DELETE', '/api/session', {
    role: 'nothing',
    summary: 'Signs out, or locks the options again',
    answers: sessionAnswer,
    handle: (services, { actor, context }) => access.signOut(services, actor, context),
  }),
  route('POST', '/api/session/setup', {
    role: 'nothing',
    summary: 'Makes the first user by the code that the terminal shows, and signs in',
    answers: sessionAnswer,
    body: z.strictObject({ code: z.string().max(100), user: name, password }),
    handle: (services, { body, context }) => access.setUp(services, body, context),
  }),
  route('GET', '/api/sessions', {
    role: 'read',
    summary: 'One’s own sessions',
    answers: z.array(sessionInfo),
    handle: (services, { actor }) => access.sessions(services, actor),
  }),
  route('DELETE', '/api/sessions/:session', {
    role: 'read',
    summary: 'Ends one of one’s own sessions, or `others`: all but this one',
    answers: z.array(sessionInfo),
    handle: (services, { actor, param }) => access.endSession(services, param('session'), actor),
  }),
  route('PUT', '/api/password', {
    role: 'read',
    act: 'user.password',
    summary: 'One’s own password; the other sessions end',
    answers: sessionAnswer,
    body: z.strictObject({ old: password, password }),
    handle: (services, { body, actor, context }) => access.changeOwnPassword(services, body, actor, context),
  }),
  route('PUT', '/api/options/password', {
    role: 'configure',
    act: 'options.password',
    summary: 'The password of the options and of the profiles’ configuration; null takes it away',
    answers: sessionAnswer,
    body: z.strictObject({ password: password.nullable() }),
    handle: (services, { body, actor, context }) => access.setOptionsPassword(services, body.password, actor, context),
  }),
  route('GET', '/api/users', {
    role: 'configure',
    summary: 'Users and their roles',
    answers: z.array(userInfo),
    handle: (services, { actor }) => access.users(services, actor),
  }),
  route('POST', '/api/users', {
    role: 'configure',
    act: 'user.add',
    summary: 'Adds a user; with the first one, everybody has to sign in',
    answers: z.array(userInfo),
    status: 201,
    body: z.strictObject({ name, role, password }),
    handle: (services, { body, actor, context }) => access.createUser(services, body, actor, context),
  }),
  route('PUT', '/api/users/:user', {
    role: 'configure',
    act: 'user.change',
    summary: 'Another role or password for a user',
    answers: z.array(userInfo),
    body: z.strictObject({ role: role.optional(), password: password.optional() }),
    handle: (services, { body, actor, param }) => access.changeUser(services, param('user'), body, actor),
  }),
  route('DELETE', '/api/users/:user', {
    role: 'configure',
    act: 'user.remove',
    summary: 'Removes a user with their sessions and tokens; what they did stays told',
    answers: z.array(userInfo),
    body: nothing,
    handle: (services, { actor, param }) => access.deleteUser(services, param('user'), actor),
  }),
  route('GET', '/api/tokens', {
    role: 'read',
    summary: 'One’s own keys of the API, without their secrets',
    answers: z.array(tokenInfo),
    handle: (services, { actor }) => tokens.tokens(services, actor),
  }),
  route('POST', '/api/tokens', {
    role: 'read',
    act: 'token.create',
    summary: 'Makes a key of the API, with at most one’s own role; its secret is told this once',
    answers: newToken,
    status: 201,
    body: z.strictObject({ name, role, days: z.int().min(1).max(366) }),
    handle: (services, { body, actor }) => tokens.createToken(services, body, actor),
  }),
  route('DELETE', '/api/tokens/:token', {
    role: 'read',
    act: 'token.revoke',
    summary: 'Revokes a key',
    answers: z.array(tokenInfo),
    handle: (services, { actor, param }) => tokens.revokeToken(services, param('token'), actor),
  }),
  route('GET', '/api/audit', {
    role: 'configure',
    summary: 'Who did what, newest first',
    answers: auditPage,
    query: z.object({
      offset: z.coerce.number().int().min(0).max(1e9).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    handle: (services, { query }) => access.audit(services, query),
  }),
];

import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { Actor } from '../access/access.ts';
import type { Role } from '../access/role.ts';
import type { Answer } from '../schema/answer.ts';
import type { Services } from './app.ts';
import { type Asks, permit, permitted } from './gate.ts';
import { Refusal, refusalOf } from './refusal.ts';
import { bodyText } from './security.ts';

/** One address of the API. The handler parses nothing: path, query and body come checked. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As Hono writes it: `/api/runs/:run`. */
  readonly path: string;
  readonly summary: string;
  /** What it asks of whoever calls it; enforced in `mount`, and nowhere else. */
  readonly role: Asks;
  /** A greater role for some bodies: writing at once asks more than making a list. */
  readonly roleFor: ((body: unknown) => Role) | null;
  /** Name under which it is recorded who did it; null: nothing is changed, or its run tells. */
  readonly act: string | null;
  readonly answers: Answers;
  readonly status: ContentfulStatusCode;
  readonly body: z.ZodType | null;
  readonly query: z.ZodType | null;
  /** Of a query that the handler reads from the address itself, what it may hold; for the description. */
  readonly address: z.ZodType | null;
  /** The body is a file, which the handler reads as it comes. */
  readonly upload: boolean;
  readonly handle: (services: Services, asked: Asked<unknown, unknown>) => Promise<unknown>;
};

/** JSON of a schema, or bytes of a kind. */
export type Answers = z.ZodType | Media;
export type Media = {
  readonly media: string;
  readonly holds: string;
  /** Of a stream: what the data of each event are. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
};

/** For a handler that asks nothing of its body. */
export const nothing = z.unknown().transform(() => null);

export type Asked<Body, Query> = {
  readonly body: Body;
  readonly query: Query;
  readonly context: Context;
  /** Who asks. */
  readonly actor: Actor;
  /** A part of the path; the route is not matched without it. */
  readonly param: (name: string) => string;
};

export type RouteInput<Body, Query, Told extends Answers> = {
  readonly summary: string;
  readonly role: Asks;
  readonly roleFor?: (given: Body extends null ? Query : Body) => Role;
  readonly act?: string;
  readonly answers: Told;
  readonly status?: ContentfulStatusCode;
  readonly body?: z.ZodType<Body>;
  readonly query?: z.ZodType<Query>;
  readonly address?: z.ZodType;
  readonly upload?: true;
  /** What the schema of its answer says; of a kind of bytes, a `Response` that is sent as it is. */
  readonly handle: (
    services: Services,
    asked: Asked<Body, Query>,
  ) => Promise<Told extends z.ZodType ? Answer<Told> : Response>;
};

export function route<Told extends Answers, Body = null, Query = null>(
  method: Route['method'],
  path: string,
  { status = 200, roleFor, body, query, address, upload, act, handle, ...rest }: RouteInput<Body, Query, Told>,
): Route {
  return {
    ...rest,
    method,
    path,
    roleFor: roleFor ? (given) => roleFor(given as Body extends null ? Query : Body) : null, // parsed by these schemas in `mount`
    act: act ?? null,
    status,
    body: body ?? null,
    query: query ?? null,
    address: address ?? null,
    upload: upload ?? false,
    handle: (services, asked) => handle(services, asked as Asked<Body, Query>), // parsed by these very schemas in `mount`
  };
}

export function mount(hono: Hono, routes: readonly Route[], services: Services): void {
  for (const { method, path, role, roleFor, act, body, query, status, handle } of routes) {
    hono.on(method, path, async (context) => {
      const began = performance.now();
      const told = (status: number) => services.log.request(method, path, status, performance.now() - began);
      try {
        const actor = (await permitted(services.access, context, role)) ?? STRANGER; // before anything is read
        const asked: Asked<unknown, unknown> = {
          body: body === null ? null : parse(body, await readJson(context)),
          query: query === null ? null : parse(query, context.req.query()),
          context,
          actor,
          param: (name) => context.req.param(name) ?? '',
        };
        if (roleFor !== null) permit(actor, roleFor(asked.body ?? asked.query));
        const answer = await handle(servicesFor(services, actor), asked);
        if (act !== null) await recorded(services, asked, act);
        told(status);
        context.header('cache-control', 'no-store');
        if (answer instanceof Response) return answer;
        return context.json(answer, status);
      } catch (error) {
        told(refusalOf(error)?.status ?? 500);
        throw error;
      }
    });
  }
}

/** Whoever has not signed in, at the routes that ask nothing. */
const STRANGER: Actor = { role: 'read', user: null, id: null, via: 'open', session: null };

/** What runs and histories bear as its author. */
function servicesFor(services: Services, { user }: Actor): Services {
  const { app } = services;
  return { ...services, app: { ...app, deps: { ...app.deps, by: user } } };
}

/** Who did what to which profile, run or user. */
async function recorded({ app }: Services, { actor, body, context }: Asked<unknown, unknown>, act: string) {
  const { store, now } = app.deps;
  const { profile, run, user, token, language } = context.req.param() as Readonly<Record<string, string | undefined>>;
  const named = typeof body === 'object' && body !== null && 'name' in body ? String(body.name) : null;
  const object = (profile ?? run ?? user ?? token ?? language ?? named)?.slice(0, 200) ?? null;
  await store.access.audit.add({ at: new Date(now()).toISOString(), user: actor.user, via: actor.via, act, object });
}

async function readJson(context: Context): Promise<unknown> {
  const text = await bodyText(context);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(400, 'request.invalid', { field: 'body', reason: 'not JSON' });
    throw error;
  }
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code, message }) => ({
    path: path.map(String).join('.'),
    code: code ?? 'invalid',
    message,
  }));
  const [first] = fields;
  throw new Refusal(400, 'request.invalid', { field: first?.path || 'body', reason: first?.message ?? '' }, fields);
}

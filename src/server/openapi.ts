import { z } from 'zod';
import { apiError } from '../api/api.ts';
import { type Media, nothing, type Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const ABOUT = `Everything the application does, over HTTP. Amounts and rates are decimal text, days are ISO days in the shop's time
zone, instants are ISO with Z. What fails answers an ApiError: a code and its values (docs/problems.md has their sentences).
Each route names the role it asks as \`x-role\`: read, prepare, approve, configure, each of which does what those before it do;
\`nothing\` is for those who have not signed in. A request that changes something comes with \`content-type: application/json\`,
also when it has no body, or with that of a file where one is sent. docs/api.md walks through an import.`;

/** Whose answer to what: the statuses a refusal may have, besides those of a shop or a disk that fails. */
const REFUSALS: readonly [string, string, (route: Route) => boolean][] = [
  ['400', 'The request is not of the shape asked', ({ body, query, address }) => Boolean(body ?? query ?? address)],
  ['401', 'Nobody has signed in, or the key is not good', ({ role }) => role !== 'nothing'],
  ['403', 'The role is too small, or the request comes from another site', ({ method }) => method !== 'GET'],
  ['404', 'There is no such thing', ({ path }) => path.includes(':')],
];

/**
 * The routes as an OpenAPI 3.1 document, from the schemas that parse what is asked and those of `src/api` that say what is
 * answered. `cookie`: the name of the session's, which depends on the port.
 */
export function openApi(
  routes: readonly Route[],
  { version, cookie }: { readonly version: string; readonly cookie: string },
): Record<string, unknown> {
  const schemas: Record<string, unknown> = {};
  const failure = { description: 'Why not', content: json(named(apiError, schemas)) };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const address = route.path.replace(/:(\w+)/g, '{$1}');
    paths[address] = { ...paths[address], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Comptoir', version, description: ABOUT.replaceAll('\n', ' '), license: { name: 'UNLICENSED' } },
    servers: [{ url: '/' }],
    // Without users, on this machine, nothing is asked.
    security: [{}, { session: [] }, { token: [] }],
    paths,
    components: {
      schemas,
      responses: { Failure: failure },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookie, description: 'Of POST /api/session, for browsers' },
        token: { type: 'http', scheme: 'bearer', description: 'A key made by POST /api/tokens, for programmes' },
      },
    },
  };
}

function operation(route: Route, schemas: Record<string, unknown>): Json {
  const { method, path, summary, role, roleFor, status, answers, body } = route;
  const refused = { $ref: '#/components/responses/Failure' };
  return {
    operationId: method.toLowerCase() + path.split(/[/.:-]+/).reduce((name, part) => name + capital(part), ''),
    tags: [path.split('/')[2]?.replace('.json', '') ?? ''],
    summary,
    'x-role': role,
    ...(role === 'nothing' ? { security: [{}] } : {}),
    ...(roleFor === null ? {} : { description: 'It asks the role approve where it writes without a review.' }),
    parameters: parametersOf(route),
    ...(body === null || body === nothing ? {} : { requestBody: { required: true, content: json(asked(body)) } }),
    ...(route.upload ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    responses: {
      [String(status)]: isSchema(answers)
        ? { description: summary, content: json(named(answers, schemas)) }
        : { description: answers.holds, content: { [answers.media]: mediaOf(answers, schemas) } },
      ...Object.fromEntries(REFUSALS.filter(([, , fits]) => fits(route)).map(([code, , _]) => [code, refused])),
      default: refused,
    },
  };
}

function parametersOf({ path, query, address, answers }: Route): readonly Json[] {
  const ofPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
  const ofQuery = [query, address].flatMap((schema) => (schema === null ? [] : queryParameters(schema)));
  const stream = isSchema(answers) || answers.events === undefined;
  const seen = { name: 'last-event-id', in: 'header', schema: { type: 'string' }, description: 'As `after`' };
  return [...ofPath, ...ofQuery, ...(stream ? [] : [seen])];
}

function queryParameters(query: z.ZodType): readonly Json[] {
  const { properties, required = [] } = asked(query) as z.core.JSONSchema.ObjectSchema; // queries are objects
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
}

/** Each event of a stream is `event:` its name, `data:` JSON of its schema, and `id:` for the log. */
function mediaOf({ events = {} }: Media, schemas: Record<string, unknown>): Json {
  const each = Object.entries(events).map(([name, schema]) => [name, named(schema, schemas)]);
  return each.length === 0 ? {} : { schema: { type: 'string' }, 'x-events': Object.fromEntries(each) };
}

function isSchema(answers: Route['answers']): answers is z.ZodType {
  return !('media' in answers);
}

/** A schema of what is asked: fields with a default may be left out. */
function asked(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** A schema of what is answered; those that have a name are kept once, under it. */
function named(schema: z.ZodType, schemas: Record<string, unknown>): Json {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  const { $schema: _, $defs = {}, ...rest } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  Object.assign(schemas, $defs);
  return rest;
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}

function capital(word: string): string {
  return word === 'api' ? '' : word.slice(0, 1).toUpperCase() + word.slice(1);
}

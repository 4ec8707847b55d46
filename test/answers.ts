import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApi } from '../src/server/openapi.ts';
import { ROUTES } from '../src/server/routes.ts';

/** Answers held against the published description of the API: what a test is answered, the page of the API promises. */

const DOCUMENT = openApi(ROUTES, { version: 'test', cookie: 'comptoir' });
const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(DOCUMENT, 'api');
const known = new Map<string, ValidateFunction>();
const patterns = ROUTES.map(({ method, path, status }) => ({
  ...{ method, status, address: path.replace(/:(\w+)/g, '{$1}') },
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
}));

/** Throws when an answer in JSON is not what the description says of that route and status; null: no such route. */
export function checkAnswer(method: string, path: string, { status, body }: { status: number; body: unknown }): void {
  const { pathname } = new URL(path, 'http://server');
  const found = patterns.filter((route) => route.method === method && route.pattern.test(pathname));
  const [route] = found.sort((one, other) => one.address.split('{').length - other.address.split('{').length);
  const described =
    status >= 400 || route === undefined
      ? '#/components/responses/Failure/content'
      : `#/paths/${pointer(route.address)}/${method.toLowerCase()}/responses/${route.status}/content`;
  hold(`${described}/application~1json/schema`, body, `${method} ${path} ${status}`);
}

/** The same of an event of the stream of a run. */
export function checkEvent(event: string, data: unknown): void {
  const stream = `#/paths/${pointer('/api/runs/{run}/events')}/get/responses/200/content/text~1event-stream`;
  hold(`${stream}/x-events/${event}`, data, `event ${event}`);
}

function hold(place: string, value: unknown, what: string): void {
  const validate = known.get(place) ?? ajv.compile({ $ref: `api${place}` });
  known.set(place, validate);
  if (validate(value)) return;
  const [first] = validate.errors ?? [];
  const more = JSON.stringify(first?.params);
  throw new Error(`${what} is not as described at ${first?.instancePath || 'its root'}: ${first?.message} ${more}`);
}

/** A key of JSON Pointer, in an address. */
function pointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

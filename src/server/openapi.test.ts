import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { checkAnswer } from '../../test/answers.ts';
import { bench } from '../../test/server-kit.ts';
import { ROUTES } from './routes.ts';

type Operation = {
  readonly operationId: string;
  readonly 'x-role': string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
};

const on = await bench({ documents: [], gate: null, failure: null });
const { body } = await on.call('GET', '/api/openapi.json');
const operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([address, of]) =>
  Object.entries(of).map(([method, operation]) => ({ address, method: method.toUpperCase(), operation })),
);
await on.close();

test('the description of the API is a valid OpenAPI 3.1 document', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(body));
  assert.deepEqual([valid, errors], [true, undefined]);
  assert.equal(body.openapi, '3.1.0');
});

test('every route is described, and nothing else, each under a name of its own', () => {
  const ofRoutes = ROUTES.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort();
  assert.deepEqual(operations.map(({ address, method }) => `${method} ${address}`).sort(), ofRoutes);
  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
});

test('each operation tells its role, the parts of its path, and what it answers by a schema', () => {
  for (const { address, method, operation } of operations) {
    const named = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`);
    assert.deepEqual(named, address.match(/\{\w+\}/g) ?? [], address);
    assert.match(operation['x-role'], /^(nothing|read|prepare|approve|configure)$/);
    const [good] = Object.entries(operation.responses).filter(([status]) => /^2/.test(status));
    assert.ok(Object.keys(good?.[1].content ?? {}).length === 1, `${method} ${address} says nothing of its answer`);
    assert.ok('default' in operation.responses, address);
  }
  for (const [reference] of JSON.stringify(body).matchAll(/(?<="\$ref":")[^"]+/g)) {
    const found = reference
      .split('/')
      .slice(1)
      .reduce((at, key) => at?.[key], body);
    assert.ok(found, `${reference} leads nowhere`);
  }
});

test('bodies, queries and uploads are described by the schemas that parse them', () => {
  const of = (method: string, address: string) =>
    operations.find((one) => one.method === method && one.address === address)?.operation;
  assert.match(JSON.stringify(of('POST', '/api/reviews/{run}/mend')?.requestBody), /vat-account/);
  const rows = of('GET', '/api/reviews/{run}/rows')?.parameters.map(({ name }) => name) ?? [];
  for (const name of ['tab', 'q', 'sort', 'f.debit', 'f.payment', 'offset', 'limit'])
    assert.ok(rows.includes(name), name);
  assert.match(JSON.stringify(of('POST', '/api/profiles/{profile}/runs/file')?.requestBody), /octet-stream/);
  const stream = of('GET', '/api/runs/{run}/events')?.responses['200']?.content;
  assert.deepEqual(Object.keys(Object(Object(stream)['text/event-stream'])['x-events']), ['log', 'progress', 'end']);
});

test('the recorded answers are as described', async () => {
  const addresses: Readonly<Record<string, string>> = {
    ...{ info: '/api/info', 'profile-home': '/api/profiles/p', 'profile-document': '/api/profiles/p/document' },
    ...{ lists: '/api/profiles/p/lists', gaps: '/api/profiles/p/gaps', count: '/api/profiles/p/count' },
    ...{ run: '/api/runs/r', runs: '/api/profiles/p/runs', documents: '/api/runs/r/documents' },
    ...{ review: '/api/reviews/r', rows: '/api/reviews/r/rows', 'rows-flat': '/api/reviews/r/rows' },
    ...{ why: '/api/reviews/r/why/1/2', error: '/api/runs/unknown' },
  };
  const folder = new URL('../api/samples/', import.meta.url);
  const files = (await readdir(folder)).map((file) => file.replace('.json', ''));
  assert.deepEqual(files.sort(), Object.keys(addresses).sort());
  for (const name of files) {
    const sample = JSON.parse(await readFile(new URL(`${name}.json`, folder), 'utf8'));
    checkAnswer('GET', addresses[name] ?? '', { status: name === 'error' ? 404 : 200, body: sample });
  }
});

test('an answer that is not as described does not pass', () => {
  const answer = { code: 'run.unknown', values: {} };
  checkAnswer('GET', '/api/runs/x', { status: 404, body: answer });
  const wrong: readonly [number, unknown][] = [
    [200, answer],
    [404, { ...answer, stack: 'at …' }],
    [404, { code: 'run.unknown' }],
  ];
  for (const [status, told] of wrong)
    assert.throws(() => checkAnswer('GET', '/api/runs/x', { status, body: told }), /is not as described/);
});

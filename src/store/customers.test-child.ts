import process from 'node:process';
import { openStore } from './open.ts';

/** A process that gives codes as fast as it can: `node customers.test-child.ts DATABASE CUSTOMER...`, a lot at a time. */
const [path = '', ...customers] = process.argv.slice(2);
const store = await openStore(path, Buffer.alloc(32, 7));
const codes = new Map<string, string>();
for (let at = 0; at < customers.length; at += 3) {
  const request = { profile: 'lavande', kind: 'account', scheme: { prefix: '411W', length: 8 } } as const;
  const lot = {
    ...request,
    taken: new Set<string>(),
    customers: customers.slice(at, at + 3),
    at: '2026-11-24T08:00:00Z',
  };
  for (const [customer, code] of await store.customers.give(lot)) codes.set(customer, code);
}
process.stdout.write(JSON.stringify([...codes]));
await store.close();

import { mkdirSync, writeFileSync } from 'node:fs';
import { reconciliationPage } from '../test/reconcile/page.ts';

/** Writes docs/reconciliation.md from the demo shops; `test/reconcile.test.ts` says when it is stale. */
const docs = new URL('../docs/', import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL('reconciliation.md', docs), await reconciliationPage());

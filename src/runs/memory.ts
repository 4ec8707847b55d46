import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Documents between two collections: more often costs time, more seldom lets pages heap up. */
const EVERY = 20_000;

/**
 * In a long run V8 keeps pages that it has emptied, 40 MB of them after 300 000 orders, and gives them back when it is asked
 * to collect all it can. What is called is told how many documents have passed.
 */
export function pagesGivenBack(collect = collector()): (documents: number) => void {
  let passed = 0;
  return (documents) => {
    passed += documents;
    if (passed < EVERY) return;
    passed = 0;
    collect();
  };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: object) => void; // V8's own, which the flag shows to new contexts
  return () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

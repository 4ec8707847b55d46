import { formatContract } from './contract.ts';
import { roundTrip } from './contract-round-trip.ts';
import { sage50Rimport } from './sage50-rimport.ts';

/** Third parties are not written with the entries. */
const without = /^##Section\tTiers|"SR"/;

formatContract({ format: sage50Rimport, badCodes: ['4"11'], samples: { without, carrying: { details: 'dueDate12' } } });
for (const details of ['dueDate12', 'dueDate13']) {
  roundTrip(sage50Rimport.configured({ details }), { details });
}

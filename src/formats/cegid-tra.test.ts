import { cegidTraEte, cegidTraStd } from './cegid-tra.ts';
import { formatContract } from './contract.ts';

/** Customers' records are not written with the entries. */
const without = /^\*\*\*CAE/;

formatContract({ format: cegidTraStd, badCodes: ['411α'], samples: { without } });
formatContract({ format: cegidTraEte, badCodes: ['411α'], samples: { without, options: { vatRegime: 'FRA' } } });

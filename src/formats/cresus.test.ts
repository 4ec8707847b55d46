import { formatContract } from './contract.ts';
import { cresus } from './cresus.ts';

formatContract({ format: cresus, badCodes: [], samples: { number: 1, codes: { WEBFRANCE: '4110000' } } });

import { coalaDolibarr, coalaOpenflyers } from './coala.ts';
import { formatContract } from './contract.ts';

formatContract({ format: coalaDolibarr, badCodes: ['411;0'], samples: {} });
formatContract({ format: coalaOpenflyers, badCodes: ['411;0'], samples: {} });

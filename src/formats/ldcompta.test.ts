import { formatContract } from './contract.ts';
import { ldcompta9, ldcompta10 } from './ldcompta.ts';

const samples = { codes: { VTE: 'VT', BEU: 'BE' } };

formatContract({ format: ldcompta9, badCodes: ['411;0'], samples });
formatContract({ format: ldcompta10, badCodes: ['411;0'], samples });

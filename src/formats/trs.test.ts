import { formatContract } from './contract.ts';
import { trs } from './trs.ts';

formatContract({ format: trs, badCodes: [], samples: { codes: { VTE: 'VT', BEU: 'BE' } } });

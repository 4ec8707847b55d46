import { formatContract } from './contract.ts';
import { winfic } from './winfic.ts';

formatContract({ format: winfic, badCodes: ['41|1'], samples: { codes: { VTE: 'VT', BEU: 'BE' } } });

import { formatContract } from './contract.ts';
import { openconcerto } from './openconcerto.ts';

formatContract({ format: openconcerto, badCodes: ['411;0'], samples: {} });

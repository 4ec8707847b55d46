import { bob50 } from './bob50.ts';
import { formatContract } from './contract.ts';

formatContract({ format: bob50, badCodes: ['411;0'], samples: {} });

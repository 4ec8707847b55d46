import { acdIsuite } from './acd-isuite.ts';
import { formatContract } from './contract.ts';

formatContract({ format: acdIsuite, badCodes: ['411;0'], samples: {} });

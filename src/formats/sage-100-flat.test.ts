import { formatContract } from './contract.ts';
import { sage100Flat } from './sage-100-flat.ts';

formatContract({ format: sage100Flat, badCodes: ['#411', '411α'], samples: {} });

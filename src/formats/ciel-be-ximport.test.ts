import { cielBeXimport } from './ciel-be-ximport.ts';
import { formatContract } from './contract.ts';

formatContract({ format: cielBeXimport, badCodes: ['411α'], samples: {} });

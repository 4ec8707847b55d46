import { formatContract } from './contract.ts';
import { diacompta } from './diacompta.ts';

formatContract({ format: diacompta, badCodes: ['411α'], samples: {} });

import { formatContract } from './contract.ts';
import { gestimum } from './gestimum.ts';

formatContract({ format: gestimum, badCodes: ['411,0', '4"11'], samples: { options: { analyticPlan: 'AFFAIRES' } } });

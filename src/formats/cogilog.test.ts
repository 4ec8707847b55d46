import { cogilog } from './cogilog.ts';
import { formatContract } from './contract.ts';

formatContract({ format: cogilog, badCodes: [], samples: {} });

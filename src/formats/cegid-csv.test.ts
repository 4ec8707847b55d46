import { cegidCsv } from './cegid-csv.ts';
import { formatContract } from './contract.ts';

formatContract({ format: cegidCsv, badCodes: ['411;0'], samples: {} });

import { formatContract } from './contract.ts';
import { isacomptaCsv } from './isacompta-csv.ts';

formatContract({ format: isacomptaCsv, badCodes: ['411;0'], samples: {} });

import { formatContract } from './contract.ts';
import { pennylaneCsv } from './pennylane-csv.ts';

formatContract({ format: pennylaneCsv, badCodes: [], samples: {} });

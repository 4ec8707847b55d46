import { formatContract } from './contract.ts';
import { xeroMj } from './xero-mj.ts';

formatContract({ format: xeroMj, badCodes: [], samples: { codes: { WEBFRANCE: '4110000' } } });

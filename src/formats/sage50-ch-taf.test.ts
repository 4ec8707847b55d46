import { formatContract } from './contract.ts';
import { sage50ChTaf } from './sage50-ch-taf.ts';

formatContract({ format: sage50ChTaf, badCodes: ['411,0', '411"0'], samples: { codes: { WEBFRANCE: '4110000' } } });

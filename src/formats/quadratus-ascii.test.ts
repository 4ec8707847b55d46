import { formatContract } from './contract.ts';
import { quadratusAscii } from './quadratus-ascii.ts';

formatContract({ format: quadratusAscii, badCodes: ['411α'], samples: { without: /^C/ } });

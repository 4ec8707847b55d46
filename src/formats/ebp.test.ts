import { formatContract } from './contract.ts';
import { ebpV3, ebpV5 } from './ebp.ts';

for (const format of [ebpV3, ebpV5]) formatContract({ format, badCodes: ['411,0', '4"11'], samples: {} });

import { formatContract } from './contract.ts';
import { winbiz } from './winbiz.ts';

formatContract({
  format: winbiz,
  badCodes: ['411;0'],
  samples: { codes: { VTE: 'v', BEU: 'd', WEBFRANCE: '4110000' }, carrying: { currency: 'yes' } },
});

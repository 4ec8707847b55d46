import { banana } from './banana.ts';
import { formatContract } from './contract.ts';

formatContract({
  format: banana,
  badCodes: [],
  samples: { codes: { WEBFRANCE: '4110000' }, carrying: { currency: 'yes' } },
});

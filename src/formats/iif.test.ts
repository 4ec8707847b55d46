import { formatContract } from './contract.ts';
import { iif } from './iif.ts';

formatContract({
  format: iif,
  badCodes: [],
  samples: {
    codes: {
      '4110000': 'Accounts Receivable',
      WEBFRANCE: 'Client Web France',
      '707100': 'Sales',
      '4457120': 'VAT Payable',
      '5125': 'Paypal',
    },
  },
});

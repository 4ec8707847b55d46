import { formatContract } from './contract.ts';
import { roundTrip } from './contract-round-trip.ts';
import { isSamples } from './contract-samples.ts';
import { sage100Param } from './sage-100-param.ts';

/** The manual's were rendered without sections, and with the mode of payment on the bank's line too. */
const samples = {
  without: /^A\t/,
  codes: { CB: 'Carte bancaire' },
  instead: { '5125\t\tPaiement 1 du 26/11/2018\tCarte bancaire': '5125\t\tPaiement 1 du 26/11/2018\t' },
};
const gestimum = sage100Param.configured({ layout: 'gestimum' });

formatContract({ format: sage100Param, badCodes: [], samples });
isSamples(gestimum, { codes: samples.codes, files: 'sage-100-param-gestimum', options: { layout: 'gestimum' } });
roundTrip(gestimum, { layout: 'gestimum' });

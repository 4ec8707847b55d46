import { charlemagne } from './charlemagne.ts';
import { formatContract } from './contract.ts';

// Sections have codes but no names in a profile.
formatContract({ format: charlemagne, badCodes: [], samples: { instead: { 'Boutique Web': '' } } });

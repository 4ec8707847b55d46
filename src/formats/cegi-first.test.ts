import { cegiFirst } from './cegi-first.ts';
import { formatContract } from './contract.ts';

// The manual's entries were rendered without their due dates and sections.
const samples = { without: /^ {83}/, codes: { WEBFRANCE: 'C1WEBFRA' } };

formatContract({ format: cegiFirst, badCodes: ['411α'], samples });

import { formatContract } from './contract.ts';
import { odooCsv } from './odoo-csv.ts';

const codes = { VTE: 'Journal des ventes', BEU: 'Banque', WEBFRANCE: 'Client Web France' };

formatContract({ format: odooCsv, badCodes: ['4"11'], samples: { codes } });

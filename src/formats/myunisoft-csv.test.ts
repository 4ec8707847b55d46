import { formatContract } from './contract.ts';
import { myunisoftCsv } from './myunisoft-csv.ts';

formatContract({ format: myunisoftCsv, badCodes: [], samples: { carrying: { axis: 'AFFAIRES' } } });

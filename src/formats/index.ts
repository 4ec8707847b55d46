import { cielXimport } from './ciel-ximport.ts';
import { csv } from './csv.ts';
import { fec } from './fec.ts';
import type { Format } from './format.ts';
import { hledger } from './hledger.ts';
import { sagePnm } from './sage-pnm.ts';

export const formats: readonly Format[] = [sagePnm, fec, csv, hledger, cielXimport];

export function formatOf(id: string): Format | null {
  return formats.find((format) => format.id === id) ?? null;
}

import { cegidTraEte, cegidTraStd } from './cegid-tra.ts';
import { cielBeXimport } from './ciel-be-ximport.ts';
import { cielXimport } from './ciel-ximport.ts';
import { csv } from './csv.ts';
import { ebpV3, ebpV5 } from './ebp.ts';
import { fec } from './fec.ts';
import type { Format } from './format.ts';
import { gestimum } from './gestimum.ts';
import { hledger } from './hledger.ts';
import { isacomptaEcr } from './isacompta-ecr.ts';
import { openconcerto } from './openconcerto.ts';
import { quadratusAscii } from './quadratus-ascii.ts';
import { sage100Flat } from './sage-100-flat.ts';
import { sagePnm } from './sage-pnm.ts';

export const formats: readonly Format[] = [
  sagePnm,
  fec,
  csv,
  hledger,
  cielXimport,
  cielBeXimport,
  ebpV3,
  ebpV5,
  quadratusAscii,
  sage100Flat,
  cegidTraStd,
  cegidTraEte,
  gestimum,
  isacomptaEcr,
  openconcerto,
];

export function formatOf(id: string): Format | null {
  return formats.find((format) => format.id === id) ?? null;
}

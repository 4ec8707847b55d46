import { acdIsuite } from './acd-isuite.ts';
import { banana } from './banana.ts';
import { beancount } from './beancount.ts';
import { bob50 } from './bob50.ts';
import { cegiFirst } from './cegi-first.ts';
import { cegidCsv } from './cegid-csv.ts';
import { cegidTraEte, cegidTraStd } from './cegid-tra.ts';
import { charlemagne } from './charlemagne.ts';
import { cielBeXimport } from './ciel-be-ximport.ts';
import { cielXimport } from './ciel-ximport.ts';
import { coalaDolibarr, coalaOpenflyers } from './coala.ts';
import { cogilog } from './cogilog.ts';
import { cresus } from './cresus.ts';
import { csv } from './csv.ts';
import { custom } from './custom/custom.ts';
import { datevExtf } from './datev-extf.ts';
import { diacompta } from './diacompta.ts';
import { ebpV3, ebpV5 } from './ebp.ts';
import { fec } from './fec.ts';
import type { Format } from './format.ts';
import { gestimum } from './gestimum.ts';
import { hledger } from './hledger.ts';
import { ibizaXml } from './ibiza-xml.ts';
import { iif } from './iif.ts';
import { isacomptaCsv } from './isacompta-csv.ts';
import { isacomptaEcr } from './isacompta-ecr.ts';
import { ldcompta9, ldcompta10 } from './ldcompta.ts';
import { myunisoftCsv } from './myunisoft-csv.ts';
import { odooCsv } from './odoo-csv.ts';
import { openconcerto } from './openconcerto.ts';
import { pennylaneCsv } from './pennylane-csv.ts';
import { quadratusAscii } from './quadratus-ascii.ts';
import { sage100Flat } from './sage-100-flat.ts';
import { sage100Param } from './sage-100-param.ts';
import { sagePnm } from './sage-pnm.ts';
import { sage50ChTaf } from './sage50-ch-taf.ts';
import { sage50Rimport } from './sage50-rimport.ts';
import { sage50Uk } from './sage50-uk.ts';
import { trs } from './trs.ts';
import { winbiz } from './winbiz.ts';
import { winbooksAct } from './winbooks-act.ts';
import { winfic } from './winfic.ts';
import { xeroMj } from './xero-mj.ts';

export const formats: readonly Format[] = [
  sagePnm,
  fec,
  csv,
  custom,
  hledger,
  beancount,
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
  cegidCsv,
  isacomptaCsv,
  coalaDolibarr,
  coalaOpenflyers,
  acdIsuite,
  charlemagne,
  cogilog,
  ldcompta9,
  ldcompta10,
  pennylaneCsv,
  myunisoftCsv,
  odooCsv,
  sage100Param,
  sage50Rimport,
  ibizaXml,
  cegiFirst,
  diacompta,
  winfic,
  trs,
  winbooksAct,
  bob50,
  winbiz,
  banana,
  cresus,
  sage50ChTaf,
  datevExtf,
  xeroMj,
  iif,
  sage50Uk,
];

export function formatOf(id: string): Format | null {
  return formats.find((format) => format.id === id) ?? null;
}

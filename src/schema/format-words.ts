/** The words a definition of a format chooses from; without zod, so that a browser may have them alone. */

export const CHARSETS = ['windows-1252', 'utf-8', 'cp850', 'iso-8859-15'] as const;

/** JJ the day, MM the month, AA or AAAA the year. */
export const DATE_PATTERNS = [
  'JJMMAA',
  'JJMMAAAA',
  'AAMMJJ',
  'AAAAMMJJ',
  'MMJJAAAA',
  'JJ/MM/AA',
  'JJ/MM/AAAA',
  'MM/JJ/AAAA',
  'AAAA/MM/JJ',
  'JJ-MM-AA',
  'JJ-MM-AAAA',
  'AAAA-MM-JJ',
  'JJ.MM.AA',
  'JJ.MM.AAAA',
] as const;

export const KINDS = ['sale', 'creditNote', 'payment'] as const;

/** Codes, texts and names that need nothing else to be said. */
export const PLAIN_VALUES = [
  'journal',
  'account',
  'thirdParty',
  'taxCode',
  'section',
  'paymentMode',
  'matchingCode',
  'reference',
  'label',
  'lineNumber',
  'sign',
  'journalName',
  'booksCurrency',
  'currency',
  'counterAccount',
  'order',
  'country',
  'paymentMethod',
  'documentCurrency',
  'documentKey',
  'entryLabel',
  'vatGrid',
  'companyName',
] as const;

/** Signs between the columns of a separated file. */
export const SEPARATORS = [',', ';', '\t', '|'] as const;

export const QUOTES = ['needed', 'marked', 'all', 'none'] as const;

/** Records of an entry, in the order in which they are written; `line` is the only one that must be there. */
export const RECORDS = ['entry', 'first', 'thirdParty', 'line', 'dueDate', 'section', 'end'] as const;

/** Texts: they may be cut, put in capitals, and lose their accents. Codes are written exactly. */
export const TEXT_VALUES = [
  'piece',
  'reference',
  'label',
  'pattern',
  'journalName',
  'accountName',
  'order',
  'country',
  'paymentMethod',
  'entryLabel',
  'companyName',
  'documentKey',
] as const;

/** Codes may be held or cut when they are too long. */
export const CODE_VALUES = [
  'journal',
  'account',
  'thirdParty',
  'anyAccount',
  'taxCode',
  'section',
  'paymentMode',
  'matchingCode',
  'vatGrid',
] as const;

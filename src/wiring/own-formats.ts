import { Failure } from '../core/problem.ts';
import { customFormat, STARTER } from '../formats/custom/custom.ts';
import { definitionOf } from '../formats/custom/definition-of.ts';
import { definitionFaults } from '../formats/custom/faults.ts';
import { formatOf } from '../formats/index.ts';
import { CONTEXT, CREDIT_NOTE, MANUAL } from '../formats/sample-entries.ts';
import { shortened } from '../formats/shortened.ts';
import { previewOf } from '../ledgers/preview.ts';
import type { OwnFormats } from '../profiles/own-format.ts';
import { chosen } from './convert.ts';

/** The manual's sales, their payments, and its credit note. */
const SAMPLES = [...MANUAL, { ...CREDIT_NOTE, number: MANUAL.length + 1 }];

/** Formats that users describe, for the command line and the server. */
export const ownFormats: OwnFormats = {
  definitionFaults,
  derive: (id, options) => {
    const format = formatOf(id);
    if (format === null) throw new Failure('usage', { reason: 'unknown-format', written: id });
    return definitionOf(format.configured(chosen(format, options)));
  },
  preview: (definition, given) => {
    if (given !== null) return previewOf(definition, given.entries, given.context);
    const format = customFormat(definition);
    const samples = SAMPLES.map((entry) => shortened(format, entry)); // with codes that go in
    return previewOf(definition, samples, CONTEXT);
  },
  starter: STARTER,
};

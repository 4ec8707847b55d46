import type { OwnFormats } from '../cli/app.ts';
import { Failure } from '../core/problem.ts';
import { definitionOf } from '../formats/custom/definition-of.ts';
import { definitionFaults } from '../formats/custom/faults.ts';
import { formatOf } from '../formats/index.ts';
import { CONTEXT, MANUAL } from '../formats/sample-entries.ts';
import { previewOf } from '../ledgers/preview.ts';
import { chosen } from './convert.ts';

/** Formats that users describe, for the command line and the server. */
export const ownFormats: OwnFormats = {
  definitionFaults,
  derive: (id, options) => {
    const format = formatOf(id);
    if (format === null) throw new Failure('usage', { reason: 'unknown-format', written: id });
    return definitionOf(format.configured(chosen(format, options)));
  },
  preview: (definition, given) => previewOf(definition, given?.entries ?? MANUAL, given?.context ?? CONTEXT),
};

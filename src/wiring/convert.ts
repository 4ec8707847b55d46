import type { App, ConvertRequest } from '../cli/app.ts';
import { Failure } from '../core/problem.ts';
import { customFormat } from '../formats/custom/custom.ts';
import type { Format } from '../formats/format.ts';
import { formatOf } from '../formats/index.ts';
import { optionFaults } from '../formats/options.ts';
import { convert } from '../ledgers/convert.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';

/** Conversions for the command line, which knows formats by their ids. */
export function converting(now: () => number): App['convert'] {
  return ({ source, target, from, to, context, journal, options }) => {
    const formats = { from: asked(from), to: asked(to) };
    const fitting = { ...chosen(formats.from, options), ...chosen(formats.to, options) };
    const unknown = Object.keys(options).find((name) => !(name in fitting));
    if (unknown !== undefined) throw new Failure('usage', { reason: 'unknown-option', written: unknown });
    const stamp = new Date(now()).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
    return convert({ source, target, ...formats, context: { ...context, options: fitting }, journal, stamp });
  };
}

function asked(one: string | FormatDefinition): Format {
  const format = typeof one === 'string' ? formatOf(one) : customFormat(one);
  if (format === null) throw new Failure('usage', { reason: 'unknown-format', written: String(one) });
  return format;
}

/** The options that the format knows and takes. */
export function chosen({ options: specs }: Format, given: ConvertRequest['options']): ConvertRequest['options'] {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, written]) => {
      const value = specs[name]?.kind === 'integer' && /^\d+$/.test(String(written)) ? Number(written) : written;
      return optionFaults(specs, { [name]: value }).length === 0 ? [[name, value]] : [];
    }),
  );
}

/**
 * The choices a format leaves to its user, declared beside its layout and set in the profile (`ledger.options`). The
 * first of the values, or `standard`, holds when nothing is said.
 */
export type OptionSpec = Choice<string> | Whole | Words;

type Choice<Value extends string> = { readonly kind: 'choice'; readonly values: readonly [Value, ...Value[]] };
type Whole = { readonly kind: 'integer'; readonly least: number; readonly most: number; readonly standard: number };
type Words = { readonly kind: 'text'; readonly longest: number; readonly standard: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends Choice<infer Value>
    ? Value
    : Specs[Name] extends Whole
      ? number
      : string;
};

export function choice<const Value extends string>(...values: readonly [Value, ...Value[]]): Choice<Value> {
  return { kind: 'choice', values };
}

export function integer(least: number, most: number, standard: number): Whole {
  return { kind: 'integer', least, most, standard };
}

export function words(longest: number, standard: string): Words {
  return { kind: 'text', longest, standard };
}

export type OptionFault = { readonly name: string; readonly value: string; readonly expected: string };

/** What is wrong with options as a profile has them: a name the format does not know, a value it does not take. */
export function optionFaults(specs: OptionSpecs, given: Readonly<Record<string, unknown>>): readonly OptionFault[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) return [{ name, value: String(value), expected: Object.keys(specs).join(', ') }];
    return takes(spec, value) ? [] : [{ name, value: String(value), expected: expectedOf(spec) }];
  });
}

/** Every option with its value; one that is not given, or not fit, has its standard. */
export function optionValues<Specs extends OptionSpecs>(
  specs: Specs,
  given: Readonly<Record<string, unknown>>,
): OptionValues<Specs> {
  const values = Object.entries(specs).map(([name, spec]) => {
    return [name, Object.hasOwn(given, name) && takes(spec, given[name]) ? given[name] : standardOf(spec)];
  });
  return Object.fromEntries(values) as OptionValues<Specs>; // each value was just held against its spec
}

export function standardOf(spec: OptionSpec): string | number {
  return spec.kind === 'choice' ? spec.values[0] : spec.standard;
}

/** The values an option takes, for people. */
export function expectedOf(spec: OptionSpec): string {
  switch (spec.kind) {
    case 'choice':
      return spec.values.map((value) => JSON.stringify(value)).join(', ');
    case 'integer':
      return `${spec.least} … ${spec.most}`;
    case 'text':
      return `≤ ${spec.longest}`;
  }
}

function takes(spec: OptionSpec, value: unknown): boolean {
  switch (spec.kind) {
    case 'choice':
      return spec.values.some((each) => each === value);
    case 'integer':
      return Number.isInteger(value) && Number(value) >= spec.least && Number(value) <= spec.most;
    case 'text':
      return typeof value === 'string' && value.length <= spec.longest && !/\p{Cc}/u.test(value);
  }
}

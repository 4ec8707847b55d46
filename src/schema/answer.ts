import { z } from 'zod';

/** What a schema of an answer describes, as whoever reads it has it: nothing of it can be changed. */
export type Answer<Schema extends z.ZodType> = Unchangeable<z.output<Schema>>;

type Unchangeable<Value> = Value extends readonly (infer Item)[]
  ? readonly Unchangeable<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Unchangeable<Value[Name]> }
    : Value;

/** Values for the holes of a sentence. */
export const texts = z.record(z.string(), z.string());

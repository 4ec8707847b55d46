/** What is wrong with one field: the sentence is `profile.<code>`, with the values and the path as holes. */
export type FieldError = {
  readonly path: string;
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
};

export function fault(path: string, code: string, values: Readonly<Record<string, string>> = {}): FieldError {
  return { path, code, values };
}

import type { ReactNode } from 'react';

/** A page: its address, and what draws it from the parts of that address. */
export type Page = {
  readonly path: string;
  readonly draw: (params: Readonly<Record<string, string | undefined>>) => ReactNode;
};

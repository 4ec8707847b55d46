import type { ReactNode } from 'react';

/** The title of a column: over words, over figures (`right`), or for those alone who do not see the table. */
export type Head = string | readonly [title: string, look: 'right' | 'unseen'];

type Props = {
  /** What the place that scrolls is called; no other one of the page has the name. */
  readonly label: string;
  readonly heads: readonly Head[];
  readonly look?: string;
  readonly foot?: ReactNode;
  /** The rows. */
  readonly children: ReactNode;
};

/** A table in a place that scrolls by itself where there is no room for all columns. */
export function Table({ label, heads, look, foot, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      <table className={look ? `table ${look}` : 'table'}>
        <thead>
          <tr>{heads.map(headCell)}</tr>
        </thead>
        <tbody>{children}</tbody>
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </section>
  );
}

function headCell(head: Head) {
  const [title, look] = typeof head === 'string' ? [head, null] : head;
  return (
    <th key={title} scope="col" className={look === 'right' ? 'right' : undefined}>
      {look === 'unseen' ? <span className="unseen">{title}</span> : title}
    </th>
  );
}

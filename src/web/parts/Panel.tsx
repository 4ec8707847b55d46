import type { ReactNode } from 'react';

/** A card with a title, and what goes with it at the right. */
export function Panel({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section className="card panel">
      <div className="card-head">
        <h2 className="section-title">{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

import { Fragment, useState } from 'react';
import { Link } from 'wouter';
import type { DocumentEntry } from '../../../api/document.ts';
import { useSpeech } from '../../language.tsx';
import { ruleName } from '../../parts/rule-name.ts';
import { Table } from '../../parts/Table.tsx';
import type { Props } from './Page.tsx';

/** Its entries, those written and those that wait in a list; each line says why. */
export function Entries({ profile, document }: Props) {
  const { say } = useSpeech();
  if (document.entries.length === 0) {
    return (
      <section className="card panel">
        <h2 className="section-title">{say('ui.document.entries')}</h2>
        <p className="muted">{say('ui.document.entries.none')}</p>
      </section>
    );
  }
  return document.entries.map((entry) => (
    <EntryCard key={`${entry.run} ${entry.number}`} profile={profile} entry={entry} />
  ));
}

function EntryCard({ profile, entry }: { profile: string; entry: DocumentEntry }) {
  const { say, day, amount, percent } = useSpeech();
  const [open, setOpen] = useState<number | null>(null);
  const title = say(`ui.kind.${entry.kind}`);
  const inner = `${title} ${entry.number}, ${say('ui.document.lines')}`;
  return (
    <section className="card table-card" aria-label={`${title} ${entry.number}`}>
      <div className="card-head">
        <div>
          <h2 className="section-title">
            {title}
            {entry.payment && entry.kind === 'payment' ? `, ${entry.payment}` : ''}
          </h2>
          <p className="muted figure entry-told">
            {[entry.journal, day(entry.date), entry.piece, entry.reference].filter(Boolean).join(' · ')}
          </p>
        </div>
        <Link
          className="link-button"
          href={entry.source === 'review' ? `/p/${profile}/review/${entry.run}` : `/p/${profile}/runs/${entry.run}`}
        >
          {entry.source === 'review'
            ? say('ui.document.entry.waiting', { number: entry.number })
            : say('ui.document.entry.written', { number: entry.number, file: entry.file ?? '' })}
        </Link>
      </div>
      <Table
        label={inner}
        heads={[
          say('ui.column.account'),
          say('ui.column.third-party'),
          say('ui.column.tax-code'),
          [say('ui.column.tax-rate'), 'right'],
          [say('ui.column.debit'), 'right'],
          [say('ui.column.credit'), 'right'],
          [say('ui.why.title'), 'unseen'],
        ]}
      >
        {entry.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an entry have no other name and never move.
          <Fragment key={index}>
            <tr>
              <td>
                <span className="figure strong">{line.account}</span> <span className="muted">{line.accountName}</span>
              </td>
              <td className="figure">{line.thirdParty}</td>
              <td className="figure">{line.taxCode}</td>
              <td className="figure right">{line.taxRate ? percent(line.taxRate) : ''}</td>
              <td className="figure right">{line.debit ? amount(line.debit) : ''}</td>
              <td className="figure right">{line.credit ? amount(line.credit) : ''}</td>
              <td className="right">
                <button
                  type="button"
                  className="link-button"
                  aria-expanded={open === index}
                  aria-label={say('ui.document.why', { account: line.account })}
                  onClick={() => setOpen(open === index ? null : index)}
                >
                  {say('ui.document.why.short')}
                </button>
              </td>
            </tr>
            {open === index ? (
              <tr>
                <td colSpan={7}>
                  <Why line={line} />
                </td>
              </tr>
            ) : null}
          </Fragment>
        ))}
      </Table>
    </section>
  );
}

/** The rule that gave the account, and the lines of the document that make the amount. */
function Why({ line }: { line: DocumentEntry['lines'][number] }) {
  const { say, amount, country, knows } = useSpeech();
  const mapping = knows(`ui.mapping.${line.mapping}`) ? say(`ui.mapping.${line.mapping}`) : line.mapping;
  const hit = line.rules.find((rule) => rule.hit);
  return (
    <div className="why-row">
      <p>
        {hit === undefined
          ? say('ui.why.no-rule', { mapping })
          : say('ui.document.why.rule', { mapping, rule: ruleName(hit, say, country) })}
      </p>
      <dl className="sums">
        {line.parts.map((part) => (
          <div key={part.line + part.label}>
            <dt>
              {part.label ||
                (knows(`ui.why.part.${part.line}`)
                  ? say(`ui.why.part.${part.line}`)
                  : say('ui.why.line', { line: part.line }))}
            </dt>
            <dd className="figure">{amount(part.amount)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

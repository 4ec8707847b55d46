import { useId } from 'react';
import {
  CSV_DATES,
  CSV_DELIMITERS,
  CSV_ENCODINGS,
  CSV_FIELDS,
  type CsvField,
  OF_RATE,
} from '../../../schema/csv-fields.ts';
import type { CsvLayout } from '../../../schema/csv-layout.ts';
import type { CsvPreview } from '../../../schema/csv-preview.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { sayReason } from '../../parts/state.ts';

type Props = {
  csv: CsvPreview;
  /** What is corrected is kept at once, and the file looked at again. */
  onLayout: (layout: CsvLayout) => void;
  onForget: () => void;
  busy: boolean;
};

/** Rates of VAT in the Union; others are given by a column, or by the command line's layout. */
const RATES = 'none 2.1 3 4 5 5.5 6 7 8 8.5 9 9.5 10 11 12 13 13.5 14 17 18 19 20 21 22 23 24 25 25.5 27'.split(' ');
const CURRENCIES = 'EUR USD GBP CHF CAD AUD JPY SEK DKK NOK PLN CZK HUF RON BGN'.split(' ');

/** How a CSV would be read: what is asked first, then its columns and its first documents, all of which can be corrected. */
export function CsvReading({ csv, onLayout, onForget, busy }: Props) {
  const { say } = useSpeech();
  const { layout, questions, headless, known, columns } = csv;
  const set = (change: Partial<CsvLayout>) => onLayout({ ...layout, ...change });
  const asked = new Set(questions.map(({ id }) => id));
  const has = (field: CsvField) => columns.some((column) => column.field === field);
  const valuesOf = (id: 'kinds' | 'statuses') => [
    ...new Set([...(questions.find((question) => question.id === id)?.values ?? []), ...Object.keys(layout[id])]),
  ];
  return (
    <section className="csv" aria-label={say('ui.csv.title')} aria-busy={busy}>
      {headless ? (
        <p className="field-error" role="alert">
          {say('word.csv-headless')}
        </p>
      ) : questions.length > 0 ? (
        <div className="notice" role="alert">
          <p className="strong">{say('ui.csv.asked')}</p>
          <ul>
            {questions.map(({ id, values }) => (
              <li key={id}>
                {say('csv.question', { question: say(`word.csv-ask-${id}`), values: values.join(', ') })}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="help">{say(known ? 'ui.csv.known' : 'ui.csv.sure')}</p>
      )}
      <div className="csv-choices">
        <Choice
          name="delimiter"
          value={layout.delimiter}
          values={CSV_DELIMITERS}
          onChoose={(delimiter) => set({ delimiter })}
        />
        <Choice
          name="encoding"
          value={layout.encoding}
          values={CSV_ENCODINGS}
          onChoose={(encoding) => set({ encoding })}
        />
        <Choice name="decimal" value={layout.decimal} values={[',', '.']} onChoose={(decimal) => set({ decimal })} />
        <Choice name="dates" value={layout.dates} values={CSV_DATES} onChoose={(dates) => set({ dates })} />
        {has('currency') ? null : (
          <Choice
            name="currency"
            value={layout.currency}
            values={CURRENCIES}
            plain
            onChoose={(currency) => set({ currency })}
          />
        )}
        {asked.has('vatRate') || layout.vatRate !== null ? (
          <Choice name="vatRate" value={layout.vatRate} values={RATES} onChoose={(vatRate) => set({ vatRate })} />
        ) : null}
        {has('kind') ? null : (
          <Choice
            name="kind"
            value={layout.kind}
            values={['bySign', 'sale', 'creditNote']}
            onChoose={(kind) => set({ kind })}
          />
        )}
        {asked.has('shipping') || layout.shipping === 'document' ? (
          <Choice
            name="shipping"
            value={layout.shipping}
            values={['row', 'document']}
            onChoose={(shipping) => set({ shipping })}
          />
        ) : null}
        {has('paymentMethod') && !has('paymentAmount') ? (
          <Choice
            name="payments"
            value={layout.payments}
            values={['whole', 'none']}
            onChoose={(payments) => set({ payments })}
          />
        ) : null}
        {valuesOf('kinds').map((value) => (
          <Choice
            key={value}
            name="kinds"
            label={say('ui.csv.value', { value })}
            value={layout.kinds[value] ?? null}
            values={['sale', 'creditNote', 'left']}
            onChoose={(meaning) => set({ kinds: { ...layout.kinds, [value]: meaning } })}
          />
        ))}
        {valuesOf('statuses').map((value) => (
          <Choice
            key={value}
            name="statuses"
            label={say('ui.csv.value', { value })}
            value={layout.statuses[value] ?? null}
            values={['read', 'left']}
            onChoose={(meaning) => set({ statuses: { ...layout.statuses, [value]: meaning } })}
          />
        ))}
      </div>
      <Columns csv={csv} onLayout={onLayout} />
      <Documents csv={csv} />
      {known ? (
        <Button look="plain" small onClick={onForget}>
          {say('ui.csv.forget')}
        </Button>
      ) : null}
    </section>
  );
}

/** Signs, as the words for them are called. */
const SIGNS: Readonly<Record<string, string>> = {
  ';': 'semicolon',
  ',': 'comma',
  '.': 'point',
  '\t': 'tab',
  '|': 'bar',
};

type ChoiceProps<Value extends string> = {
  name: string;
  label?: string;
  value: Value | null;
  values: readonly Value[];
  /** Values that are shown as they are. */
  plain?: boolean;
  onChoose: (value: Value) => void;
};

function Choice<Value extends string>({ name, label, value, values, plain = false, onChoose }: ChoiceProps<Value>) {
  const { say, knows } = useSpeech();
  const id = useId();
  const shown = (choice: string) => {
    const key = `ui.csv.${name}.${SIGNS[choice] ?? choice}`;
    return plain || !knows(key) ? (name === 'vatRate' ? `${choice} %` : choice) : say(key);
  };
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label ?? say(`ui.csv.${name}`)}
      </label>
      <select
        id={id}
        className="field"
        value={value ?? ''}
        aria-invalid={value === null}
        onChange={(event) => onChoose(event.target.value as Value)} // the options are these
      >
        {value === null ? <option value="">{say('ui.csv.choose')}</option> : null}
        {value !== null && !values.includes(value) ? <option value={value}>{value}</option> : null}
        {values.map((choice) => (
          <option key={choice} value={choice}>
            {shown(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}

function Columns({ csv, onLayout }: { csv: CsvPreview; onLayout: (layout: CsvLayout) => void }) {
  const { say } = useSpeech();
  const { layout } = csv;
  const change = (at: number, field: CsvField | null, rate?: string) =>
    onLayout({
      ...layout,
      columns: layout.columns.map((column, index) =>
        index !== at
          ? column
          : {
              header: column.header,
              field,
              ...(field !== null && OF_RATE.has(field) && { rate: rate ?? column.rate ?? '20' }),
            },
      ),
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section className="csv-scroll" tabIndex={0} aria-label={say('ui.csv.columns')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('csv.head.header')}</th>
            <th scope="col">{say('csv.head.samples')}</th>
            <th scope="col">{say('csv.head.field')}</th>
          </tr>
        </thead>
        <tbody>
          {csv.columns.map(({ header, samples, field, rate }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file.
            <tr key={at}>
              <td className="strong">{header}</td>
              <td className="muted">{samples.join(' · ')}</td>
              <td>
                <select
                  className="field"
                  aria-label={say('ui.csv.meaning', { column: header })}
                  value={field ?? ''}
                  onChange={(event) => change(at, (event.target.value || null) as CsvField | null)} // the options are these
                >
                  <option value="">{say('ui.csv.unread')}</option>
                  {CSV_FIELDS.map((one) => (
                    <option key={one} value={one}>
                      {say(`csv.field.${one}`)}
                    </option>
                  ))}
                </select>
                {rate === null ? null : (
                  <select
                    className="field"
                    aria-label={say('ui.csv.rate', { column: header })}
                    value={rate}
                    onChange={(event) => change(at, field, event.target.value)}
                  >
                    {[...new Set([rate, '0', ...RATES.slice(1)])].map((one) => (
                      <option key={one} value={one}>
                        {`${one} %`}
                      </option>
                    ))}
                  </select>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The first documents as they would be read; those that cannot be stand first. */
function Documents({ csv: { documents, held } }: { csv: CsvPreview }) {
  const speech = useSpeech();
  const { say, day, money, count } = speech;
  if (documents.length === 0) return null;
  return (
    <div>
      <p className="label">{say('ui.csv.documents', { held: count(held) })}</p>
      <ul className="csv-documents">
        {documents.map(({ kind, number, date, net, tax, gross, currency, paid, problem }) => (
          <li key={`${kind} ${number}`}>
            <span className="strong">{say(`ui.csv.document.${kind}`, { number })}</span>{' '}
            {problem !== null || gross === null ? (
              <span className="field-error">{problem === null ? '' : sayReason(problem, speech).message}</span>
            ) : (
              say('ui.csv.document', {
                date: date === null ? '' : day(date),
                net: money(net ?? '', currency ?? ''),
                tax: money(tax ?? '', currency ?? ''),
                gross: money(gross, currency ?? ''),
                paid: paid ?? '',
              })
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

import { IconBasket } from '@tabler/icons-react';
import { useSpeech } from '../../language.tsx';

type Line = { readonly account: string; readonly text: string; readonly debit?: string; readonly credit?: string };

/** Order 1 of the manual, turned into its two entries: what the product does, in figures. */
export function Example() {
  const { say, day, money } = useSpeech();
  return (
    <div className="example">
      <div className="example-order">
        <span className="tile">
          <IconBasket size={18} stroke={1.75} aria-hidden="true" />
        </span>
        <div>
          <p className="strong">{say('ui.welcome.example.order', { day: day('2018-11-26') })}</p>
          <p className="muted">{say('ui.welcome.example.paid', { amount: money('483.60', 'EUR') })}</p>
        </div>
      </div>
      <Entry
        title={say('ui.welcome.example.sale')}
        heads
        total="483.60"
        lines={[
          { account: '4110000', text: 'WEBFRANCE', debit: '483.60' },
          { account: '707100', text: say('ui.welcome.example.sales-code'), credit: '403.00' },
          { account: '4457120', text: say('ui.welcome.example.vat'), credit: '80.60' },
        ]}
      />
      <Entry
        title={say('ui.welcome.example.payment')}
        total="483.60"
        lines={[
          { account: '4110000', text: 'WEBFRANCE', credit: '483.60' },
          { account: '5125', text: say('ui.welcome.example.bank'), debit: '483.60' },
        ]}
      />
    </div>
  );
}

function Entry({
  title,
  heads = false,
  lines,
  total,
}: {
  title: string;
  heads?: boolean;
  lines: readonly Line[];
  total: string;
}) {
  const { say, amount } = useSpeech();
  return (
    <table className="example-entry">
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {title}
          </th>
          <th scope="col" className="right">
            {heads ? say('ui.column.debit') : <span className="unseen">{say('ui.column.debit')}</span>}
          </th>
          <th scope="col" className="right">
            {heads ? say('ui.column.credit') : <span className="unseen">{say('ui.column.credit')}</span>}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.account}>
            <td className="figure strong">{line.account}</td>
            <td className="muted">{line.text}</td>
            <td className="figure right">{line.debit ? amount(line.debit) : ''}</td>
            <td className="figure right">{line.credit ? amount(line.credit) : ''}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>
            <span className="unseen">{say('ui.total')}</span>
          </td>
          <td className="figure right">{amount(total)}</td>
          <td className="figure right">{amount(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

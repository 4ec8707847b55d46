import type { ShopLists } from '../../../api/shop.ts';
import { useSpeech } from '../../language.tsx';
import { Tick } from '../../parts/Controls.tsx';
import type { Json } from './tabs.ts';

type Props = {
  path: string;
  label: string;
  value: Json | undefined;
  lists: ShopLists | undefined;
  /** The shop is being asked: what is ticked at first is not known yet. */
  asking: boolean;
  onChange: (value: Json) => void;
};

/** Statuses or sub-shops, ticked among those the shop has; all of them unless one says which. */
export function ShopValues({ path, label, value, lists, asking, onChange }: Props) {
  const { say } = useSpeech();
  const chosen = Array.isArray(value) ? value.map(String) : null;
  const listed = path === 'import.statuses' ? lists?.statuses : lists?.subShops;
  const read = new Set(
    path === 'import.statuses' ? lists?.statuses.filter((each) => each.readByDefault).map(({ id }) => id) : [],
  );
  const values = [
    ...(listed ?? []).map(({ id, name }) => ({ id, name })),
    ...(chosen ?? []).filter((id) => !listed?.some((each) => each.id === id)).map((id) => ({ id, name: id })), // no longer in the shop, or the shop is silent
  ];
  const standard = say(path === 'import.statuses' ? 'ui.form.statuses.standard' : 'ui.form.sub-shops.standard');
  return (
    <fieldset className="form-wide shop-values">
      <legend className="label">{label}</legend>
      <label className="form-switch" htmlFor={`${path}-standard`}>
        <Tick
          id={`${path}-standard`}
          label={standard}
          checked={chosen === null}
          disabled={asking}
          onChange={(on) =>
            onChange(
              on ? null : listed === undefined ? [] : values.filter(({ id }) => read.has(id)).map(({ id }) => id),
            )
          }
        />
        {standard}
      </label>
      {chosen === null ? null : (
        <div className="shop-ticks">
          {values.map(({ id, name }) => (
            <label key={id} className="form-switch" htmlFor={`${path}-${id}`}>
              <Tick
                id={`${path}-${id}`}
                label={name}
                checked={chosen.includes(id)}
                onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
              />
              {name} {name === id ? null : <span className="faint">{id}</span>}
            </label>
          ))}
          {values.length === 0 ? <p className="muted">{say('ui.form.shop-silent')}</p> : null}
        </div>
      )}
    </fieldset>
  );
}

import type { AppInfo } from '../../../api/api.ts';
import { useSpeech } from '../../language.tsx';

type Props = { shops: AppInfo['shops']; chosen: string; onChoose: (shop: string) => void };

/** The kinds of shop, a card each. */
export function ShopCards({ shops, chosen, onChoose }: Props) {
  const { say } = useSpeech();
  return (
    <fieldset className="choice">
      <legend className="label">{say('ui.create.shop')}</legend>
      <div className="choice-cards">
        {shops.map(({ id, name }) => (
          <label key={id} className={id === chosen ? 'choice-card chosen' : 'choice-card'}>
            <input type="radio" name="shop" checked={id === chosen} onChange={() => onChoose(id)} /> {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

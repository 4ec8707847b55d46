import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ShopLists } from '../../../api/shop.ts';
import type { RuleKey } from '../../../core/entry.ts';
import { resolve } from '../../../core/mapping.ts';
import type { Mapping } from '../../../core/settings.ts';
import { namesOfPlace, placeOf } from '../../../core/territories.ts';
import { useSpeech } from '../../language.tsx';
import { type Draft, mappingOf, textOf } from './draft.ts';
import type { MappingKind } from './kinds.ts';
import { fieldTitle, keyTitle } from './titles.ts';

type Props = { kind: MappingKind; draft: Draft; lists: ShopLists | undefined };

/** A country and an item, and what the mapping as edited would answer, with the rule that does: the engine's own resolution. */
export function TryIt({ kind, draft, lists }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const [place, setPlace] = useState('');
  const [item, setItem] = useState('');
  const items = kind.items === null ? [] : (lists?.[kind.items] ?? []);
  const rate = items.find(({ id }) => id === item)?.rate;
  const question = {
    countries: /^[A-Za-z]{2}$/.test(place)
      ? namesOfPlace(placeOf(place.toUpperCase(), null))
      : place === ''
        ? []
        : [place],
    items: [...(item === '' ? [] : [item]), ...(rate === undefined ? [] : [`${rate}%`])],
  };
  const mapping = mappingOf(draft) as unknown as Mapping<Record<string, string | boolean | null>>; // fields are asked by name
  const answers = kind.fields.map((name) => ({ name, ...resolve(mapping, name, question) }));
  const given = answers.filter(({ value }) => value !== null);
  return (
    <section className="card panel try-it" aria-label={say('ui.mapping.try')}>
      <h2 className="section-title">{say('ui.mapping.try')}</h2>
      <input
        className="field small"
        aria-label={keyTitle(say, kind.id, 'country')}
        placeholder={keyTitle(say, kind.id, 'country')}
        list="try-countries"
        value={place}
        onChange={(event) => setPlace(event.target.value.trim())}
      />
      <datalist id="try-countries">
        {(lists?.countries ?? []).map(({ id, name }) => (
          <option key={id} value={id} label={name} />
        ))}
      </datalist>
      {kind.hasItems ? (
        <>
          <input
            className="field small"
            aria-label={keyTitle(say, kind.id, 'item')}
            placeholder={keyTitle(say, kind.id, 'item')}
            list="try-items"
            value={item}
            onChange={(event) => setItem(event.target.value)}
          />
          <datalist id="try-items">
            {items.map(({ id, name }) => (
              <option key={`${id}/${name}`} value={id} label={name} />
            ))}
          </datalist>
        </>
      ) : null}
      <IconArrowRight size={16} stroke={1.75} aria-hidden="true" />
      <div role="status" className="try-answers">
        {given.length === 0 ? (
          <strong className="mapping-lacks">{say('ui.mapping.try.none')}</strong>
        ) : (
          given.map(({ name, value, rule }) => (
            <p key={name}>
              {fieldTitle(say, kind.id, name)} <strong className="figure">{textOf(value)}</strong>{' '}
              <span className="muted">{ruleText(rule)}</span>
            </p>
          ))
        )}
      </div>
    </section>
  );

  function ruleText(rule: RuleKey | null): string {
    if (rule === null) return say('ui.mapping.try.default');
    const words = [
      rule.country === null ? say('ui.mapping.all.country') : rule.country,
      ...(kind.hasItems ? [rule.item === null ? say('ui.mapping.all.item') : rule.item] : []),
    ];
    return say('ui.mapping.try.rule', { rule: words.join(', ') });
  }
}

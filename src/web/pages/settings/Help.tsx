// biome-ignore-all lint/a11y/useSemanticElements: a region that scrolls is named, and is no section of the text.
import { useEffect, useMemo } from 'react';
import { useGaps } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { fieldsOf } from './schema-help.ts';

/** What the shop shows and the mappings lack, before an import stumbles on it. */
export function Gaps({ profile }: { profile: string }) {
  const { say } = useSpeech();
  const gaps = useGaps(profile, true);
  if (gaps.length === 0) return null;
  return (
    <section className="card" style={{ overflow: 'hidden' }}>
      <h2 className="section-title gaps-title">{say('ui.gaps', { n: gaps.length })}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard. */}
      <ul className="help-fields gaps-list" tabIndex={0} aria-label={say('ui.gaps', { n: gaps.length })}>
        {gaps.map(({ kind, item, name, country, rate, path }) => (
          <li key={kind + item} className="help-field">
            <p>{say(`profile.gap.${kind}`, { item, name, country: country ?? '', rate: rate ?? '' })}</p>
            <p className="values">
              <code>{path}</code>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The meaning of each field of the tab, with the values it takes, from the published schema. */
export function FieldList({
  schema,
  sections,
  at,
}: {
  schema: unknown;
  sections: readonly string[];
  at: string | null;
}) {
  const { say, knows } = useSpeech();
  const fields = useMemo(() => fieldsOf(schema, sections), [schema, sections]);
  useEffect(() => {
    if (at)
      window.document.querySelector(`[data-field^="mappings.${CSS.escape(at)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (fields.length === 0) return null;
  return (
    <section className="card" style={{ overflow: 'hidden' }}>
      <h2 className="section-title" style={{ padding: '12px 16px' }}>
        {say('ui.settings.fields')}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <div className="help-fields" tabIndex={0} role="region" aria-label={say('ui.settings.fields')}>
        {fields.map((field) => {
          const key = `ui.field.${field.path.replaceAll('[]', '')}`;
          const short = `ui.field.${field.path.replaceAll('[]', '').replace(/^mappings\.\w+\.(default|exceptions)\./, 'mapping.')}`;
          const meaning = knows(key) ? say(key) : knows(short) ? say(short) : null;
          return (
            <div key={field.path} className="help-field" data-field={field.path}>
              <code>{field.path}</code>
              {meaning ? <p>{meaning}</p> : null}
              <p className="values">
                {[
                  field.values.length > 0
                    ? field.values.join(' · ')
                    : `${typeWords(field.type, say)} ${field.limits}`.trim(),
                  field.standard === null ? '' : say('ui.settings.default', { value: field.standard }),
                ]
                  .filter(Boolean)
                  .join('. ')}
              </p>
            </div>
          );
        })}
      </div>
    </section>
  );
}

function typeWords(type: string, say: (key: string) => string): string {
  return type
    .split(' | ')
    .map((word) => {
      const base = word.replace('[]', '');
      return word.endsWith('[]')
        ? `${say('ui.type.list')} (${say(`ui.type.${base || 'string'}`)})`
        : word === ''
          ? ''
          : say(`ui.type.${word}`);
    })
    .join(', ');
}

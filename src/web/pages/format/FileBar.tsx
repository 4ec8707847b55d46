import type { FieldError } from '../../../api/api.ts';
import type { FormatDefinition } from '../../../schema/format-definition.ts';
import { CHARSETS, KINDS, QUOTES, SEPARATORS } from '../../../schema/format-words.ts';
import { useSpeech } from '../../language.tsx';
import { Field, Segments } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { reshaped } from './edit.ts';
import { Flag, Pick, useTitles, Words } from './Fields.tsx';

type Props = {
  readonly definition: FormatDefinition;
  readonly errors: readonly FieldError[];
  readonly onChange: (definition: FormatDefinition) => void;
};

/** What the file is as a whole: its shape, its bytes, the lines around its entries, and what stays out of it. */
export function FileBar({ definition, errors, onChange }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const titles = useTitles();
  const { shape, head, foot, takes } = definition;
  const set = (changes: Partial<FormatDefinition>) => onChange({ ...definition, ...changes });
  const kinds = takes.kinds ?? KINDS;
  const errorOf = (name: string) => {
    const error = errors.find(({ path }) => path === name || path.startsWith(`${name}[`));
    return error === undefined ? null : fieldMessage(error, speech);
  };
  return (
    <div className="format-file">
      <div className="format-bar">
        <Segments
          label={say('ui.format.shape')}
          value={shape.is}
          choices={[
            { id: 'separated', label: say('ui.format.separated') },
            { id: 'fixed', label: say('ui.format.fixed') },
          ]}
          onChoose={(id) => onChange(reshaped(definition, id === 'fixed' ? 'fixed' : 'separated'))}
        />
        <Pick
          id="format-charset"
          label={say('ui.format.charset')}
          value={definition.charset}
          values={CHARSETS}
          title={(one) => titles.word('charset', one)}
          onChange={(one) => set({ charset: one as FormatDefinition['charset'] })}
        />
        <Pick
          id="format-newline"
          label={say('ui.format.newline')}
          value={definition.newline}
          values={['crlf', 'lf']}
          title={(one) => one.toUpperCase()}
          onChange={(one) => set({ newline: one as FormatDefinition['newline'] })}
        />
        {shape.is === 'separated' ? (
          <>
            <Pick
              id="format-separator"
              label={say('ui.format.separator')}
              value={shape.separator}
              values={SEPARATORS}
              title={(one) => titles.word('separator', one === '\t' ? 'tab' : one)}
              onChange={(one) => set({ shape: { ...shape, separator: one as typeof shape.separator } })}
            />
            <Pick
              id="format-header"
              label={say('ui.format.header')}
              value={shape.header}
              values={['none', 'names', 'bareNames']}
              title={(one) => titles.word('header', one)}
              onChange={(one) => set({ shape: { ...shape, header: one as typeof shape.header } })}
            />
          </>
        ) : null}
      </div>
      <details className="format-more">
        <summary>{say('ui.format.more')}</summary>
        <div className="format-more-body">
          <Words
            id="format-name"
            label={say('ui.format.title')}
            value={definition.name}
            error={errorOf('name')}
            onChange={(name) => set({ name })}
          />
          <Words
            id="format-extension"
            label={say('ui.format.extension')}
            mono
            value={definition.extension}
            error={errorOf('extension')}
            onChange={(extension) => set({ extension })}
          />
          <Pick
            id="format-order"
            label={say('ui.format.order')}
            value={definition.order}
            values={['journal', 'number']}
            title={(one) => titles.word('order', one)}
            onChange={(one) => set({ order: one as FormatDefinition['order'] })}
          />
          {shape.is === 'separated' ? (
            <Pick
              id="format-quotes"
              label={say('ui.format.quotes')}
              value={shape.quotes}
              values={QUOTES}
              title={(one) => titles.word('quotes', one)}
              onChange={(one) => set({ shape: { ...shape, quotes: one as typeof shape.quotes } })}
            />
          ) : null}
          {(['head', 'foot'] as const).map((name) => (
            <Field
              key={name}
              id={`format-${name}`}
              label={say(`ui.format.${name}`)}
              error={errorOf(name)}
              help={say('ui.format.head.help', { holes: HOLES })}
            >
              <textarea
                id={`format-${name}`}
                className="field mono"
                rows={2}
                value={(name === 'head' ? head : foot).join('\n')}
                onChange={(event) => set({ [name]: event.target.value === '' ? [] : event.target.value.split('\n') })}
              />
            </Field>
          ))}
          <fieldset className="format-takes">
            <legend className="label">{say('ui.format.takes')}</legend>
            {KINDS.map((kind) => (
              <Flag
                key={kind}
                id={`format-takes-${kind}`}
                label={titles.word('kinds', kind)}
                checked={kinds.includes(kind)}
                onChange={(on) => {
                  const next = KINDS.filter((one) => (one === kind ? on : kinds.includes(one)));
                  const { kinds: _, ...rest } = takes;
                  if (next.length > 0) set({ takes: next.length === KINDS.length ? rest : { ...rest, kinds: next } });
                }}
              />
            ))}
            <p className="help">{say('ui.format.takes.help')}</p>
          </fieldset>
        </div>
      </details>
    </div>
  );
}

/** What a line of the head or the foot may say of the file. */
const HOLES =
  '{company} {company:30} {currency} {from:JJMMAAAA} {to:JJMMAAAA} {today:JJMMAAAA} {lines:06} {debit:,} {credit:.15} {debit:cents012}';

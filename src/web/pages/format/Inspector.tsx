import { IconTrash } from '@tabler/icons-react';
import type { FieldError } from '../../../api/api.ts';
import type { FormatColumn, FormatDefinition } from '../../../schema/format-definition.ts';
import { CODE_VALUES, KINDS, TEXT_VALUES } from '../../../schema/format-words.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { withField } from './edit.ts';
import { Flag, Pick, useTitles, Whole, Words } from './Fields.tsx';
import { CHOICES, choiceOf, GROUPS, type Saying, withValue } from './values.ts';

type Props = {
  readonly column: FormatColumn;
  readonly shape: FormatDefinition['shape'];
  /** Of this column, their paths below it. */
  readonly errors: readonly FieldError[];
  readonly onChange: (column: FormatColumn) => void;
  readonly onRemove: () => void;
};

/** Everything the chosen column says. */
export function Inspector({ column, shape, errors, onChange, onRemove }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const titles = useTitles();
  const set = (name: string, value: unknown) => onChange(withField(column, name, value));
  const errorOf = (name: string) => {
    const error = errors.find(({ path }) => path === name);
    return error === undefined ? null : fieldMessage(error, speech);
  };
  const known = ['name', 'width', 'from', 'tooLong', ...choiceOf(column.is).says.map(({ name }) => name)];
  const others = errors.filter(({ path }) => !known.includes(path));
  const isText = TEXT_VALUES.some((is) => is === column.is);
  const isCode = CODE_VALUES.some((is) => is === column.is);
  return (
    <section className="format-inspector" aria-label={say('ui.format.column', { name: column.name })}>
      <div className="format-inspector-head">
        <h2>{column.name}</h2>
        <Button look="plain" small aria-label={say('ui.format.remove', { name: column.name })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} aria-hidden="true" />
        </Button>
      </div>
      {others.length > 0 ? (
        <ul className="errors" role="alert">
          {others.map((error) => (
            <li key={error.path + error.code}>{fieldMessage(error, speech)}</li>
          ))}
        </ul>
      ) : null}
      <Words
        id="column-name"
        label={say('ui.format.name')}
        value={column.name}
        error={errorOf('name')}
        onChange={(value) => set('name', value)}
      />
      <div>
        <label className="label" htmlFor="column-is">
          {say('ui.format.content')}
        </label>
        <select
          id="column-is"
          className="field"
          value={column.is}
          onChange={(event) => onChange(withValue(column, event.target.value as FormatColumn['is']))} // the options are these
        >
          {GROUPS.map((group) => (
            <optgroup key={group} label={say(`ui.format.group.${group}`)}>
              {CHOICES.filter((choice) => choice.group === group).map(({ is }) => (
                <option key={is} value={is}>
                  {titles.value(is)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      {choiceOf(column.is).says.map((saying) => (
        <Said key={saying.name} saying={saying} column={column} error={errorOf(saying.name)} onSet={set} />
      ))}
      {'decimals' in column || ['amount', 'signed', 'debit', 'credit'].includes(column.is) ? (
        <Pick
          id="column-decimals"
          label={say('ui.format.saying.decimals')}
          value={String('decimals' in column ? (column.decimals ?? '') : '')}
          values={['', '2', '3', '4', '5', '6']}
          title={(value) => titles.word('decimals', value)}
          onChange={(value) => set('decimals', value === '' ? undefined : Number(value))}
        />
      ) : null}
      <div className="format-pair">
        <Whole
          id="column-width"
          label={say('ui.format.width')}
          value={column.width}
          error={errorOf('width')}
          onChange={(value) => set('width', value)}
        />
        {shape.is === 'fixed' ? (
          <Pick
            id="column-padding"
            label={say('ui.format.saying.fill')}
            value={`${column.justify ?? 'left'}-${column.padding === '0' ? 'zero' : 'space'}`}
            values={['left-space', 'right-space', 'right-zero', 'left-zero']}
            title={(value) => titles.word('fill', value)}
            error={errorOf('padding')}
            onChange={(value) => {
              const [justify, padding] = value.split('-');
              onChange(
                withField(
                  withField(column, 'justify', justify === 'right' ? justify : undefined),
                  'padding',
                  padding === 'zero' ? '0' : undefined,
                ),
              );
            }}
          />
        ) : (
          <Flag
            id="column-quoted"
            label={say('ui.format.saying.quoted')}
            checked={column.quoted === true}
            onChange={(on) => set('quoted', on || undefined)}
          />
        )}
      </div>
      {shape.is === 'fixed' ? (
        <Whole
          id="column-from"
          label={say('ui.format.from')}
          value={column.from}
          error={errorOf('from')}
          onChange={(value) => set('from', value)}
        />
      ) : null}
      {isText ? (
        <>
          <Pick
            id="column-letters"
            label={say('ui.format.saying.letters')}
            value={column.letters ?? ''}
            values={['', 'upper', 'lower']}
            title={(value) => titles.word('letters', value)}
            onChange={(value) => set('letters', value || undefined)}
          />
          <Flag
            id="column-accents"
            label={say('ui.format.saying.accents')}
            checked={column.accents === 'none'}
            onChange={(on) => set('accents', on ? 'none' : undefined)}
          />
        </>
      ) : null}
      {isText || isCode ? (
        <Pick
          id="column-too-long"
          label={say('ui.format.saying.tooLong')}
          value={column.tooLong ?? ''}
          values={['', 'hold', 'keepStart', 'keepEnd']}
          title={(value) =>
            value === ''
              ? titles.word('tooLong', isCode ? 'code' : column.is === 'piece' ? 'piece' : 'text')
              : titles.word('tooLong', value)
          }
          error={errorOf('tooLong')}
          onChange={(value) => set('tooLong', value || undefined)}
        />
      ) : null}
      <When column={column} onChange={onChange} />
    </section>
  );
}

function Said(props: {
  readonly saying: Saying;
  readonly column: FormatColumn;
  readonly error: string | null;
  readonly onSet: (name: string, value: unknown) => void;
}) {
  const { saying, column, error, onSet } = props;
  const titles = useTitles();
  const { name } = saying;
  const id = `column-${name}`;
  const value = (column as Readonly<Record<string, unknown>>)[name]; // the table of values says which it has
  const label = titles.saying(name);
  if (saying.kind === 'flag')
    return (
      <Flag
        id={id}
        label={label}
        checked={value === saying.value}
        onChange={(on) => onSet(name, on ? saying.value : undefined)}
      />
    );
  if (saying.kind === 'choice')
    return (
      <Pick
        id={id}
        label={label}
        value={String(value ?? '')}
        values={saying.values}
        title={(one) => titles.word(name, one)}
        error={error}
        onChange={(one) => onSet(name, one)}
      />
    );
  const written = (text: string) => onSet(name, text === '' && saying.start === null ? undefined : text);
  return <Words id={id} label={label} mono value={String(value ?? '')} error={error} onChange={written} />;
}

/** On which lines and entries the column says its value. */
function When({
  column,
  onChange,
}: {
  readonly column: FormatColumn;
  readonly onChange: (column: FormatColumn) => void;
}) {
  const { say } = useSpeech();
  const titles = useTitles();
  const when = column.when ?? {};
  const set = (changes: NonNullable<FormatColumn['when']>) => {
    const next = Object.fromEntries(Object.entries({ ...when, ...changes }).filter(([, value]) => value !== undefined));
    onChange(withField(column, 'when', Object.keys(next).length === 0 ? undefined : next));
  };
  const kinds = when.kinds ?? KINDS;
  return (
    <details className="format-when" open={column.when !== undefined}>
      <summary>{say('ui.format.when')}</summary>
      <Pick
        id="column-lines"
        label={say('ui.format.saying.lines')}
        value={when.lines ?? ''}
        values={['', 'thirdParty', 'general', 'vat', 'first']}
        title={(value) => titles.word('lines', value)}
        onChange={(value) => set({ lines: (value || undefined) as NonNullable<FormatColumn['when']>['lines'] })} // one of these
      />
      <Pick
        id="column-side"
        label={say('ui.format.saying.side')}
        value={when.side ?? ''}
        values={['', 'debit', 'credit']}
        title={(value) => titles.word('side', value)}
        onChange={(value) => set({ side: (value || undefined) as NonNullable<FormatColumn['when']>['side'] })} // one of these
      />
      {KINDS.map((kind) => (
        <Flag
          key={kind}
          id={`column-when-${kind}`}
          label={titles.word('kinds', kind)}
          checked={kinds.includes(kind)}
          onChange={(on) => {
            const next = KINDS.filter((one) => (one === kind ? on : kinds.includes(one)));
            set({ kinds: next.length === 0 || next.length === KINDS.length ? undefined : next });
          }}
        />
      ))}
    </details>
  );
}

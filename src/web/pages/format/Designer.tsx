import type { FieldError } from '../../../api/api.ts';
import type { FormatDefinition } from '../../../schema/format-definition.ts';
import { RECORDS } from '../../../schema/format-words.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import { Columns } from './Columns.tsx';
import { added, moved, type RecordName, recordOf, withColumns, withRecord } from './edit.ts';
import { Pick, useTitles } from './Fields.tsx';
import { FileBar } from './FileBar.tsx';
import { Inspector } from './Inspector.tsx';

type Chosen = { readonly record: RecordName; readonly index: number };
type Props = {
  readonly definition: FormatDefinition;
  readonly chosen: Chosen;
  readonly errors: readonly FieldError[];
  readonly onChange: (definition: FormatDefinition) => void;
  readonly onChoose: (chosen: Chosen) => void;
};

/** The file on top, the columns of a kind of lines, and what the chosen one says at their right. */
export function Designer({ definition, chosen, errors, onChange, onChoose }: Props) {
  const speech = useSpeech();
  const { say } = speech;
  const titles = useTitles();
  const { record } = chosen;
  const { columns } = recordOf(definition, record);
  const index = Math.min(chosen.index, columns.length - 1);
  const column = columns[index];
  const below = `records.${record}.`;
  const mine = errors
    .filter(({ path }) => path.startsWith(below))
    .map((error) => ({ ...error, path: error.path.slice(below.length) }));
  const ofRecord = errors.filter(({ path }) => path === `records.${record}` || path === 'records');
  const elsewhere = errors.filter(
    ({ path }) => path.startsWith('records.') && !path.startsWith(below) && path !== `records.${record}`,
  );
  const there = definition.records[record] !== undefined;
  return (
    <div className="format-designer">
      <div className="format-left">
        <FileBar definition={definition} errors={errors} onChange={onChange} />
        <div className="format-bar">
          <Pick
            id="format-record"
            label={say('ui.format.record')}
            value={record}
            values={RECORDS}
            title={(name) =>
              definition.records[name as RecordName] === undefined
                ? say('ui.format.absent', { name: titles.word('record', name) })
                : titles.word('record', name)
            }
            onChange={(name) => onChoose({ record: name as RecordName, index: 0 })}
          />
          {record === 'line' ? null : (
            <Button onClick={() => onChange(withRecord(definition, record, !there))}>
              {say(there ? 'ui.format.record.remove' : 'ui.format.record.add')}
            </Button>
          )}
          <span className="muted format-length">
            {definition.shape.is === 'fixed'
              ? say('ui.format.length', { n: lengthOf() })
              : say('ui.format.cells', { n: columns.length })}
          </span>
        </div>
        {[...ofRecord, ...elsewhere].length > 0 ? (
          <ul className="errors" role="alert">
            {[...ofRecord, ...elsewhere].map((error) => (
              <li key={error.path + error.code}>
                <code>{error.path}</code> {fieldMessage(error, speech)}
              </li>
            ))}
          </ul>
        ) : null}
        {there ? (
          <Columns
            columns={columns}
            fixed={definition.shape.is === 'fixed'}
            chosen={index}
            errors={mine}
            onChoose={(next) => onChoose({ record, index: next })}
            onMove={(from, to) => {
              onChange(moved(definition, record, { from, to }));
              onChoose({ record, index: to });
            }}
            onAdd={(is) => {
              onChange(added(definition, { record, index: index + 1 }, { is, title: titles.value(is) }));
              onChoose({ record, index: index + 1 });
            }}
          />
        ) : null}
      </div>
      {column === undefined ? null : (
        <Inspector
          key={`${record} ${index}`}
          column={column}
          shape={definition.shape}
          errors={mine.flatMap((error) => {
            const own = `columns[${index}]`;
            return error.path === own || error.path.startsWith(`${own}.`)
              ? [{ ...error, path: error.path.slice(own.length + 1) }]
              : [];
          })}
          onChange={(next) => onChange(withColumns(definition, record, columns.with(index, next)))}
          onRemove={() => {
            onChange(withColumns(definition, record, columns.toSpliced(index, 1)));
            onChoose({ record, index: Math.max(0, index - 1) });
          }}
        />
      )}
    </div>
  );

  function lengthOf(): number {
    let end = 0;
    for (const { from = end + 1, width = 1 } of columns) end = from + width - 1;
    return end;
  }
}

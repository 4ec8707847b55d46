import { Menu } from '@mantine/core';
import { IconChevronDown, IconGripVertical, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { FieldError } from '../../../api/api.ts';
import type { FormatColumn } from '../../../schema/format-definition.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { positionsOf } from './edit.ts';
import { useTitles } from './Fields.tsx';
import { CHOICES, GROUPS } from './values.ts';

type Props = {
  readonly columns: readonly FormatColumn[];
  readonly fixed: boolean;
  readonly chosen: number;
  /** Of the record, their paths below it. */
  readonly errors: readonly FieldError[];
  readonly onChoose: (index: number) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onAdd: (is: FormatColumn['is']) => void;
};

/** The columns in their order: chosen by click or arrows, moved by dragging or with Alt and the arrows. */
export function Columns({ columns, fixed, chosen, errors, onChoose, onMove, onAdd }: Props) {
  const { say } = useSpeech();
  const titles = useTitles();
  const [dragged, setDragged] = useState<number | null>(null);
  const positions = positionsOf(columns);
  const keys = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const to = index + step;
    if (step === 0 || to < 0 || to >= columns.length) return;
    event.preventDefault();
    if (event.altKey) onMove(index, to);
    else onChoose(to);
    const rows = event.currentTarget.closest('tbody')?.querySelectorAll<HTMLButtonElement>('button.format-name');
    rows?.[to]?.focus();
  };
  return (
    <>
      <div className="format-columns">
        <table>
          <caption className="unseen">{say('ui.format.columns')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{say('ui.format.drag')}</span>
              </th>
              <th scope="col">{say('ui.format.name')}</th>
              <th scope="col">{say('ui.format.content')}</th>
              {fixed ? (
                <>
                  <th scope="col" className="figure">
                    {say('ui.format.from')}
                  </th>
                  <th scope="col" className="figure">
                    {say('ui.format.to')}
                  </th>
                </>
              ) : null}
              <th scope="col" className="figure">
                {say('ui.format.width')}
              </th>
              <th scope="col">{say('ui.format.look')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, index) => (
              <tr
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; its name is typed over.
                key={index}
                aria-selected={index === chosen}
                className={errors.some(({ path }) => path.startsWith(`columns[${index}]`)) ? 'wrong' : undefined}
                draggable
                onDragStart={() => setDragged(index)}
                onDragOver={(event) => event.preventDefault()}
                onDrop={() => {
                  if (dragged !== null) onMove(dragged, index);
                  setDragged(null);
                }}
              >
                <td className="format-grip" aria-hidden="true">
                  <IconGripVertical size={16} stroke={1.75} />
                </td>
                <th scope="row">
                  <button
                    type="button"
                    className="format-name"
                    aria-pressed={index === chosen}
                    onClick={() => onChoose(index)}
                    onKeyDown={(event) => keys(event, index)}
                  >
                    {column.name}
                  </button>
                </th>
                <td>
                  <span className={column.is === 'constant' ? 'format-value plain' : 'format-value'}>
                    {titles.value(column.is)}
                  </span>
                </td>
                {fixed ? (
                  <>
                    <td className="figure">{positions[index]?.from}</td>
                    <td className="figure">{positions[index]?.to}</td>
                  </>
                ) : null}
                <td className="figure">{column.width ?? ''}</td>
                <td className="muted">{lookOf(column)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="format-add">
        <Menu position="bottom-start" offset={4}>
          <Menu.Target>
            <Button>
              <IconPlus size={16} stroke={1.75} aria-hidden="true" /> {say('ui.format.add')}{' '}
              <IconChevronDown size={14} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown className="format-menu">
            {GROUPS.map((group) => (
              <div key={group}>
                <Menu.Label>{say(`ui.format.group.${group}`)}</Menu.Label>
                {CHOICES.filter((choice) => choice.group === group).map(({ is }) => (
                  <Menu.Item key={is} onClick={() => onAdd(is)}>
                    {titles.value(is)}
                  </Menu.Item>
                ))}
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
        <span className="muted">{say('ui.format.move')}</span>
      </div>
    </>
  );

  /** `JJMMAA`, `D, C`, `01`, without accents ... */
  function lookOf(column: FormatColumn): string {
    const parts: string[] = [];
    if ('pattern' in column) parts.push(column.pattern);
    if (column.is === 'constant' || column.is === 'pattern') parts.push(column.text);
    if (column.is === 'side') parts.push(`${column.debit}, ${column.credit}`);
    if ('point' in column && column.point === '') parts.push(titles.word('point', ''));
    if (column.padding === '0') parts.push(titles.word('fill', `${column.justify ?? 'left'}-zero`));
    else if (column.justify === 'right') parts.push(titles.word('fill', 'right-space'));
    if (column.letters !== undefined) parts.push(titles.word('letters', column.letters));
    if (column.accents === 'none') parts.push(titles.saying('accents'));
    if (column.tooLong !== undefined) parts.push(titles.word('tooLong', column.tooLong));
    if (column.when?.lines !== undefined) parts.push(titles.word('lines', column.when.lines));
    return parts.join(', ');
  }
}

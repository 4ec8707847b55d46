import { Menu } from '@mantine/core';
import { IconChevronDown, IconColumns3, IconDownload, IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, useRef, useState } from 'react';
import type { FieldError } from '../../../api/api.ts';
import type { ShopLists } from '../../../api/shop.ts';
import { REFINED_KEYS, type RefinedKey } from '../../../core/mapping.ts';
import { useSpeech } from '../../language.tsx';
import { Button, Tick } from '../../parts/Controls.tsx';
import { fieldMessage } from '../../parts/field-message.ts';
import type { Json } from '../settings/tabs.ts';
import { Cell } from './Cell.tsx';
import {
  addEach,
  addRow,
  type Draft,
  doubles,
  fits,
  grouped,
  paste,
  type Row,
  refinedOf,
  removeRows,
  setCell,
  textOf,
} from './draft.ts';
import { type Column, columnsOf, type MappingKind, namesOf } from './kinds.ts';
import { fieldTitle, keyTitle } from './titles.ts';

type Props = {
  kind: MappingKind;
  draft: Draft;
  lists: ShopLists | undefined;
  errors: readonly FieldError[];
  /** Of what is saved, as a workbook. */
  exportHref: string;
  onChange: (next: Draft) => void;
};

/** Rows drawn at first, and again each time more are asked for. */
const SHOWN = 200;

/** The exceptions, edited in place: add, paste, filter, delete (S-116 to S-119). */
export function Exceptions({ kind, draft, lists, errors, exportHref, onChange }: Props) {
  const speech = useSpeech();
  const { say, count, country } = speech;
  const [filters, setFilters] = useState<Readonly<Record<string, string>>>({});
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [extra, setExtra] = useState<readonly RefinedKey[]>([]);
  const [limit, setLimit] = useState(SHOWN);
  const [groupBy, setGroupBy] = useState<string | null>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const table = useRef<HTMLTableElement>(null);
  const used = refinedOf(draft);
  const columns = columnsOf(kind, [...used, ...extra]);
  const names = new Map(columns.map((column) => [column.name, namesOf(column, lists, country)]));
  const twice = doubles(draft);
  const title = (column: Column) => (column.key ? keyTitle : fieldTitle)(say, kind.id, column.name);
  const shownText = (name: string, value: Json | undefined) => {
    const text = textOf(value);
    return `${names.get(name)?.get(text) ?? (name === 'country' && text.length === 2 ? country(text) : '')} ${text}`.trim();
  };
  const matching = draft.rows.filter((row) => fits(row, filters, shownText));
  const groups =
    groupBy === null ? [{ name: '', rows: matching }] : grouped(matching, groupBy, shownText).toSorted(byName);
  const ordered = groups.flatMap((group) => (folded.has(group.name) ? [] : group.rows));
  const rows = ordered.slice(0, limit);
  const picked = matching.filter(({ id }) => chosen.has(id));
  const focus = (row: number, column: string) => {
    const id = rows[row]?.id;
    if (id !== undefined) table.current?.querySelector<HTMLElement>(`[data-cell="${id}-${column}"]`)?.focus();
  };
  const add = () => {
    const next = addRow(draft, {});
    setFilters({});
    setLimit((now) => Math.max(now, next.rows.length));
    onChange(next);
    const id = next.rows.at(-1)?.id;
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-cell="${id}-${columns[0]?.name}"]`)?.focus(),
    );
  };
  const remove = () => {
    onChange(removeRows(draft, new Set(picked.map(({ id }) => id))));
    setChosen(new Set());
  };
  const items = kind.items === null ? [] : (lists?.[kind.items] ?? []).filter(({ active }) => active);
  const line = ({ id, values }: Row, place: number) => {
    const stored = draft.rows.findIndex((row) => row.id === id);
    const path = `mappings.${kind.id}.exceptions[${stored}]`;
    const whole = errors.find((error) => error.path === path);
    return (
      <tr
        key={id}
        className={chosen.has(id) ? 'picked' : whole || twice.has(id) ? 'twice' : undefined}
        title={whole ? fieldMessage(whole, speech) : twice.has(id) ? say('ui.mapping.never') : undefined}
      >
        <td>
          <Tick
            label={say('ui.mapping.choose', { n: stored + 1 })}
            checked={chosen.has(id)}
            onChange={(on) => setChosen(new Set(on ? [...chosen, id] : [...chosen].filter((each) => each !== id)))}
          />
        </td>
        {columns.map((column, index) => {
          const wrong = errors.find((error) => error.path === `${path}.${column.name}`);
          return (
            <td key={column.name}>
              <Cell
                column={column}
                value={values[column.name]}
                names={names.get(column.name) ?? NO_NAMES}
                empty={column.key ? say(`ui.mapping.all.${column.name}`) : ''}
                label={say('ui.mapping.cell', { column: title(column), n: stored + 1 })}
                at={`${id}-${column.name}`}
                error={wrong ? fieldMessage(wrong, speech) : null}
                listId={`values-${column.name}`}
                onChange={(value) => onChange(setCell(draft, id, column.name, value))}
                onMove={(down) => focus(place + down, column.name)}
                onPaste={(event) => {
                  const text = event.clipboardData.getData('text/plain');
                  if (!/[\t\n]/.test(text.trim())) return; // one value goes into its cell
                  event.preventDefault();
                  onChange(
                    paste(
                      draft,
                      columns,
                      matching.map((row) => row.id),
                      { row: place, column: index },
                      text,
                    ),
                  );
                }}
              />
              {index === 0 && twice.has(id) ? (
                <span className="badge warning">{say('ui.mapping.never.short')}</span>
              ) : null}
            </td>
          );
        })}
      </tr>
    );
  };
  return (
    <section className="card table-card" aria-label={say('ui.mapping.exceptions')}>
      <div className="card-head mapping-title">
        <h2 className="section-title">{say('ui.mapping.exceptions')}</h2>
        <span className="mapping-number figure">{count(draft.rows.length)}</span>
        <span className="muted">{say('ui.mapping.exceptions.help')}</span>
        <span className="mapping-acts">
          <Menu position="bottom-end" closeOnItemClick={false}>
            <Menu.Target>
              <Button look="plain" small>
                <IconColumns3 size={16} stroke={1.75} aria-hidden="true" /> {say('ui.columns')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {REFINED_KEYS.map((key) => {
                const shown = used.includes(key) || extra.includes(key);
                return (
                  <Menu.Item
                    key={key}
                    disabled={used.includes(key)}
                    role="menuitemcheckbox"
                    aria-checked={shown}
                    leftSection={<span aria-hidden="true">{shown ? '✓' : ' '}</span>}
                    onClick={() => setExtra(shown ? extra.filter((each) => each !== key) : [...extra, key])}
                  >
                    {keyTitle(say, kind.id, key)}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
          <label className="group-by">
            <span className="muted">{say('ui.mapping.group')}</span>{' '}
            <select
              className="field small"
              value={groupBy ?? ''}
              onChange={(event) => {
                setFolded(new Set());
                setGroupBy(event.target.value || null);
              }}
            >
              <option value="">{say('ui.mapping.group.off')}</option>
              {columns.map((column) => (
                <option key={column.name} value={column.name}>
                  {title(column)}
                </option>
              ))}
            </select>
          </label>
          <a className="button plain small" href={exportHref} download>
            <IconDownload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.mapping.export')}
          </a>
          <Button look="plain" small danger disabled={picked.length === 0} onClick={remove}>
            <IconTrash size={16} stroke={1.75} aria-hidden="true" />{' '}
            {picked.length === 0 ? say('ui.mapping.delete') : say('ui.mapping.delete.n', { n: picked.length })}
          </Button>
          <span className="split-button">
            <Button small onClick={add}>
              <IconPlus size={16} stroke={1.75} aria-hidden="true" /> {say('ui.mapping.add')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button small aria-label={say('ui.mapping.add.more')}>
                  <IconChevronDown size={16} stroke={1.75} aria-hidden="true" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  disabled={(lists?.countries.length ?? 0) === 0}
                  onClick={() =>
                    onChange(
                      addEach(
                        draft,
                        'country',
                        (lists?.countries ?? []).filter(({ active }) => active).map(({ id }) => id),
                      ),
                    )
                  }
                >
                  {say('ui.mapping.add.countries')}
                </Menu.Item>
                {kind.items === null ? null : (
                  <Menu.Item
                    disabled={items.length === 0}
                    onClick={() =>
                      onChange(
                        addEach(
                          draft,
                          'item',
                          items.map(({ id }) => id),
                        ),
                      )
                    }
                  >
                    {say('ui.mapping.add.items', { item: keyTitle(say, kind.id, 'item') })}
                  </Menu.Item>
                )}
                <Menu.Label>{say('ui.mapping.add.paste')}</Menu.Label>
              </Menu.Dropdown>
            </Menu>
          </span>
        </span>
      </div>
      {draft.rows.length === 0 ? (
        <p className="mapping-none muted">{say('ui.mapping.no-exception')}</p>
      ) : (
        <div className="table-scroll">
          <table className="table mapping-grid" ref={table}>
            <thead>
              <tr>
                <th>
                  <Tick
                    label={say('ui.mapping.choose-all')}
                    checked={picked.length > 0 && picked.length === matching.length}
                    some={picked.length > 0}
                    onChange={(on) => setChosen(new Set(on ? matching.map(({ id }) => id) : []))}
                  />
                </th>
                {columns.map((column) => (
                  <th key={column.name} scope="col">
                    {title(column)}
                  </th>
                ))}
              </tr>
              <tr className="mapping-filters">
                <td />
                {columns.map((column) => (
                  <td key={column.name}>
                    <input
                      className="field small"
                      aria-label={say('ui.mapping.filter', { column: title(column) })}
                      placeholder={say(column.key ? 'ui.mapping.contains' : 'ui.mapping.begins')}
                      value={filters[column.name] ?? ''}
                      onChange={(event) => setFilters({ ...filters, [column.name]: event.target.value })}
                    />
                  </td>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <Fragment key={group.name}>
                  {groupBy === null ? null : (
                    <tr className="group-row">
                      <th colSpan={columns.length + 1} scope="colgroup">
                        <Button
                          look="plain"
                          small
                          aria-expanded={!folded.has(group.name)}
                          onClick={() => setFolded(toggled(folded, group.name))}
                        >
                          {group.name === '' ? say(`ui.mapping.group.none`) : group.name}
                        </Button>{' '}
                        <span className="muted figure">{count(group.rows.length)}</span>
                      </th>
                    </tr>
                  )}
                  {folded.has(group.name)
                    ? null
                    : group.rows.flatMap((row) => {
                        const place = rows.indexOf(row);
                        return place < 0 ? [] : [line(row, place)];
                      })}
                </Fragment>
              ))}
            </tbody>
          </table>
          {matching.length === 0 ? (
            <p className="mapping-none muted">
              {say('ui.mapping.no-match')}{' '}
              <Button look="plain" small onClick={() => setFilters({})}>
                {say('ui.mapping.clear-filter')}
              </Button>
            </p>
          ) : null}
          {matching.length > limit ? (
            <p className="mapping-none">
              <Button small onClick={() => setLimit(limit + SHOWN)}>
                {say('ui.mapping.more', { n: Math.min(SHOWN, matching.length - limit), all: matching.length })}
              </Button>
            </p>
          ) : null}
        </div>
      )}
      {columns.map(({ name }) => (
        <datalist key={name} id={`values-${name}`}>
          {[...(names.get(name) ?? NO_NAMES)].map(([id, called]) => (
            <option key={id} value={called === '' ? id : called} label={id} />
          ))}
        </datalist>
      ))}
    </section>
  );
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name, undefined, { numeric: true });
}

function toggled(folded: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(folded);
  if (!next.delete(name)) next.add(name);
  return next;
}

import { Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { exportPath, isFiltered, type ListQuery } from './query.ts';
import type { List } from './use-list.ts';

/** Entries as a file for a spreadsheet, made by the server: all of them, those ticked, or what the filter finds. */
export function ExportMenu({
  list,
  opened,
  onOpen,
}: {
  list: List;
  opened: boolean;
  onOpen: (opened: boolean) => void;
}) {
  const { say, code } = useSpeech();
  const { query, run } = list;
  const everything: ListQuery = { ...query, tab: 'all', q: '', filters: {} };
  const choices: readonly [string, ListQuery][] = [
    ['ui.export.all', everything],
    ['ui.export.ticked', { ...everything, tab: 'ready' }],
    ...(isFiltered(query) ? [['ui.export.filtered', query] as [string, ListQuery]] : []),
  ];
  return (
    <Menu position="bottom-end" offset={4} opened={opened} onChange={onOpen}>
      <Menu.Target>
        <Button>
          <IconDownload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.export')}{' '}
          <IconChevronDown size={14} aria-hidden="true" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['xlsx', 'csv'] as const).map((extension) => [
          <Menu.Label key={extension}>{say(`ui.export.${extension}`)}</Menu.Label>,
          ...choices.map(([sentence, asked]) => (
            <Menu.Item key={extension + sentence} component="a" href={exportPath(run, asked, code, extension)} download>
              {say(sentence)} <span className="unseen">({extension.toUpperCase()})</span>
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}

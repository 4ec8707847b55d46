import { Menu } from '@mantine/core';
import { IconDownload, IconTemplate, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { FormatDefinition } from '../../../schema/format-definition.ts';
import { useStartingPoints } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';
import { isObject } from '../settings/tabs.ts';
import { completed } from './edit.ts';

type Props = { readonly definition: FormatDefinition | null; readonly onStart: (definition: FormatDefinition) => void };

/** To start from a known format or a file, and to take one's own along as a file. */
export function FormatActs({ definition, onStart }: Props) {
  const { say } = useSpeech();
  const points = useStartingPoints();
  const file = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const take = async (chosen: File) => {
    const read = parsed(await chosen.text());
    setWrong(read === null);
    if (read !== null) onStart(read);
  };
  return (
    <>
      <Menu position="bottom-end" offset={4}>
        <Menu.Target>
          <Button look="plain">
            <IconTemplate size={16} stroke={1.75} aria-hidden="true" /> {say('ui.format.start')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="format-menu">
          {(points.data ?? []).map(({ id, name, definition: known }) => (
            <Menu.Item key={id} onClick={() => onStart(known)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button look="plain" onClick={() => file.current?.click()}>
        <IconUpload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.format.import')}
      </Button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        className="unseen"
        aria-label={say('ui.format.import')}
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) void take(chosen);
          event.target.value = '';
        }}
      />
      {definition === null ? null : (
        <Button look="plain" onClick={() => download(definition)}>
          <IconDownload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.format.export')}
        </Button>
      )}
      {wrong ? (
        <p className="field-error" role="alert">
          {say('ui.format.not-one')}
        </p>
      ) : null}
    </>
  );
}

/** A definition as far as the designer needs it to be one; the server says what else is wrong. */
function parsed(text: string): FormatDefinition | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !isObject(value.shape) || !isObject(value.records)) return null;
    const records = Object.values(value.records);
    if (!records.every((record) => isObject(record) && Array.isArray(record.columns))) return null;
    return completed(value);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function download(definition: FormatDefinition): void {
  const text = `${JSON.stringify(definition, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${definition.name.replaceAll(/[^\p{L}\p{N}-]+/gu, '-') || 'format'}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

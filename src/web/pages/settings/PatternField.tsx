import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef } from 'react';
import { PATTERN_CODES, type PatternCode, parsePattern, renderPattern } from '../../../core/pattern.ts';
import { useSpeech } from '../../language.tsx';
import { Button } from '../../parts/Controls.tsx';

type Props = { id: string; text: string; invalid: boolean; onChange: (text: string) => void };

/** A text with codes: a menu puts them in, and what an order would give stands below (S-153 and after). */
export function PatternField({ id, text, invalid, onChange }: Props) {
  const { say } = useSpeech();
  const field = useRef<HTMLInputElement>(null);
  const pattern = parsePattern(text);
  const insert = (code: PatternCode) => {
    const caret = field.current?.selectionStart ?? text.length;
    onChange(`${text.slice(0, caret)}%${code}${text.slice(caret)}`);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret + code.length + 1, caret + code.length + 1);
    });
  };
  return (
    <>
      <div className="pattern">
        <input
          ref={field}
          id={id}
          className="field mono"
          value={text}
          aria-invalid={invalid || 'unknown' in pattern}
          aria-describedby={`${id}-example`}
          onChange={(event) => onChange(event.target.value)}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button>
              {say('ui.pattern.insert')} <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {PATTERN_CODES.map((code) => (
              <Menu.Item key={code} onClick={() => insert(code)} leftSection={<code>%{code}</code>}>
                {say(`ui.pattern.${code}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <p className="help" id={`${id}-example`} role="status">
        {'unknown' in pattern
          ? say('ui.pattern.unknown', { code: pattern.unknown })
          : say('ui.pattern.example', { text: renderPattern(pattern, (code) => say(`ui.pattern.sample.${code}`)) })}
      </p>
    </>
  );
}

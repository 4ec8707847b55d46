import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { Button } from './Controls.tsx';

/** What can be done with one row of a list, behind three dots; `name` says of which. */
export function ActsMenu({ name, children }: { name: string; children: ReactNode }) {
  const { say } = useSpeech();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button look="plain" small className="icon-only" aria-label={say('ui.profile.acts-of', { name })}>
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

import { Menu } from '@mantine/core';
import { IconCheck, IconCopy, IconPlus, IconSelector } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { ProfileSummary } from '../../api/api.ts';
import { useAppInfo } from '../api/queries.ts';
import { useSpeech } from '../language.tsx';

/** The profile in use, and the way to another (S-066), to a new one (S-065) and to copies. */
export function ProfileSwitcher({ current, compact }: { current: ProfileSummary | undefined; compact: boolean }) {
  const { say } = useSpeech();
  const info = useAppInfo();
  const [, go] = useLocation();
  return (
    <Menu position="bottom-start" width={compact ? 300 : 'target'} offset={4}>
      <Menu.Target>
        <button type="button" className={compact ? 'switcher compact' : 'switcher'}>
          <span className="switcher-text">
            <span className="switcher-name">{current?.name ?? '…'}</span>
            <span className="switcher-kind">{current ? `${current.shopName} → ${current.ledgerName}` : ' '}</span>
          </span>
          <span className="unseen">{say('ui.profile.switch')}</span>
          <IconSelector size={16} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {info.data?.profiles.map((profile) => (
          <Menu.Item
            key={profile.id}
            onClick={() => go(`/p/${profile.id}`)}
            rightSection={profile.id === current?.id ? <IconCheck size={16} aria-hidden="true" /> : null}
          >
            <span className="strong">{profile.name}</span>
            <br />
            <span className="muted" style={{ fontSize: 12.5 }}>
              {profile.shopName} → {profile.ledgerName}
            </span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => go('/welcome')}>
          {say('ui.profile.new')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.75} />} onClick={() => go('/options/profiles')}>
          {say('ui.profile.manage')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { SettingsPage } from './Page.tsx';

export const settings: Page = {
  path: '/p/:profile/settings/:tab?',
  draw: ({ profile = '', tab = 'profile' }) => createElement(SettingsPage, { profile, tab }),
};

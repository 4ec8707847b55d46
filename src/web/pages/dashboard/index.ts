import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { DashboardPage } from './Page.tsx';

export const dashboard: Page = {
  path: '/p/:profile/dashboard',
  draw: ({ profile = '' }) => createElement(DashboardPage, { profile }),
};

import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { RunsPage } from './Page.tsx';

export const runs: Page = {
  path: '/p/:profile/runs',
  draw: ({ profile = '' }) => createElement(RunsPage, { profile }),
};

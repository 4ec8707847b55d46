import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { RunPage } from './Page.tsx';

export const run: Page = {
  path: '/p/:profile/runs/:run',
  draw: ({ profile = '', run = '' }) => createElement(RunPage, { profile, run }),
};

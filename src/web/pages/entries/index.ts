import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { EntriesPage } from './Page.tsx';

export const entries: Page = {
  path: '/p/:profile/entries',
  draw: ({ profile = '' }) => createElement(EntriesPage, { profile }),
};

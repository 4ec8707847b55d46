import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { FormatPage } from './Page.tsx';

export const format: Page = {
  path: '/p/:profile/format',
  draw: ({ profile = '' }) => createElement(FormatPage, { profile }),
};

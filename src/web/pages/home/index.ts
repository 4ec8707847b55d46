import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { HomePage } from './Page.tsx';

export const home: Page = {
  path: '/p/:profile',
  draw: ({ profile = '' }) => createElement(HomePage, { profile }),
};

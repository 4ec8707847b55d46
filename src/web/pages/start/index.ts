import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { StartPage } from './Page.tsx';

export const start: Page = {
  path: '/start/:step?',
  draw: ({ step = 'shop' }) => createElement(StartPage, { step }),
};

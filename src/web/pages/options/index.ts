import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { OptionsPage } from './Page.tsx';

export const options: Page = {
  path: '/options/:tab?',
  draw: ({ tab = 'about' }) => createElement(OptionsPage, { tab }),
};

import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { HelpPage } from './Page.tsx';

export const help: Page = {
  path: '/help/:chapter?',
  draw: ({ chapter = '' }) => createElement(HelpPage, { chapter }),
};

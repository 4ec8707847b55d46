import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { MappingPage } from './Page.tsx';

export const mapping: Page = {
  path: '/p/:profile/mapping/:which?',
  draw: ({ profile = '', which = 'journals' }) => createElement(MappingPage, { profile, which }),
};

import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { DocumentsPage } from './Page.tsx';

export const documents: Page = {
  path: '/p/:profile/documents',
  draw: ({ profile = '' }) => createElement(DocumentsPage, { profile }),
};

import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { DocumentPage } from './Page.tsx';

/** The key is the rest of the address: `/p/lavande/documents/sale/731`. */
export const document: Page = {
  path: '/p/:profile/documents/*',
  draw: ({ profile = '', '*': key = '' }) => createElement(DocumentPage, { profile, id: key }),
};

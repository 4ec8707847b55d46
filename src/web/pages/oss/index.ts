import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { OssPage } from './Page.tsx';

export const oss: Page = {
  path: '/p/:profile/oss',
  draw: ({ profile = '' }) => createElement(OssPage, { profile }),
};

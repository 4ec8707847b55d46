import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { TranslationPage } from './Page.tsx';

export const translation: Page = {
  path: '/options/languages/:code',
  draw: ({ code = '' }) => createElement(TranslationPage, { key: code, code }),
};

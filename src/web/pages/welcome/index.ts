import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { WelcomePage } from './Page.tsx';

export const welcome: Page = {
  path: '/welcome',
  draw: () => createElement(WelcomePage),
};

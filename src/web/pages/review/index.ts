import { createElement } from 'react';
import type { Page } from '../../page.ts';
import { ReviewPage } from './Page.tsx';

/** One address for the list and for a line explained, so that opening the panel keeps the list as it stands. */
export const review: Page = {
  path: '/p/:profile/review/:run/:entry?/:line?',
  draw: ({ profile = '', run = '', entry = null, line = null }) =>
    createElement(ReviewPage, { profile, run, entry, line }),
};

import { createElement, useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Page } from '../../page.ts';
import { nextOf } from './Door.tsx';

/** `/login` itself: whoever is in goes on. */
export const login: Page = { path: '/login', draw: () => createElement(GoOn) };

function GoOn() {
  const [, go] = useLocation();
  useEffect(() => go(nextOf(window.location.search), { replace: true }), [go]);
  return null;
}

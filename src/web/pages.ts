import type { Page } from './page.ts';
import { dashboard } from './pages/dashboard/index.ts';
import { document } from './pages/document/index.ts';
import { documents } from './pages/documents/index.ts';
import { entries } from './pages/entries/index.ts';
import { format } from './pages/format/index.ts';
import { help } from './pages/help/index.ts';
import { home } from './pages/home/index.ts';
import { login } from './pages/login/index.ts';
import { mapping } from './pages/mapping/index.ts';
import { options } from './pages/options/index.ts';
import { oss } from './pages/oss/index.ts';
import { review } from './pages/review/index.ts';
import { run } from './pages/run/index.ts';
import { runs } from './pages/runs/index.ts';
import { settings } from './pages/settings/index.ts';
import { start } from './pages/start/index.ts';
import { translation } from './pages/translation/index.ts';
import { welcome } from './pages/welcome/index.ts';

/** All pages, a line each. */
export const PAGES: readonly Page[] = [
  login,
  welcome,
  start,
  home,
  review,
  runs,
  run,
  mapping,
  format,
  settings,
  translation,
  options,
  dashboard,
  entries,
  oss,
  documents,
  document,
  help,
];

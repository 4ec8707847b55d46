import { HomePage } from './pages/home/Page.tsx';
import { OptionsPage } from './pages/options/Page.tsx';
import { ReviewPage } from './pages/review/Page.tsx';
import { RunPage } from './pages/run/Page.tsx';
import { RunsPage } from './pages/runs/Page.tsx';
import { SettingsPage } from './pages/settings/Page.tsx';
import { WelcomePage } from './pages/welcome/Page.tsx';

/** All pages: a folder each, and one line in `App.tsx` with its address. */
export const PAGES = { HomePage, OptionsPage, ReviewPage, RunPage, RunsPage, SettingsPage, WelcomePage };

import { Redirect, Route, Switch } from 'wouter';
import { PAGES } from './pages.ts';
import { useSpeech } from './language.tsx';
import { LastProfile } from './shell/Shell.tsx';

const { HomePage, OptionsPage, ReviewPage, RunPage, RunsPage, SettingsPage, WelcomePage } = PAGES;

/** The addresses. What is shown lives in them: a link sent to a colleague shows the same thing. */
export function App() {
  return (
    <Switch>
      <Route path="/"><LastProfile /></Route>
      <Route path="/welcome"><WelcomePage /></Route>
      <Route path="/p/:profile">{({ profile }) => <HomePage profile={profile} />}</Route>
      <Route path="/p/:profile/review/:run">{(params) => <ReviewPage {...params} />}</Route>
      <Route path="/p/:profile/review/:run/:entry/:line">{(params) => <ReviewPage {...params} />}</Route>
      <Route path="/p/:profile/runs">{({ profile }) => <RunsPage profile={profile} />}</Route>
      <Route path="/p/:profile/runs/:run">{(params) => <RunPage {...params} />}</Route>
      <Route path="/p/:profile/settings">{({ profile }) => <Redirect to={`/p/${profile}/settings/profile`} replace />}</Route>
      <Route path="/p/:profile/settings/:tab">{(params) => <SettingsPage {...params} />}</Route>
      <Route path="/options"><Redirect to="/options/about" replace /></Route>
      <Route path="/options/:tab">{({ tab }) => <OptionsPage tab={tab} />}</Route>
      <Route><NotFound /></Route>
    </Switch>
  );
}

function NotFound() {
  const { say } = useSpeech();
  return (
    <main className="empty">
      <h1 className="page-title">{say('ui.not-found')}</h1>
      <a className="button tinted" href="/">{say('ui.not-found.home')}</a>
    </main>
  );
}

import { Route, Switch } from 'wouter';
import { useSpeech } from './language.tsx';
import { PAGES } from './pages.ts';
import { LastProfile } from './shell/Shell.tsx';

/** The addresses. What is shown lives in them: a link sent to a colleague shows the same thing. */
export function App() {
  return (
    <Switch>
      <Route path="/">
        <LastProfile />
      </Route>
      {PAGES.map(({ path, draw }) => (
        <Route key={path} path={path}>
          {(params) => draw(params)}
        </Route>
      ))}
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function NotFound() {
  const { say } = useSpeech();
  return (
    <main className="empty">
      <h1 className="page-title">{say('ui.not-found')}</h1>
      <a className="button tinted" href="/">
        {say('ui.not-found.home')}
      </a>
    </main>
  );
}

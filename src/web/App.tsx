import { Route, Router, Switch } from 'wouter';
import { useSpeech } from './language.tsx';
import { Door } from './pages/login/Door.tsx';
import { PAGES } from './pages.ts';
import { Toasts } from './parts/Toasts.tsx';
import { ConnectionBar } from './shell/ConnectionBar.tsx';
import { guarded } from './shell/guard.ts';
import { LastProfile } from './shell/Shell.tsx';

/** The addresses. What is shown lives in them: a link sent to a colleague shows the same thing. */
export function App() {
  return (
    <Router aroundNav={guarded}>
      <ConnectionBar />
      <Toasts />
      <Door>
        <Pages />
      </Door>
    </Router>
  );
}

function Pages() {
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

/** In the place of a page that failed: nothing is lost at the server, and loading it again is the way on. */
export function Fault() {
  const { say } = useSpeech();
  return (
    <main className="empty" role="alert">
      <h1 className="page-title">{say('ui.fault')}</h1>
      <p>{say('ui.fault.help')}</p>
      <a className="button tinted" href={window.location.href}>
        {say('ui.fault.reload')}
      </a>
    </main>
  );
}

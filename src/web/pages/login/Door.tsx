import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { SessionAnswer } from '../../../api/access.ts';
import { get } from '../../api/client.ts';
import { signedIn, useLacking } from '../../api/session.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Dialog } from '../../parts/Controls.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { SignIn } from './SignIn.tsx';

export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: () => get<SessionAnswer>('/api/session') });
}

/**
 * What stands before every page: where there are users, the page of signing in until somebody has. A session that ends
 * while somebody works, and options that are locked, are asked for above the page, and what was asked of the server then
 * goes on: nothing is lost.
 */
export function Door({ children }: { children: ReactNode }) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const session = useSession();
  const lacking = useLacking();
  const entrance = session.data?.entrance;
  const strange = session.data !== undefined && session.data.role === null;
  const wasIn = useRef(false);
  if (session.data && !strange) wasIn.current = true;
  // Who was in and is no longer keeps the page, with the dialog above it.
  if (strange && !wasIn.current) return <LoginPage entrance={entrance ?? 'closed'} />;
  if (session.data === undefined) return session.error ? <Unreached query={session} /> : null;
  const by = lacking === 'access.locked' ? 'password' : 'users';
  const done = () => {
    signedIn(true);
    void queries.invalidateQueries();
  };
  return (
    <>
      {children}
      <Dialog
        title={say(by === 'users' ? 'ui.sign-in.again' : 'ui.sign-in.locked')}
        opened={lacking !== null || strange}
        onClose={() => by === 'password' && signedIn(false)}
      >
        <p className="muted">{say(by === 'users' ? 'ui.sign-in.again.text' : 'ui.sign-in.locked.text')}</p>
        <SignIn by={by} onDone={done} {...(by === 'password' ? { onCancel: () => signedIn(false) } : {})} />
      </Dialog>
    </>
  );
}

function Unreached({ query }: { query: ReturnType<typeof useSession> }) {
  return (
    <main className="empty">
      <Mark />
      <Unread query={query} />
    </main>
  );
}

function LoginPage({ entrance }: { entrance: SessionAnswer['entrance'] }) {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const [path, go] = useLocation();
  useEffect(() => {
    document.title = `${say('ui.sign-in.open')} · Comptoir`;
  }, [say]);
  const done = () => {
    void queries.invalidateQueries();
    if (path === '/login') go(nextOf(window.location.search), { replace: true });
  };
  return (
    <main className="login">
      <p className="welcome-brand">
        <Mark /> Comptoir
      </p>
      <h1>{say(entrance === 'setup' ? 'ui.sign-in.first' : 'ui.sign-in.open')}</h1>
      {entrance === 'closed' ? (
        <p role="alert">{say('ui.sign-in.closed')}</p>
      ) : (
        <section className="card panel">
          <SignIn by={entrance === 'setup' ? 'setup' : 'users'} onDone={done} />
        </section>
      )}
    </main>
  );
}

/** Where to go on, within this application. */
export function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

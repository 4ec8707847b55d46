import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { askServer, useLost } from '../api/connection.ts';
import { useSpeech } from '../language.tsx';
import { Button } from '../parts/Controls.tsx';

const SECONDS = 5;

/**
 * *Comptoir does not answer*: tried again every five seconds, or at once. What is typed stays where it is; when the
 * server is back everything shown is read again.
 */
export function ConnectionBar() {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const lost = useLost();
  const [left, setLeft] = useState(SECONDS);
  useEffect(() => {
    if (!lost) return;
    setLeft(SECONDS);
    const ticking = setInterval(() => setLeft((before) => (before > 1 ? before - 1 : SECONDS)), 1000);
    const trying = setInterval(() => askServer(), SECONDS * 1000);
    return () => {
      clearInterval(ticking);
      clearInterval(trying);
      void queries.invalidateQueries(); // it answers again
    };
  }, [lost, queries]);
  if (!lost) return null;
  return (
    <div className="connection" role="alert">
      <IconPlugConnectedX size={16} stroke={1.75} aria-hidden="true" />
      <span>{say('ui.lost')}</span>
      <span className="figure" aria-hidden="true">
        {say('ui.lost.next', { n: left })}
      </span>
      <Button small onClick={() => askServer()}>
        {say('ui.retry')}
      </Button>
    </div>
  );
}

import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type MouseEvent, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { baseOf } from '../../../i18n/language.ts';
import { useLanguage } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Button } from '../../parts/Controls.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { KeysSheet } from '../../shell/KeysSheet.tsx';
import { Skeleton } from '../home/Page.tsx';
import { SupportLinkList } from '../options/Links.tsx';
import { CHAPTERS } from './chapters.ts';
import { guideIn } from './guide.ts';

/** The guide (S-061, S-069), in the reader's language; the address names the chapter. */
export function HelpPage({ chapter }: { chapter: string }) {
  const { speech, language } = useLanguage();
  const { say } = speech;
  const [, go] = useLocation();
  const [keys, setKeys] = useState(false);
  const guide = useQuery({
    queryKey: ['guide', baseOf(language)],
    queryFn: () => guideIn(baseOf(language)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = guide.data !== undefined;
  useEffect(() => {
    document.title = `${say('ui.nav.help')} · Comptoir`;
  }, [say]);
  useEffect(() => {
    if (known && chapter !== '') document.getElementById(chapter)?.scrollIntoView();
  }, [known, chapter]);
  /** Links of the guide are links of the application. */
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href') ?? '';
    if (!href.startsWith('/') || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(href);
  };
  return (
    <div className="help-shell">
      <nav className="help-side" aria-label={say('ui.help.chapters')}>
        <Link href="/" className="brand" aria-label="Comptoir">
          <Mark />
          <span>Comptoir</span>
        </Link>
        <button type="button" className="link-button help-back" onClick={() => window.history.back()}>
          <IconArrowLeft size={16} stroke={1.75} aria-hidden="true" /> {say('ui.back')}
        </button>
        <ul>
          {(guide.data?.titles ?? []).map((title, place) => (
            <li key={title}>
              <Link
                href={`/help/${CHAPTERS[place]}`}
                className="side-item"
                aria-current={CHAPTERS[place] === chapter ? 'page' : undefined}
              >
                <span>{title}</span>
              </Link>
            </li>
          ))}
        </ul>
        <Button small onClick={() => setKeys(true)}>
          {say('ui.keys.title')}
        </Button>
        <SupportLinkList />
      </nav>
      <main className="help-text">
        {guide.error ? <Unread query={guide} /> : null}
        {guide.isPending ? <Skeleton /> : null}
        {guide.data ? (
          // biome-ignore lint/a11y/useKeyWithClickEvents: a link in the text is followed by Enter, which is a click.
          // biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what is clicked.
          // biome-ignore lint/security/noDangerouslySetInnerHtml: the text is this product's own, built into it.
          <article onClick={follow} dangerouslySetInnerHTML={{ __html: guide.data.html }} />
        ) : null}
      </main>
      <KeysSheet opened={keys} onClose={() => setKeys(false)} />
    </div>
  );
}

import { useMantineColorScheme } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { useAppInfo } from '../../api/queries.ts';
import { chooseDensity, DENSITIES, useDensity } from '../../density.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Segments } from '../../parts/Controls.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Skeleton } from '../home/Page.tsx';
import { Access } from './Access.tsx';
import { Backup } from './Backup.tsx';
import { DataFolder } from './DataFolder.tsx';
import { Languages } from './Languages.tsx';
import { Links, SupportLinkList } from './Links.tsx';
import { Logs } from './Logs.tsx';
import { Profiles } from './Profiles.tsx';
import { ProxyForm } from './ProxyForm.tsx';

const TABS = ['about', 'profiles', 'general', 'languages', 'proxy', 'access', 'backup'] as const;

/** Options of the application (S-060, S-068): about, profiles, theme, languages, proxy. */
export function OptionsPage({ tab }: { tab: string }) {
  const { say } = useSpeech();
  const info = useAppInfo();
  const density = useDensity();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const here = TABS.find((id) => id === tab) ?? 'about';
  useEffect(() => {
    document.title = `${say('ui.nav.options')} · Comptoir`;
  }, [say]);
  return (
    <div className="shell options-shell">
      <main className="main">
        <header className="page-head settings-head">
          <div>
            <Link href="/" className="link-button back">
              <IconArrowLeft size={15} aria-hidden="true" /> {say('ui.back')}
            </Link>
            <h1 className="page-title">{say('ui.nav.options')}</h1>
          </div>
        </header>
        <div className="settings">
          <nav className="settings-tabs" aria-label={say('ui.nav.options')}>
            <ul>
              {TABS.map((id) => (
                <li key={id}>
                  <Link href={`/options/${id}`} className="side-item" aria-current={id === here ? 'page' : undefined}>
                    {say(`ui.options.${id}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="options-body">
            {info.error ? <Unread query={info} /> : info.data ? null : <Skeleton />}
            {here === 'about' ? (
              <section className="card panel" style={{ display: 'grid', gap: 14 }}>
                <p className="welcome-brand">
                  <Mark /> Comptoir
                </p>
                <p>{say('ui.options.about.text')}</p>
                <dl className="facts">
                  <dt>{say('ui.options.version')}</dt>
                  <dd className="figure">{info.data?.version}</dd>
                  <dt>{say('ui.options.home')}</dt>
                  <dd>{info.data?.home}</dd>
                </dl>
                <SupportLinkList />
                <p className="help" style={{ margin: 0 }}>
                  {say('ui.welcome.local')}.
                </p>
              </section>
            ) : null}
            {here === 'profiles' && info.data ? <Profiles info={info.data} /> : null}
            {here === 'proxy' ? <ProxyForm /> : null}
            {here === 'access' ? <Access /> : null}
            {here === 'languages' ? <Languages /> : null}
            {here === 'backup' ? <Backup /> : null}
            {here === 'general' ? (
              <div className="access">
                <section className="card panel" style={{ display: 'grid', gap: 18, justifyItems: 'start' }}>
                  <div>
                    <p className="label">{say('ui.theme')}</p>
                    <Segments
                      label={say('ui.theme')}
                      value={colorScheme}
                      choices={(['auto', 'light', 'dark'] as const).map((id) => ({ id, label: say(`ui.theme.${id}`) }))}
                      onChoose={(id) => setColorScheme(id === 'dark' || id === 'light' ? id : 'auto')}
                    />
                    <p className="help">{say('ui.theme.help')}</p>
                  </div>
                  <div>
                    <p className="label">{say('ui.density')}</p>
                    <Segments
                      label={say('ui.density')}
                      value={density}
                      choices={DENSITIES.map((id) => ({ id, label: say(`ui.density.${id}`) }))}
                      onChoose={(id) => chooseDensity(id === 'comfortable' ? 'comfortable' : 'compact')}
                    />
                    <p className="help">{say('ui.density.help')}</p>
                  </div>
                </section>
                <DataFolder />
                <Logs />
                <Links />
              </div>
            ) : null}
          </div>
        </div>
      </main>
    </div>
  );
}

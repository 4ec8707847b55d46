import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconChevronDown,
  IconChevronRight,
  IconFileImport,
  IconLanguage,
  IconLock,
  IconPencil,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ProfileSummary } from '../../../api/api.ts';
import { LANGUAGES } from '../../../i18n/language.ts';
import { post } from '../../api/client.ts';
import { useAppInfo } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { useLanguage } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Dialog } from '../../parts/Controls.tsx';
import { jsonOf } from '../../parts/json-of.ts';
import { Mark } from '../../parts/Mark.tsx';
import { shopAddress } from './address.ts';
import { CreateForm } from './CreateForm.tsx';
import { Example } from './Example.tsx';

/** Home without a profile: one question, three other ways in (S-033, S-065). */
export function WelcomePage() {
  const { speech, choose } = useLanguage();
  const { say } = speech;
  const info = useAppInfo();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [address, setAddress] = useState('');
  const [wrong, setWrong] = useState(false);
  const [creating, setCreating] = useState(false);
  const [demos, setDemos] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const open = useAct({
    mutationFn: (act: () => Promise<ProfileSummary>) => act(),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['info'] });
      go(`/p/${id}`);
    },
  });
  useEffect(() => {
    document.title = 'Comptoir';
  }, []);

  const start = (event: FormEvent) => {
    event.preventDefault();
    const url = shopAddress(address);
    setWrong(url === null);
    if (url !== null) go(`/start/shop?url=${encodeURIComponent(url)}`);
  };
  const openDemo = (id: string) => open.mutate(() => post<ProfileSummary>(`/api/demos/${id}`));
  const list = info.data?.demos ?? [];
  const shopName = (id: string) => info.data?.shops.find((shop) => shop.id === id)?.name ?? id;
  const orders = list.reduce((sum, demo) => sum + demo.orders, 0);

  return (
    <main className="welcome">
      <div className="welcome-ask">
        <p className="welcome-brand">
          <Mark /> Comptoir
        </p>
        {creating && info.data ? (
          <CreateForm info={info.data} address="" onBack={() => setCreating(false)} />
        ) : (
          <div className="welcome-form">
            <h1 className="hero">
              {say('ui.welcome.title.1')}
              <br />
              {say('ui.welcome.title.2')}
            </h1>
            <p className="welcome-lead">{say('ui.welcome.lead')}</p>
            <form onSubmit={start} noValidate>
              <label className="label" htmlFor="address">
                {say('ui.create.address')}
              </label>
              <div className="welcome-row">
                <input
                  id="address"
                  className="field tall"
                  inputMode="url"
                  placeholder="https://"
                  value={address}
                  // biome-ignore lint/a11y/noAutofocus: the page asks this one question.
                  autoFocus
                  aria-invalid={wrong}
                  aria-describedby="address-help"
                  onChange={(event) => setAddress(event.target.value)}
                />
                <Button look="primary" type="submit" className="tall">
                  {say('ui.welcome.start')} <IconArrowRight size={16} aria-hidden="true" />
                </Button>
              </div>
              <p id="address-help" className={wrong ? 'field-error' : 'help'} role={wrong ? 'alert' : undefined}>
                {wrong
                  ? say('ui.create.address.wrong')
                  : say('ui.welcome.known', {
                      shops: listOf(info.data?.shops.map(({ name }) => name) ?? [], speech.locale),
                    })}
              </p>
            </form>
            <ul className="ways card">
              <Way
                icon={<IconPlayerPlay size={16} stroke={1.75} />}
                title={say('ui.welcome.demo')}
                help={say('ui.welcome.demo.help', { n: orders })}
                onOpen={() => (list.length === 1 && list[0] ? openDemo(list[0].id) : setDemos(true))}
              />
              <Way
                icon={<IconFileImport size={16} stroke={1.75} />}
                title={say('ui.welcome.import')}
                help={say('ui.welcome.import.help')}
                onOpen={() => file.current?.click()}
              />
              <Way
                icon={<IconPencil size={16} stroke={1.75} />}
                title={say('ui.welcome.empty')}
                help={say('ui.welcome.empty.help')}
                onOpen={() => setCreating(true)}
              />
            </ul>
            {open.error ? <TroubleNotice error={open.error} /> : null}
            {info.error ? <Unread query={info} /> : null}
            <input
              ref={file}
              type="file"
              accept=".json,application/json"
              hidden
              aria-label={say('ui.welcome.import')}
              onChange={(event) => {
                const chosen = event.target.files?.[0];
                event.target.value = '';
                if (chosen)
                  open.mutate(async () =>
                    post<ProfileSummary>('/api/profiles/import', { document: await jsonOf(chosen) }),
                  );
              }}
            />
          </div>
        )}
        <footer className="welcome-foot">
          <span>
            <IconLock size={15} stroke={1.75} aria-hidden="true" /> {say('ui.welcome.local')}
          </span>
          <Menu>
            <Menu.Target>
              <button type="button" className="foot-button">
                <IconLanguage size={15} stroke={1.75} aria-hidden="true" /> {say('ui.language.name')}{' '}
                <IconChevronDown size={14} aria-hidden="true" />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {LANGUAGES.map((id) => (
                <Menu.Item key={id} lang={id} onClick={() => choose(id)}>
                  {say(`ui.language.${id}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {info.data && info.data.profiles.length > 0 ? (
            <a className="foot-button" href="/">
              {say('ui.welcome.back')}
            </a>
          ) : null}
        </footer>
      </div>
      <aside className="welcome-show" aria-label={say('ui.welcome.example')}>
        <Example />
      </aside>
      <Dialog title={say('ui.welcome.demo')} opened={demos} onClose={() => setDemos(false)}>
        <ul className="ways card">
          {list.map((demo) => (
            <Way
              key={demo.id}
              icon={<IconPlayerPlay size={16} stroke={1.75} />}
              title={demo.title}
              help={say('ui.welcome.demo.orders', { shop: shopName(demo.shop), n: demo.orders })}
              onOpen={() => openDemo(demo.id)}
            />
          ))}
        </ul>
      </Dialog>
    </main>
  );
}

function Way({ icon, title, help, onOpen }: { icon: ReactNode; title: string; help: string; onOpen: () => void }) {
  return (
    <li>
      <button type="button" className="way" onClick={onOpen}>
        {icon}
        <span>
          <span className="strong">{title}</span>
          <span className="muted">{help}</span>
        </span>
        <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
      </button>
    </li>
  );
}

function listOf(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

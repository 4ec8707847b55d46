import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { AppInfo, ProfileSummary } from '../../../api/api.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';
import { sureness } from '../../parts/sureness.ts';
import { nameFrom, shopAddress } from './address.ts';
import { ShopCards } from './ShopCards.tsx';

/** The window *Create a new profile* (S-034): name, kind of shop, accounting software, template, the shop's keys. */
export function CreateForm({ info, address, onBack }: { info: AppInfo; address: string; onBack: () => void }) {
  const { say } = useSpeech();
  const { shops, ledgers, templates } = info;
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [form, setForm] = useState({
    name: nameFrom(address),
    shop: shops[0]?.id ?? '',
    url: address,
    ledger: ledgers[0]?.id ?? '',
    template: templates[0] ?? '',
  });
  const [credentials, setCredentials] = useState<Readonly<Record<string, string>>>({});
  const [wrong, setWrong] = useState(false);
  const kind = shops.find(({ id }) => id === form.shop);
  const create = useAct({
    mutationFn: () =>
      post<ProfileSummary>('/api/profiles', {
        ...form,
        url: form.url === '' ? '' : (shopAddress(form.url) ?? form.url),
        credentials: filled(credentials),
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['info'] });
      go(`/p/${id}`);
    },
  });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bad = form.url !== '' && shopAddress(form.url) === null;
    setWrong(bad);
    if (!bad) create.mutate();
  };
  return (
    <form className="welcome-form" onSubmit={submit}>
      <button type="button" className="link-button back" onClick={onBack}>
        <IconArrowLeft size={16} aria-hidden="true" /> {say('ui.back')}
      </button>
      <h1 className="welcome-step">{say('ui.create.title')}</h1>
      <Field id="create-name" label={say('ui.create.name')}>
        <input
          id="create-name"
          className="field"
          required
          maxLength={100}
          value={form.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <ShopCards shops={shops} chosen={form.shop} onChoose={(shop) => set({ shop })} />
      <Field id="create-url" label={say('ui.create.address')} error={wrong ? say('ui.create.address.wrong') : null}>
        <input
          id="create-url"
          className="field"
          inputMode="url"
          value={form.url}
          aria-invalid={wrong}
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      {kind?.credentials.map(({ name, secret }) => (
        <Field
          key={name}
          id={`create-${name}`}
          label={credentialName(say, form.shop, name)}
          help={secret ? say('ui.secret.help') : null}
        >
          <input
            id={`create-${name}`}
            className="field"
            type={secret ? 'password' : 'text'}
            autoComplete="off"
            value={credentials[name] ?? ''}
            onChange={(event) => setCredentials({ ...credentials, [name]: event.target.value })}
          />
        </Field>
      ))}
      <div className="two">
        <Field id="create-ledger" label={say('ui.create.ledger')} help={sureness({ say }, ledgers, form.ledger)}>
          <select
            id="create-ledger"
            className="field"
            value={form.ledger}
            onChange={(event) => set({ ledger: event.target.value })}
          >
            {ledgers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field id="create-template" label={say('ui.create.template')}>
          <select
            id="create-template"
            className="field"
            value={form.template}
            onChange={(event) => set({ template: event.target.value })}
          >
            {templates.map((id) => (
              <option key={id} value={id}>
                {say(`ui.template.${id}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {create.error ? <TroubleNotice error={create.error} /> : null}
      <Button look="primary" type="submit" className="tall" disabled={create.isPending}>
        {say('ui.create.act')} <IconArrowRight size={16} aria-hidden="true" />
      </Button>
    </form>
  );
}

/** The merchant's word for a credential when there is one, else the shop's own name of it. */
export function credentialName(say: (key: string) => string, shop: string, name: string): string {
  const keys = [`ui.credential.${shop}.${name}`, `ui.credential.${name}`];
  const known = keys.find((key) => say(key) !== key);
  return known === undefined ? name : say(known);
}

function filled(values: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

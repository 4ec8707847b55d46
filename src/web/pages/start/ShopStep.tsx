import { IconArrowRight } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { AppInfo, ProfileSummary } from '../../../api/api.ts';
import { post } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';
import { nameFrom, shopAddress } from '../welcome/address.ts';
import { ShopCards } from '../welcome/ShopCards.tsx';
import { templateFor } from './steps.ts';

type Props = { info: AppInfo; url: string; made?: string };

/** Step 1: where the shop is. The profile is made here, so that every later step has something to be saved in. */
export function ShopStep({ info, url, made }: Props) {
  const { say } = useSpeech();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [form, setForm] = useState({ address: url, name: nameFrom(url), shop: info.shops[0]?.id ?? '' });
  const [wrong, setWrong] = useState(false);
  const address = shopAddress(form.address);
  const create = useAct({
    mutationFn: () =>
      post<ProfileSummary>('/api/profiles', {
        ...{ name: form.name.trim(), shop: form.shop, url: address, credentials: {} },
        ...{ ledger: info.ledgers[0]?.id, template: templateFor(address ?? '', info.templates) },
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['info'] });
      go(`/start/connection?p=${id}`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWrong(address === null);
    if (address !== null) create.mutate();
  };
  if (made !== undefined)
    return (
      <>
        <p className="start-known">
          <strong>{url}</strong>
        </p>
        <p className="muted">{say('ui.start.shop.made')}</p>
        <div className="start-foot">
          <span />
          <Button look="primary" onClick={() => go(`/start/connection?p=${made}`)}>
            {say('ui.start.next')} <IconArrowRight size={16} aria-hidden="true" />
          </Button>
        </div>
      </>
    );
  return (
    <form className="start-form" onSubmit={submit} noValidate>
      <Field id="start-url" label={say('ui.create.address')} error={wrong ? say('ui.create.address.wrong') : null}>
        <input
          id="start-url"
          className="field"
          inputMode="url"
          placeholder="https://"
          value={form.address}
          aria-invalid={wrong}
          onChange={(event) =>
            setForm({
              ...form,
              address: event.target.value,
              name: form.name === nameFrom(address ?? '') ? nameFrom(shopAddress(event.target.value) ?? '') : form.name,
            })
          }
        />
      </Field>
      <ShopCards shops={info.shops} chosen={form.shop} onChoose={(shop) => setForm({ ...form, shop })} />
      <Field id="start-name" label={say('ui.create.name')}>
        <input
          id="start-name"
          className="field"
          maxLength={100}
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
        />
      </Field>
      {create.error ? <TroubleNotice error={create.error} /> : null}
      <div className="start-foot">
        <Button onClick={() => go('/welcome')}>{say('ui.back')}</Button>
        <span />
        <Button look="primary" type="submit" disabled={create.isPending || form.name.trim() === ''}>
          {say('ui.start.next')} <IconArrowRight size={16} aria-hidden="true" />
        </Button>
      </div>
    </form>
  );
}

import { IconExternalLink } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SupportLinks } from '../../../api/support.ts';
import { get, put, Refusal } from '../../api/client.ts';
import { useAct } from '../../api/use-act.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { Button, Field } from '../../parts/Controls.tsx';

const KEY = ['support-links'];
const useLinks = () => useQuery({ queryKey: KEY, queryFn: () => get<SupportLinks>('/api/links') });

/** The links as anybody sees them; none, and nothing is shown. */
export function SupportLinkList() {
  const { say } = useSpeech();
  const { data } = useLinks();
  if (!data || data.length === 0) return null;
  return (
    <nav aria-label={say('ui.links.title')}>
      <p className="label">{say('ui.links.title')}</p>
      <ul className="plain-list">
        {data.map(({ label, url }) => (
          <li key={`${label} ${url}`}>
            <a href={url} target="_blank" rel="noopener noreferrer">
              {label} <IconExternalLink size={14} stroke={1.75} aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Links to whoever helps: an accountant, a provider, a tool of remote maintenance. */
export function Links() {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const kept = useLinks();
  const [added, setAdded] = useState({ label: '', url: '' });
  const save = useAct({
    mutationFn: (links: SupportLinks) => put<SupportLinks>('/api/links', { links }),
    onSuccess: (saved: SupportLinks) => {
      setAdded({ label: '', url: '' });
      queries.setQueryData(KEY, saved);
    },
  });
  if (kept.error) return <Unread query={kept} />;
  const links = kept.data ?? [];
  const wrong = save.error instanceof Refusal && save.error.code === 'request.invalid';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate([...links, { label: added.label.trim(), url: added.url.trim() }]);
  };
  return (
    <section className="card panel" aria-labelledby="support-links">
      <h2 id="support-links" className="section-title">
        {say('ui.links.title')}
      </h2>
      <p className="muted">{say('ui.links.text')}</p>
      {links.length === 0 ? null : (
        <ul className="plain-list">
          {links.map((link) => (
            <li key={`${link.label} ${link.url}`} className="row">
              <span>
                {link.label} <span className="muted">{link.url}</span>
              </span>
              <Button
                small
                look="plain"
                danger
                aria-label={say('ui.links.remove', { label: link.label })}
                onClick={() => save.mutate(links.filter((one) => one !== link))}
              >
                {say('ui.profile.delete')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className="row" onSubmit={submit}>
        <Field id="link-label" label={say('ui.links.label')}>
          <input
            id="link-label"
            className="field"
            maxLength={60}
            value={added.label}
            onChange={(event) => setAdded({ ...added, label: event.target.value })}
          />
        </Field>
        <Field id="link-url" label={say('ui.links.url')} error={wrong ? say('ui.links.wrong') : null}>
          <input
            id="link-url"
            className="field"
            maxLength={500}
            placeholder="https://"
            aria-invalid={wrong}
            value={added.url}
            onChange={(event) => setAdded({ ...added, url: event.target.value })}
          />
        </Field>
        <Button type="submit" disabled={save.isPending || added.label.trim() === '' || added.url.trim() === ''}>
          {say('ui.profile.add')}
        </Button>
      </form>
      {save.error && !wrong ? <TroubleNotice error={save.error} /> : null}
    </section>
  );
}

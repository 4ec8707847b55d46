import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ProfileDocument } from '../../../api/api.ts';
import { put } from '../../api/client.ts';
import { useGaps, useShopLists } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { TroubleNotice, Unread } from '../../parts/Badges.tsx';
import { type Draft, draftOf, withDrafts } from '../mapping/draft.ts';
import { GapBand, isFilled } from '../mapping/GapBand.tsx';
import { KINDS } from '../mapping/kinds.ts';
import { isObject } from '../settings/tabs.ts';
import type { StepProps } from './ConnectionStep.tsx';
import { Foot } from './Foot.tsx';
import { useSave } from './use-save.ts';

/** Step 5: every value of the shop that has no account yet, with the account proposed for it. */
export function AccountsStep({ document, home }: StepProps) {
  const { say } = useSpeech();
  const gaps = useGaps(home.id, true);
  const lists = useShopLists(home.id);
  const { save, error, busy } = useSave(home.id);
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const saved = isObject(document.profile) ? document.profile : {};
  const draft = (which: string) => drafts[which] ?? draftOf(saved, which);
  const open = (which: string) =>
    gaps.filter((gap) => gap.path.startsWith(`mappings.${which}.`) && !isFilled(gap, draft(which)));
  const kinds = KINDS.filter(({ id }) => open(id).length > 0);
  const keep = () =>
    Object.keys(drafts).length === 0
      ? Promise.resolve(true)
      : save(() =>
          put<ProfileDocument>(`/api/profiles/${home.id}/document`, {
            revision: document.revision,
            profile: withDrafts(saved, drafts),
          }),
        );
  const missing = home.missing.filter(({ path }) => path.startsWith('mappings.'));
  return (
    <>
      <div className="start-form wide">
        {lists.error ? <Unread query={lists} /> : null}
        {lists.isLoading ? <p className="muted">{say('ui.start.accounts.reading')}</p> : null}
        {kinds.map((kind) => (
          <section key={kind.id} className="start-gaps">
            <h2 className="section-title">{say(`ui.mapping.title.${kind.id}`)}</h2>
            <GapBand
              kind={kind}
              gaps={open(kind.id)}
              draft={draft(kind.id)}
              onChange={(next) => setDrafts({ ...drafts, [kind.id]: next })}
            />
          </section>
        ))}
        {missing.map(({ path, code }) => (
          <p key={path}>
            {say(`profile.${code}`, { path })}{' '}
            <Link href={`/p/${home.id}/mapping/${path.split('.')[1]}`}>{say('ui.configure')}</Link>
          </p>
        ))}
        {!lists.isLoading && !lists.error && kinds.length === 0 && missing.length === 0 ? (
          <p className="ok" role="status">
            <IconCircleCheck size={16} stroke={1.75} aria-hidden="true" /> {say('ui.start.accounts.done')}
          </p>
        ) : null}
        {error ? <TroubleNotice error={error} /> : null}
      </div>
      <Foot step="accounts" profile={home.id} busy={busy} onNext={keep} />
    </>
  );
}

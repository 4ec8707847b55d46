import { IconCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useSearch } from 'wouter';
import type { AppInfo } from '../../../api/api.ts';
import { useAppInfo, useProfileDocument, useProfileHome } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { Unread } from '../../parts/Badges.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { AccountsStep } from './AccountsStep.tsx';
import { ConnectionStep } from './ConnectionStep.tsx';
import { FileStep } from './FileStep.tsx';
import { LedgerStep } from './LedgerStep.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { ShopStep } from './ShopStep.tsx';
import { STEPS, type Step, stepOf } from './steps.ts';
import { TemplateStep } from './TemplateStep.tsx';

/** The first-run assistant: from a shop's address to a first file, a question a step, each saved as it is answered. */
export function StartPage({ step: asked }: { step: string }) {
  const { say } = useSpeech();
  const info = useAppInfo();
  const search = new URLSearchParams(useSearch());
  const profile = search.get('p');
  const step = profile === null ? 'shop' : stepOf(asked);
  useEffect(() => {
    document.title = `${say(`ui.start.${step}`)} · Comptoir`;
  }, [say, step]);
  return (
    <div className="start">
      <Rail step={step} profile={profile} />
      <main className="start-body">
        <h1 className="start-title">{say(`ui.start.${step}.title`)}</h1>
        <p className="muted">{say(`ui.start.${step}.lead`)}</p>
        {info.error ? <Unread query={info} /> : null}
        {info.data ? <StepBody step={step} info={info.data} profile={profile} url={search.get('url') ?? ''} /> : null}
      </main>
    </div>
  );
}

type BodyProps = { step: Step; info: AppInfo; profile: string | null; url: string };

function StepBody({ step, info, profile, url }: BodyProps) {
  if (profile === null) return <ShopStep info={info} url={url} />;
  return <ProfileStep key={profile} step={step} info={info} profile={profile} />;
}

function ProfileStep({ step, info, profile }: { step: Step; info: AppInfo; profile: string }) {
  const document = useProfileDocument(profile);
  const home = useProfileHome(profile);
  if (document.error || home.error) return <Unread query={document.error ? document : home} />;
  if (!document.data || !home.data) return null;
  const props = { info, document: document.data, home: home.data };
  switch (step) {
    case 'shop':
      return <ShopStep info={info} url={home.data.url} made={profile} />;
    case 'connection':
      return <ConnectionStep {...props} />;
    case 'ledger':
      return <LedgerStep {...props} />;
    case 'template':
      return <TemplateStep {...props} />;
    case 'accounts':
      return <AccountsStep {...props} />;
    case 'preview':
      return <PreviewStep {...props} />;
    case 'file':
      return <FileStep {...props} />;
  }
}

/** The steps; those behind can be opened again. */
function Rail({ step, profile }: { step: Step; profile: string | null }) {
  const { say } = useSpeech();
  const here = STEPS.indexOf(step);
  return (
    <nav className="start-rail" aria-label={say('ui.start.steps')}>
      <p className="brand">
        <Mark />
        <span>Comptoir</span>
      </p>
      <ol>
        {STEPS.map((each, place) => {
          const done = place < here;
          const mark = done ? <IconCheck size={14} stroke={2} aria-hidden="true" /> : place + 1;
          const name = say(`ui.start.${each}`);
          return (
            <li key={each} className={done ? 'done' : place === here ? 'here' : undefined}>
              <span className="start-mark figure" aria-hidden="true">
                {mark}
              </span>
              {profile !== null && place <= here ? (
                <Link href={`/start/${each}?p=${profile}`} aria-current={place === here ? 'step' : undefined}>
                  {name}
                </Link>
              ) : (
                <span
                  className={place === here ? 'strong' : 'muted'}
                  aria-current={place === here ? 'step' : undefined}
                >
                  {name}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="start-saved muted">
        <IconDeviceFloppy size={15} stroke={1.75} aria-hidden="true" /> {say('ui.start.saved')}
      </p>
    </nav>
  );
}

import { Link } from 'wouter';
import type { DocumentPage as Answer } from '../../../api/document.ts';
import { useDocument } from '../../api/queries.ts';
import { useSpeech } from '../../language.tsx';
import { DocumentBadge, StateIconOf, Unread } from '../../parts/Badges.tsx';
import { reasonLook, sayReason } from '../../parts/state.ts';
import { Shell } from '../../shell/Shell.tsx';
import { Skeleton } from '../home/Page.tsx';
import { Acts } from './Acts.tsx';
import { ComparisonCard } from './ComparisonCard.tsx';
import { Lines, Sums } from './Content.tsx';
import { Entries } from './Entries.tsx';
import { Facts, History, Payments, Related, Runs } from './Side.tsx';

/** One document: what was read, what was written of it and why, and all that happened to it. */
export function DocumentPage({ profile, id }: { profile: string; id: string }) {
  const { say } = useSpeech();
  const answer = useDocument(profile, id);
  const document = answer.data;
  const title = document ? say(`ui.document.title.${document.kind}`, { order: document.order }) : say('ui.documents');
  return (
    <Shell profile={profile} here="dashboard" title={title}>
      <div className="page">
        <header className="page-head">
          <div>
            <Link href={`/p/${profile}/documents`} className="crumb">
              {say('ui.documents')}
            </Link>
            <div className="title-row">
              <h1 className="page-title">{title}</h1>
              {document ? <DocumentBadge state={document.state} kind={document.kind} /> : null}
            </div>
          </div>
          {document ? <Acts profile={profile} document={document} /> : null}
        </header>
        {document ? (
          <Body profile={profile} document={document} />
        ) : answer.error ? (
          <Unread query={answer} />
        ) : (
          <Skeleton />
        )}
      </div>
    </Shell>
  );
}

export type Props = { profile: string; document: Answer };

function Body({ profile, document }: Props) {
  return (
    <div className="run-body document-body">
      <div>
        <Reasons document={document} />
        <ComparisonCard document={document} />
        <Sums document={document} />
        <Entries profile={profile} document={document} />
        <Lines document={document} />
      </div>
      <div>
        <Facts document={document} />
        <Payments document={document} />
        <Related profile={profile} document={document} />
        <Runs profile={profile} document={document} />
        <History profile={profile} document={document} />
      </div>
    </div>
  );
}

/** What holds it, or is to be known of it: what happened, and what to do. */
function Reasons({ document }: { document: Answer }) {
  const speech = useSpeech();
  if (document.reasons.length === 0) return null;
  return (
    <ul className="document-reasons">
      {document.reasons.map((reason) => {
        const { message, cure } = sayReason(reason, speech);
        const look = reasonLook(reason);
        return (
          <li key={reason.code + reason.part} className={`notice ${look.tint === 'held' ? 'bad' : ''}`}>
            <StateIconOf icon={look.icon} size={16} />
            <div>
              <p className="strong">{message}</p>
              {cure ? <p>{cure}</p> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconChecks,
  IconCircleX,
  IconHandStop,
  IconLoader2,
  IconRefreshAlert,
  IconSquare,
} from '@tabler/icons-react';
import type { Reason, Trouble } from '../../api/api.ts';
import { Refusal } from '../api/client.ts';
import { useSpeech } from '../language.tsx';
import { Button } from './Controls.tsx';
import { documentLook, reasonLook, runLook, type StateIcon, sayReason, shortReason } from './state.ts';

const ICONS = {
  check: IconCheck,
  checks: IconChecks,
  hand: IconHandStop,
  square: IconSquare,
  ban: IconBan,
  changed: IconRefreshAlert,
  warning: IconAlertTriangle,
  failed: IconCircleX,
  running: IconLoader2,
} as const;

export function StateIconOf({ icon, size = 13 }: { icon: StateIcon; size?: number }) {
  const Icon = ICONS[icon];
  return <Icon size={size} stroke={1.9} aria-hidden="true" className={icon === 'running' ? 'spin' : undefined} />;
}

export function DocumentBadge({ state, kind }: { state: string; kind: 'sale' | 'creditNote' | 'payment' }) {
  const { say } = useSpeech();
  const look = documentLook(state, kind);
  return (
    <span className={`badge ${look.tint}`}>
      <StateIconOf icon={look.icon} />
      {say(look.sentence)}
    </span>
  );
}

export function RunBadge({ state }: { state: string }) {
  const { say } = useSpeech();
  const look = runLook(state);
  return (
    <span className={`badge ${look.tint}`}>
      <StateIconOf icon={look.icon} />
      {say(look.sentence)}
    </span>
  );
}

/** The short words of a reason; the whole sentence is its tooltip and its accessible description. */
export function ReasonBadge({ reason }: { reason: Reason }) {
  const speech = useSpeech();
  const look = reasonLook(reason);
  const { message, cure } = sayReason(reason, speech);
  return (
    <span className={`badge ${look.tint}`} title={`${message} ${cure}`.trim()}>
      <StateIconOf icon={look.icon} />
      {shortReason(reason, speech)}
    </span>
  );
}

/** The state of a document in a list: of one held or left out, the reasons say it. */
export function DocumentStates({
  state,
  kind,
  reasons,
}: {
  state: string;
  kind: 'sale' | 'creditNote';
  reasons: readonly Reason[];
}) {
  const isTold = (state === 'held' || state === 'excluded') && reasons.length > 0;
  return (
    <span style={{ display: 'inline-flex', gap: 6, flexWrap: 'wrap' }}>
      {isTold ? null : <DocumentBadge state={state} kind={kind} />}
      {reasons.map((reason) => (
        <ReasonBadge key={reason.code + reason.part} reason={reason} />
      ))}
    </span>
  );
}

/** A failure of the server or of a run, with its cure. */
export function TroubleNotice({ error, children }: { error: unknown; children?: React.ReactNode }) {
  const speech = useSpeech();
  const { message, cure } = sayReason(troubleOf(error), speech);
  return (
    <div className="notice bad" role="alert">
      <IconCircleX size={16} stroke={1.75} aria-hidden="true" />
      <div>
        <p className="strong">{message}</p>
        {cure ? <p>{cure}</p> : null}
        {children}
      </div>
    </div>
  );
}

/** A page that could not be read: why, and to try again. */
export function Unread({
  query,
  children,
}: {
  query: { readonly error: unknown; readonly isFetching: boolean; readonly refetch: () => unknown };
  children?: React.ReactNode;
}) {
  const { say } = useSpeech();
  return (
    <TroubleNotice error={query.error}>
      <div className="notice-acts">
        <Button small disabled={query.isFetching} onClick={() => query.refetch()}>
          {say('ui.retry')}
        </Button>
        {children}
      </div>
    </TroubleNotice>
  );
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Refusal) return error;
  if (typeof error === 'object' && error !== null && 'code' in error && 'values' in error) return error as Trouble; // the shape just checked
  return { code: 'web.fault', values: { reason: String(error) } };
}

import type { Access } from '../access/access.ts';
import type { DemoSummary, LedgerChoice, ShopChoice } from '../api/api.ts';
import type { OwnFormats } from '../profiles/own-format.ts';
import type { Known } from '../profiles/validate.ts';
import type { RunDeps } from '../runs/deps.ts';
import type { RunEvent, RunOutcome, RunRequest } from '../runs/events.ts';
import type { Exclusion } from '../runs/review.ts';
import type { LiveRuns } from './live.ts';
import type { LogFiles } from './log-files.ts';
import type { ReviewCache } from './review-cache.ts';

/** All the server needs, as one value; `main.ts` builds it. The clock is `deps.now`. */
export type ServerApp = {
  readonly version: string;
  /** This machine's time zone. */
  readonly zone: string;
  readonly deps: RunDeps;
  readonly runs: RunTools;
  readonly shops: readonly ShopChoice[];
  readonly ledgers: readonly LedgerChoice[];
  readonly demos: readonly DemoSummary[];
  readonly templates: readonly string[];
  /** Shops, ledgers and limits that a profile is validated against. */
  readonly known: Known;
  readonly ownFormats: OwnFormats;
  /** The demo profile, made at its first use; its id, or null when there is no such demo. */
  readonly openDemo: (id: string) => Promise<string | null>;
  readonly home: HomeTools;
  /** Ends this server and starts it again on the folder as it is then. */
  readonly restart: () => void;
  /** The built web app; null when there is none. */
  readonly webFolder: string | null;
  /** Where faults of the programme go; never a secret, never a customer's name. */
  readonly logFault: (place: string, error: unknown) => void;
};

/** Where the data are, and the way elsewhere. */
export type HomeTools = {
  /** `given`: `--home` or `COMPTOIR_HOME` says where; `moved`: the page did. */
  readonly origin: 'given' | 'moved' | 'platform';
  /** Refuses a folder the data cannot go to. */
  readonly check: (folder: string) => Promise<void>;
  /** Ends this server, copies the data, and starts again on them; what became of it is kept in the setting `home-move`. */
  readonly move: (folder: string) => void;
  /** What was left behind. */
  readonly left: () => Promise<{ readonly path: string; readonly bytes: number } | null>;
  readonly removeLeft: () => Promise<void>;
};

/** What `src/runs` exports of the flow. */
export type RunTools = {
  readonly startRun: (deps: RunDeps, request: RunRequest, signal: AbortSignal) => AsyncGenerator<RunEvent, RunOutcome>;
  readonly writeReview: (deps: RunDeps, run: string, signal: AbortSignal) => AsyncGenerator<RunEvent, RunOutcome>;
  readonly rebuildReview: (
    deps: RunDeps,
    run: string,
    mend?: () => Promise<void>,
  ) => Promise<{ readonly released: number }>;
  readonly answerLate: (
    deps: RunDeps,
    run: string,
    answer: NonNullable<RunRequest['late']>,
  ) => Promise<{ readonly released: number }>;
  readonly closeReview: (deps: RunDeps, run: string) => Promise<void>;
  readonly excludeDocuments: (
    deps: RunDeps,
    run: string,
    keys: readonly string[],
    reason: string,
  ) => Promise<Exclusion>;
  readonly includeDocuments: (deps: RunDeps, run: string, keys: readonly string[]) => Promise<void>;
  readonly resetTransfers: (
    deps: RunDeps,
    profile: string,
    ids: readonly string[] | null,
    reason: string,
  ) => Promise<number>;
  readonly undoExclusion: (deps: RunDeps, run: string, at: string) => Promise<number>;
};

/** What handlers work with: the app, the runs of this process, and what reviews were asked last. */
export type Services = {
  readonly app: ServerApp;
  readonly live: LiveRuns;
  readonly reviews: ReviewCache;
  readonly access: Access;
  readonly log: LogFiles;
};

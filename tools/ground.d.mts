/** What TypeScript files use of `ground.mjs`, which is plain JavaScript for the older Node that runs it too. */
export function ensureWeb(): Promise<void>;
export const NODE: string;
export const NODE_OPTIONS: readonly string[];
export const TSC: readonly string[];

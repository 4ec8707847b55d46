/** What TypeScript files use of `ground.mjs`, which is plain JavaScript for the older Node that runs it too. */
export function ensureWeb(): Promise<void>;

const MINUTE_MS = 60_000;

/** Does something now and each minute, never twice at once; `stop` waits for what is under way. */
export function everyMinute(work: () => Promise<unknown>, onFault: (error: unknown) => void) {
  let current: Promise<unknown> | null = null;
  const begin = () => {
    current ??= work()
      .catch(onFault)
      .finally(() => {
        current = null;
      });
  };
  const timer = setInterval(begin, MINUTE_MS);
  timer.unref();
  begin();
  return {
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}

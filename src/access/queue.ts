/** Tasks one after another, so many waiting at most; null for one that comes beyond. */
export function queue(maxWaiting: number) {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async <Result>(task: () => Promise<Result>): Promise<Result | null> => {
    if (waiting >= maxWaiting) return null;
    waiting += 1;
    const turn = last.then(task);
    last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}

/**
 * The same values, each asked for before the one before it is used up: while a page is analysed and kept, the shop already
 * prepares the next. One value is ahead, never more, so that memory holds a page and not a shop.
 */
export async function* ahead<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value> {
  const iterator = values[Symbol.asyncIterator]();
  let next = asked();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) {
        ended = true;
        return;
      }
      next = asked();
      yield value;
    }
  } finally {
    // Whoever stops early does not wait for an answer that nobody wants any more.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => {});
  }

  /** What fails ahead is said when its turn comes. */
  function asked(): Promise<IteratorResult<Value>> {
    const result = iterator.next();
    result.catch(() => {});
    return result;
  }
}

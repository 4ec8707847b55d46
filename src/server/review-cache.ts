/**
 * What was computed of a review, until something of it changes: sorting and filtering 100 000 entries once per question
 * instead of once per screen.
 */
export type ReviewCache = {
  /** Something of the review changed: nothing computed before is true any more. */
  readonly touch: (run: string) => void;
  readonly remember: <Value>(run: string, question: string, compute: () => Promise<Value>) => Promise<Value>;
};

/** A question over 100 000 entries keeps two numbers of each. */
const MAX_ANSWERS = 24;

export function reviewCache(): ReviewCache {
  const answers = new Map<string, Promise<unknown>>();
  const revisions = new Map<string, number>();
  return { touch, remember };

  function touch(run: string): void {
    revisions.set(run, (revisions.get(run) ?? 0) + 1);
    for (const key of answers.keys()) if (key.startsWith(`${run}\n`)) answers.delete(key);
  }

  async function remember<Value>(run: string, question: string, compute: () => Promise<Value>): Promise<Value> {
    const key = `${run}\n${revisions.get(run) ?? 0}\n${question}`;
    const known = answers.get(key) as Promise<Value> | undefined; // stored below under this very question
    if (known !== undefined) {
      answers.delete(key);
      answers.set(key, known);
      return known;
    }
    const answer = compute();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    for (const oldest of answers.keys()) {
      if (answers.size <= MAX_ANSWERS) break;
      answers.delete(oldest);
    }
    return answer;
  }
}

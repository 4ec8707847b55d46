/**
 * What was computed of a review, until something of it changes: sorting and filtering 100 000 entries once per question
 * instead of once per screen.
 */
export type ReviewCache = {
  /** Something of the review changed: what was computed before is no longer true, but for questions beginning with `spared`. */
  readonly touch: (run: string, spared?: string) => void;
  readonly remember: <Value>(run: string, question: string, compute: () => Promise<Value>) => Promise<Value>;
};

/** A question over 100 000 entries keeps a few numbers of each. */
const MAX_ANSWERS = 24;

export function reviewCache(): ReviewCache {
  const answers = new Map<string, Promise<unknown>>();
  return { touch, remember };

  function touch(run: string, spared?: string): void {
    for (const key of answers.keys()) {
      if (key.startsWith(`${run}\n`) && (spared === undefined || !key.startsWith(`${run}\n${spared}`)))
        answers.delete(key);
    }
  }

  async function remember<Value>(run: string, question: string, compute: () => Promise<Value>): Promise<Value> {
    const key = `${run}\n${question}`;
    const answer = (answers.get(key) as Promise<Value> | undefined) ?? compute(); // kept under this very question
    answers.delete(key);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    for (const oldest of answers.keys()) {
      if (answers.size <= MAX_ANSWERS) break;
      answers.delete(oldest);
    }
    return answer;
  }
}

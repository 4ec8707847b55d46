import { type UseMutationOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * A change asked of the server by a button. A second click comes before the button has been drawn as busy: while the
 * first is under way, it does nothing. What is being read when it ends may have been answered before it, and is read again.
 */
export function useAct<Answer, Asked = void>(
  options: UseMutationOptions<Answer, Error, Asked> & { readonly mutationFn: (asked: Asked) => Promise<Answer> },
) {
  const queries = useQueryClient();
  const busy = useRef(false);
  const act = useMutation<Answer, Error, Asked>({
    ...options,
    mutationFn: async (asked) => {
      try {
        const answer = await options.mutationFn(asked);
        void queries.invalidateQueries({ predicate: ({ state }) => state.fetchStatus === 'fetching' });
        return answer;
      } finally {
        busy.current = false;
      }
    },
  });
  return {
    ...act,
    mutate: (...given: Parameters<typeof act.mutate>) => {
      if (busy.current) return;
      busy.current = true;
      act.mutate(...given);
    },
  };
}

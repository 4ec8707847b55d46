import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

/**
 * A change asked of the server by a button. A second click comes before the button has been drawn as busy: while the
 * first is under way, it does nothing.
 */
export function useAct<Answer, Asked = void>(
  options: UseMutationOptions<Answer, Error, Asked> & { readonly mutationFn: (asked: Asked) => Promise<Answer> },
) {
  const busy = useRef(false);
  const act = useMutation<Answer, Error, Asked>({
    ...options,
    mutationFn: async (asked) => {
      try {
        return await options.mutationFn(asked);
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

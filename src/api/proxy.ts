import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';

export const proxyAnswer = z
  .object({
    url: z.string().nullable(),
    user: z.string().nullable(),
    exceptions: z.array(z.string()),
    passwordSet: z.boolean(),
  })
  .meta({
    id: 'ProxyAnswer',
    description: 'Options › Proxy. `exceptions`: servers reached without it; null address: no proxy.',
  });
export type ProxyAnswer = Answer<typeof proxyAnswer>;

export type SaveProxy = Omit<ProxyAnswer, 'passwordSet'> & { readonly password?: string };

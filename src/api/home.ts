import { z } from 'zod';
import { type Answer, texts } from '../schema/answer.ts';

/** Where the data are. */
export const homeAnswer = z
  .object({
    path: z.string(),
    origin: z
      .enum(['given', 'moved', 'platform'])
      .meta({ description: '`given`: --home or COMPTOIR_HOME says where; `moved`: POST /api/home did' }),
    left: z
      .object({ path: z.string(), bytes: z.number() })
      .nullable()
      .meta({ description: 'The folder that was left, which can be deleted' }),
    last: z
      .object({ at: z.string(), target: z.string(), code: z.string().nullable(), values: texts })
      .nullable()
      .meta({ description: 'The last move; `code`: why it did not take place' }),
  })
  .meta({ id: 'HomeAnswer' });
export type HomeAnswer = Answer<typeof homeAnswer>;

export const moveHome = z.strictObject({ folder: z.string().trim().min(1).max(1000) });

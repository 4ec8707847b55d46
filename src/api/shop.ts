import { z } from 'zod';
import { type Answer, texts } from '../schema/answer.ts';
import { trouble } from './api.ts';

/** What is asked of the shop itself, and what an import may ask of it. */

export const checkAnswer = z
  .object({
    checks: z.array(
      z.object({
        id: z.string(),
        result: z.enum(['ok', 'warning', 'failed', 'skipped']),
        values: texts,
        durationMs: z.number().nullable(),
      }),
    ),
    ledger: z.object({ ok: z.boolean(), code: z.string().nullable(), values: texts }),
  })
  .meta({
    id: 'CheckAnswer',
    description:
      "Answer of POST /api/profiles/:p/check: sentences `check.<id>.<result>`; the ledger's code is a failure's.",
  });
export type CheckAnswer = Answer<typeof checkAnswer>;

const listItem = z
  .object({
    id: z.string(),
    name: z.string(),
    active: z.boolean(),
    rate: z.exactOptional(z.string()),
    country: z.exactOptional(z.string()),
    owed: z.exactOptional(z.enum(['giftCard', 'storeCredit', 'points'])),
  })
  .meta({ id: 'ListItem' });

export const shopLists = z
  .object({
    countries: z.array(listItem),
    taxRules: z.array(listItem),
    taxes: z.array(listItem),
    carriers: z.array(listItem),
    paymentMethods: z.array(listItem),
    statuses: z.array(listItem.extend({ readByDefault: z.boolean() })),
    currencies: z.array(listItem),
    subShops: z.array(listItem),
    categories: z.exactOptional(z.array(listItem).describe('Of products, where the shop tells them.')),
  })
  .meta({
    id: 'ShopLists',
    description: 'Answer of GET /api/profiles/:p/lists: what the shop knows, for the mappings.',
  });
export type ShopLists = Answer<typeof shopLists>;

export const profileGap = z
  .object({
    kind: z.enum(['payment', 'tax', 'currency', 'account', 'vatRate']),
    item: z.string(),
    name: z.string(),
    country: z.string().nullable(),
    rate: z.string().nullable(),
    path: z.string().describe('The list where the row is to be added.'),
    row: z.record(z.string(), z.union([z.string(), z.boolean()]).nullable()).nullable(),
  })
  .meta({
    id: 'ProfileGap',
    description:
      'A value the shop shows and the mappings lack, and the exception that would fill it: answer of GET …/gaps.',
  });
export type ProfileGap = Answer<typeof profileGap>;

export const periodCount = z
  .object({
    documents: z.number().nullable(),
    alreadyTransferred: z.number(),
    statusesRead: z.number(),
    statusesKnown: z.number(),
    findBy: z.enum(['order', 'invoice']),
    timeZone: z.string(),
    trouble: trouble.nullable(),
  })
  .meta({ id: 'PeriodCount' });
export type PeriodCount = Answer<typeof periodCount>;

import { z } from 'zod';
import { type Problem, problem } from '../../core/problem.ts';
import { idText, textOrNull } from '../../schema/codes.ts';
import type { ReadRequest } from '../reader.ts';
import type { WooClient } from './client.ts';
import { identified, recordsOf } from './pages.ts';

/**
 * What orders do not say and some profiles go by: the category of a product (the first the shop gives; orders name the
 * product alone) and the role of a customer, which is the nearest thing to a group WooCommerce has. Asked only when an
 * exception of the profile names one, each product and customer once a run, in lots.
 */
export type Attributes = {
  readonly categories: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  /** Learns what these records of orders need; what this key may not read is told, once. */
  readonly learn: (orders: readonly unknown[]) => Promise<readonly Problem[]>;
};

const ofOrder = z.object({
  customer_id: z.int().catch(0),
  line_items: z.array(z.object({ product_id: idText }).catch({ product_id: '0' })).catch([]),
});
const product = z.object({ id: idText, categories: z.array(z.object({ id: idText })).default([]) });
const customer = z.object({ id: idText, role: textOrNull });

const LOT = 100;

export function attributesOf(client: WooClient, { options, signal }: ReadRequest): Attributes {
  const categories = new Map<string, string>();
  const roles = new Map<string, string>();
  const asked = { products: new Set<string>(), customers: new Set<string>() };
  const refused = new Set<string>();
  return { categories, roles, learn };

  async function learn(orders: readonly unknown[]): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    const known = orders.flatMap((order) => ofOrder.safeParse(order).data ?? []);
    if (options.categories) {
      const ids = known.flatMap(({ line_items }) => line_items.map(({ product_id }) => product_id));
      await each('products', ids, 'id,categories', (record) => {
        const [first] = product.parse(record).categories;
        if (first !== undefined) categories.set(product.parse(record).id, first.id);
      });
    }
    if (options.customerGroups) {
      const ids = known.map(({ customer_id }) => String(customer_id));
      await each('customers', ids, 'id,role', (record) => {
        const { id, role } = customer.parse(record);
        if (role !== null) roles.set(id, role);
      });
    }
    return problems;

    async function each(
      resource: keyof typeof asked,
      ids: readonly string[],
      fields: string,
      take: (record: unknown) => void,
    ): Promise<void> {
      const wanted = [...new Set(ids)].filter((id) => id !== '0' && !asked[resource].has(id));
      for (let start = 0; start < wanted.length && !refused.has(resource); start += LOT) {
        const lot = wanted.slice(start, start + LOT);
        // Roles other than `customer` are left out unless all are asked for.
        const params = { include: lot.join(','), per_page: String(LOT), _fields: fields };
        const all = resource === 'customers' ? { ...params, role: 'all' } : params;
        const answer = await client.askIfAllowed(resource, all, { signal });
        if (answer === null) {
          refused.add(resource);
          problems.push(problem('shop.read-incomplete', 'warn', null, { right: resource }));
          return;
        }
        for (const id of lot) asked[resource].add(id);
        for (const record of recordsOf(answer.data, answer.answer.url)) {
          if (identified.safeParse(record).success) take(record);
        }
      }
    }
  }
}

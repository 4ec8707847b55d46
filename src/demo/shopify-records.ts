import { dataText } from './data-files.ts';
import { buildOrder } from './shopify-build.ts';
import { type DescribedOrder, describedOrders } from './shopify-described.ts';
import type { Node } from './shopify-money.ts';
import { balanceOf } from './shopify-payouts.ts';

/** All a shop of ours holds: answers recorded in the API's own shape, and orders built of descriptions in few words. */
export type ShopifyRecords = {
  readonly shop: Node;
  readonly businessEntities: readonly Node[];
  readonly locations: readonly Node[];
  readonly orders: readonly Node[];
  readonly payouts: readonly Node[];
  readonly balanceTransactions: readonly Node[];
};

const CAPTURED = ['1042', '1043', '1044'];
const CAPTURED_REFUNDS: Readonly<Record<string, readonly string[]>> = { '1042': ['07-refund-501'] };

/** The recorded orders and those described, so many times; `change` makes other descriptions of these first. */
export function shopifyRecords(
  change: (orders: readonly DescribedOrder[]) => readonly DescribedOrder[] = (all) => all,
  copies = 1,
): ShopifyRecords {
  const context = answer('01-shop-context');
  const built = copiesOf(change(describedOrders()), copies).map(buildOrder);
  const balance = balanceOf(built);
  return {
    shop: context.shop as Node,
    businessEntities: context.businessEntities as Node[],
    locations: [place(11, 'Lyon', 'FR'), place(12, 'Bruxelles', 'BE')],
    orders: [...CAPTURED.map(capturedOrder), ...built],
    payouts: [...nodesOf((answer('09-payouts').shopifyPaymentsAccount as Node).payouts), ...balance.payouts],
    balanceTransactions: [
      ...nodesOf((answer('10-balance-transactions').shopifyPaymentsAccount as Node).balanceTransactions),
      ...balance.rows,
    ],
  };
}

/** Ids of copies stand this far apart, beyond any id of one of them. */
const APART = 20_000;

/** The same trade again and again, each time under ids of its own. */
function copiesOf(orders: readonly DescribedOrder[], copies: number): readonly DescribedOrder[] {
  return Array.from({ length: copies }, (_, copy) =>
    orders.map((order) => {
      if (copy === 0) return order;
      const id = (own: number) => own + copy * APART;
      const events = (order.events ?? []).map((event) => ({
        ...event,
        id: id(event.id),
        ...(event.agreement === undefined ? {} : { agreement: id(event.agreement) }),
        ...(event.return === undefined ? {} : { return: id(event.return) }),
      }));
      return { ...order, id: id(order.id), events };
    }),
  ).flat();
}

/** Every refund of every order, by id. */
export function refundsOf(orders: readonly Node[]): ReadonlyMap<string, Node> {
  return new Map(
    orders.flatMap(({ refunds }) => (refunds as Node[]).map((refund) => [String(refund.id), refund] as const)),
  );
}

/** Several answers about one order, as the one record behind them: connections become lists. */
function capturedOrder(name: string): Node {
  const detail = unfolded(answer(`04-order-${name}`).order as Node) as Node;
  const agreements = nodesOf((answer(`06-order-${name}-agreements`).order as Node).agreements);
  const refunds = (CAPTURED_REFUNDS[name] ?? []).map((file) => ({
    ...(unfolded(answer(file).refund as Node) as Node),
    __typename: 'Refund',
  }));
  const applications = detail.discountApplications as Node[];
  const lineItems = (detail.lineItems as Node[]).map((line) => ({
    ...line,
    discountAllocations: (line.discountAllocations as Node[]).map((one) => named(one, applications)),
  }));
  return { ...detail, __typename: 'Order', lineItems, agreements: unfolded(agreements), refunds };
}

/** A recorded allocation names its discount by its place alone. */
function named(allocation: Node, applications: readonly Node[]): Node {
  const { index } = allocation.discountApplication as Node;
  const discountApplication = applications.find((one) => one.index === index) ?? allocation.discountApplication;
  return { ...allocation, discountApplication };
}

function answer(name: string): Node {
  return (JSON.parse(dataText(`shopify/captured/${name}.json`)) as { data: Node }).data;
}

function nodesOf(connection: unknown): Node[] {
  return (connection as { nodes: Node[] }).nodes;
}

/** Lists in the place of connections, at any depth. */
function unfolded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfolded);
  if (typeof value !== 'object' || value === null) return value;
  if ('nodes' in value) return unfolded(value.nodes);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unfolded(inner)]));
}

function place(id: number, name: string, countryCode: string): Node {
  return {
    __typename: 'Location',
    id: `gid://shopify/Location/${id}`,
    legacyResourceId: String(id),
    name,
    isActive: true,
    address: { countryCode },
  };
}

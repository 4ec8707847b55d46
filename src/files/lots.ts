import type { ReadItem } from '../shops/reader.ts';
import { type Break, type FileLot, LOT } from './sales-file.ts';

/** Items gathered into lots as they are read. */
export type Gathering = {
  /** The lot that ends before this item; null: none does. */
  readonly add: (item: ReadItem) => FileLot | null;
  /** What is left, with where the file is broken. */
  readonly rest: (broken: Break | null) => FileLot;
};

/**
 * Documents of a lot, if the next is of another order. They are few, since what is made of all of a lot at once should not
 * outlive a collection of the young generation; documents of one order stay together, since they may balance together.
 */
const ENOUGH = 25;

export function gathering(): Gathering {
  let lot: ReadItem[] = [];
  return {
    add: (item) => {
      const isFull = lot.length >= LOT || (lot.length >= ENOUGH && orderOf(item) !== orderOf(lot.at(-1)));
      const ended = isFull ? lot : null;
      if (isFull) lot = [];
      lot.push(item);
      return ended && { items: ended, broken: null };
    },
    rest: (broken) => ({ items: lot, broken }),
  };
}

function orderOf(item: ReadItem | undefined): string | undefined {
  return item?.state === 'read' ? item.document.order.id : item?.orderId;
}

/** Keys at first; the table doubles when it is half full. */
const FIRST_PLACES = 1 << 12;

/**
 * Says of each key of a run whether it came before. A million keys stand in 16 MB: a key is kept as 64 bits of hash,
 * and two different ones of a million meet with a chance of 1 to 30 million, which would hold a document, never lose it.
 */
export function seenKeys(): (key: string) => boolean {
  let table = new Uint32Array(2 * FIRST_PLACES);
  let count = 0;
  return (key) => {
    const [high, low] = hashOf(key);
    if (!insert(table, high, low)) return true;
    count += 1;
    if (4 * count > table.length) grow();
    return false;
  };

  function grow(): void {
    const old = table;
    table = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = old.subarray(at, at + 2);
      if (high !== 0) insert(table, high, low);
    }
  }
}

/** False when the pair is in the table already; a free place has zero in its first half. */
function insert(table: Uint32Array, high: number, low: number): boolean {
  const mask = table.length - 1;
  for (let at = (low * 2) & mask; ; at = (at + 2) & mask) {
    if (table[at] === 0) {
      table[at] = high;
      table[at + 1] = low;
      return true;
    }
    if (table[at] === high && table[at + 1] === low) return false;
  }
}

/** Two independent FNV-1a hashes, each mixed at its end; the first is never zero. */
function hashOf(key: string): [number, number] {
  let [one, two] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x5bd1e995);
  }
  return [mixed(one) || 1, mixed(two)];
}

function mixed(bits: number): number {
  let value = bits ^ (bits >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

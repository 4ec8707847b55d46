import type { Site, Stretch } from './mutate.ts';

/**
 * The source with all its faults at once, each behind a switch: `a < b` becomes
 * `$two(a, b, (l, r) => $is(7) ? l <= r : $is(8) ? l >= r : l < r)`. `$is` says whether a fault is the one that is in.
 */
export function switched(source: string, sites: readonly Site[]): string {
  return within({ start: 0, end: source.length }, sites);

  /** The code of a stretch; `inner` are the sites within it, an outer one before those within it. */
  function within({ start, end }: Stretch, inner: readonly Site[]): string {
    let text = '';
    let at = start;
    inner.forEach((site, index) => {
      if (site.start < at) return; // within the one before
      text += source.slice(at, site.start) + codeOf(site, inner.slice(index + 1));
      at = site.end;
    });
    return text + source.slice(at, end);
  }

  function codeOf(site: Site, later: readonly Site[]): string {
    const { kind, mutants, operator } = site;
    const inner = later.filter((one) => one.start >= site.start && one.end <= site.end);
    const [left = '', right = ''] = site.parts.map((part) =>
      within(
        part,
        inner.filter((one) => one.start >= part.start && one.end <= part.end),
      ),
    );
    const choice = (wrong: (to: string) => string, sound: string): string =>
      `${mutants.map(({ id, to }) => `$is(${id}) ? ${wrong(to)} : `).join('')}${sound}`;
    switch (kind) {
      case 'operator':
        return `$two(${left}, ${right}, (l, r) => ${choice((to) => `l ${to} r`, `l ${operator} r`)})`;
      case 'short': {
        const wrong = (to: string) => (operator === '??' ? 'l' : `l ${to} r()`);
        return `$two(${left}, () => (${right}), (l, r) => ${choice(wrong, `l ${operator} r()`)})`;
      }
      case 'unary':
        return `$one(${left}, (l) => ${choice(() => 'l', `${operator}l`)})`;
      case 'assignment':
        return `(${choice((to) => `${left} ${to} ${right}`, `${left} ${operator} ${right}`)})`;
      case 'test':
        return `(${choice((to) => to, `(${within(site, inner)})`)})`;
      case 'literal':
        return `(${choice((to) => to, source.slice(site.start, site.end))})`;
      case 'key':
        return `[${choice((to) => to, source.slice(site.start, site.end))}]`;
    }
  }
}

/** The steps of the first-run assistant, in their order; each is an address, and what it settles is saved in the profile. */
export const STEPS = ['shop', 'connection', 'ledger', 'template', 'accounts', 'preview', 'file'] as const;
export type Step = (typeof STEPS)[number];

export function stepOf(text: string): Step {
  return STEPS.find((step) => step === text) ?? 'shop';
}

export function after(step: Step): Step {
  return STEPS[STEPS.indexOf(step) + 1] ?? 'file';
}

export function before(step: Step): Step {
  return STEPS[STEPS.indexOf(step) - 1] ?? 'shop';
}

/** The template a shop's address speaks for; France when it says nothing. */
export function templateFor(address: string, known: readonly string[]): string {
  const end = URL.canParse(address) ? (new URL(address).hostname.split('.').at(-1) ?? '') : '';
  const wanted = end === 'be' ? 'belgium' : end === 'lu' ? 'luxembourg' : 'france';
  return known.includes(wanted) ? wanted : (known[0] ?? '');
}

/** The last thirty days, whole, up to yesterday: days of UTC, which are near enough for a first look. */
export function lastThirtyDays(now: Date): { readonly from: string; readonly to: string } {
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
  return { from: day(30), to: day(1) };
}

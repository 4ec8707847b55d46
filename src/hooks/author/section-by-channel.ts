import type { Hook } from './comptoir-hook.d.ts';

/** The analytic section of each channel of the shop; the others keep what the profile gives. */
const SECTIONS: Readonly<Record<string, string>> = { web: 'WEB', pos: 'MAGASIN', amazon: 'MARKET' };

/** Sales and shipping go to the section of the channel the order came by. */
export const hook: Hook = (document, entries) => {
  const section = SECTIONS[document.channel?.id ?? ''];
  if (section === undefined) return entries;
  for (const { lines } of entries) {
    for (const line of lines) if (line.role === 'sales' || line.role === 'shipping') line.section = section;
  }
  return entries;
};

import type { LedgerChoice } from '../../api/api.ts';
import type { Speech } from '../language.tsx';

/** How sure the layout of a ledger's files is and what it was held against; below 4, whom to ask first. */
export function sureness({ say }: Pick<Speech, 'say'>, ledgers: readonly LedgerChoice[], id: string): string | null {
  const ledger = ledgers.find((one) => one.id === id);
  if (ledger === undefined) return null;
  const { confidence } = ledger;
  const known = say('format.sureness', { confidence: String(confidence), checked: say(`format.checked.${id}`) });
  return confidence < 4 ? `${known} ${say('format.ask-accountant')}` : known;
}

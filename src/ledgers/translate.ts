import type { NumberedEntry } from '../core/entry.ts';
import type { FormatContext } from '../formats/format.ts';

type Codes = Readonly<Record<string, string>>;

/**
 * Codes of the profile into those of the ledger, for files that have less room than the profile's codes need (`VTE` →
 * `VT`). Everything else of the product goes on with the profile's own. Names of the chart follow their codes.
 */
export function translation(context: FormatContext): {
  readonly context: FormatContext;
  readonly translate: (entry: NumberedEntry) => NumberedEntry;
} {
  const { journals, accounts, thirdParties } = context.translate;
  if ([journals, accounts, thirdParties].every((codes) => Object.keys(codes).length === 0)) {
    return { context, translate: (entry) => entry };
  }
  const { chart } = context;
  const renamed = {
    journals: following(chart.journals, journals),
    accounts: following(chart.accounts, accounts),
    thirdParties: following(chart.thirdParties, thirdParties),
  };
  return { context: { ...context, chart: renamed }, translate };

  function translate(entry: NumberedEntry): NumberedEntry {
    const lines = entry.lines.map((line) => ({
      ...line,
      account: translated(line.account, accounts),
      thirdParty: line.thirdParty === null ? null : translated(line.thirdParty, thirdParties),
    }));
    const customers = entry.customers.map((customer) => {
      const { account, thirdParty, code } = customer;
      const own = code === thirdParty ? thirdParties : accounts;
      return {
        ...customer,
        account: translated(account, accounts),
        thirdParty: translated(thirdParty, thirdParties),
        code: translated(code, own),
      };
    });
    return { ...entry, journal: translated(entry.journal, journals), customers, lines };
  }
}

function translated(code: string, codes: Codes): string {
  return Object.hasOwn(codes, code) ? (codes[code] ?? code) : code;
}

/** Names under the new codes too; a name that the chart gives the new code itself stays. */
function following(names: Codes, codes: Codes): Codes {
  const moved = Object.entries(codes).flatMap(([from, to]) =>
    Object.hasOwn(names, from) ? [[to, names[from] ?? '']] : [],
  );
  return { ...Object.fromEntries(moved), ...names };
}

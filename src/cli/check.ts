import type { Command } from 'commander';
import { Failure } from '../core/problem.ts';
import { hasSentence } from '../i18n/translate.ts';
import { gaps } from '../profiles/gaps.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { type Unmapped, unmappedInUse } from '../runs/used.ts';
import type { ConnectionCheck } from '../shops/reader.ts';
import type { Tools } from './app.ts';
import type { Context } from './cli.ts';
import { idOf } from './profile-store.ts';
import { type Say, whole } from './say.ts';
import { table } from './table.ts';

/** A shop may know the taxes of all Europe; `--json` gives all of them. */
const SHOWN_GAPS = 20;

/** What was found of one profile. `gaps`: what its shop shows and its mapping lacks, which fails nothing. */
type Found = {
  readonly profile: string;
  readonly checks: readonly { readonly id: string; readonly result: string; readonly message: string }[];
  readonly gaps: readonly { readonly kind: string; readonly item: string; readonly message: string }[];
  /** What documents of the last year need and the mapping does not answer; absent unless it was asked. */
  readonly used?: readonly { readonly code: string; readonly documents: number; readonly message: string }[];
};

/**
 * `comptoir check`: whether shop and ledger answer, and what the shop shows and the mapping lacks; of all profiles
 * unless one is named. One that cannot be opened at all is told like the others, which go on.
 */
export function addCheck(program: Command, context: Context): void {
  const { app, say, tools, end } = context;
  program
    .command('check')
    .description(say.text('cli.help.check'))
    .option('--profile <id>', say.text('cli.help.check-profile'))
    .option('--orders', say.text('cli.help.check-orders'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ profile, orders = false, json }: { profile?: string; orders?: boolean; json?: boolean }) => {
      const opened = await tools();
      const { terminal } = app;
      const signal = terminal.interrupt();
      const ids =
        profile === undefined
          ? (await opened.deps.store.profiles.list()).map(({ id }) => id)
          : [await idOf(opened, profile)];
      const all: Found[] = [];
      for (const id of ids) {
        const found = await check(opened, say, { id, orders }, signal);
        all.push(found);
        if (!json) terminal.out(shown(found, context));
      }
      if (json) {
        const answer = profile === undefined ? { profiles: all } : all[0];
        terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
      } else if (all.length === 0) terminal.out(`${say.text('cli.check.no-profile')}\n`);
      end(all.some(hasFailed) ? 1 : 0);
    });
}

function hasFailed({ checks }: Found): boolean {
  return checks.some(({ result }) => result === 'failed');
}

async function check(
  tools: Tools,
  say: Say,
  { id: profile, orders }: { readonly id: string; readonly orders: boolean },
  signal: AbortSignal,
): Promise<Found> {
  try {
    const stored = await tools.deps.profiles.get(profile);
    const { checks, found, used } = await shopChecks(tools, stored, orders, signal);
    return {
      profile,
      checks: [
        ...checks.map((one) => ({ id: one.id, result: one.result, message: sentenceOf(one, say) })),
        await ledgerCheck(tools, stored, say),
      ],
      gaps: found.map(({ kind, item, name, rate }) => ({
        kind,
        item,
        message: say.text(`profile.gap.${kind}`, { item, name, rate: rate ?? '' }),
      })),
      ...(used !== null && { used: used.map((one) => usedLine(one, say)) }),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { profile, checks: [{ id: 'profile', result: 'failed', message: whole(say.trouble(error)) }], gaps: [] };
  }
}

function usedLine({ problem, documents, first }: Unmapped, say: Say) {
  const { code, values } = problem;
  const payment = code === 'mapping.unknown-payment' || code === 'mapping.unknown-payment-sale';
  const what = payment ? say.text('cli.check.used-payment', values) : say.reason(problem).message;
  return { code, documents, message: say.text('cli.check.used', { what, count: documents, first }) };
}

async function ledgerCheck(tools: Tools, stored: StoredProfile, say: Say): Promise<Found['checks'][number]> {
  const { ok, code, values } = await tools.checkLedger(stored);
  const message = ok ? say.text('cli.check.ledger', values) : whole(say.trouble({ code: code ?? '', values }));
  return { id: 'ledger', result: ok ? 'ok' : 'failed', message };
}

/** A profile's table below its name. */
function shown(found: Found, { app, say }: Context): string {
  const lacks = found.gaps.slice(0, SHOWN_GAPS).map(({ message }) => [say.text('cli.check.gap'), message]);
  const rows = [...found.checks.map(({ result, message }) => [say.text(`cli.check.${result}`), message]), ...lacks];
  const used = (found.used ?? []).map(({ message }) => [say.text('cli.check.gap'), message]);
  const head = [say.text('cli.check.column.result'), found.profile];
  const more = found.gaps.length - SHOWN_GAPS;
  const below = [
    more > 0 ? say.text('cli.check.more', { count: more }) : null,
    hasFailed(found) || found.gaps.length > 0 || used.length > 0 ? null : say.text('cli.check.all-well'),
  ];
  return (
    table(head, [...rows, ...used], app.terminal.columns) +
    below.flatMap((line) => (line === null ? [] : `${line}\n`)).join('')
  );
}

/** Lists are asked only of a shop whose checks passed: a second refusal would say nothing new. */
async function shopChecks({ deps }: Tools, stored: StoredProfile, orders: boolean, signal: AbortSignal) {
  const open = await deps.openShop(stored);
  const { shop } = open;
  try {
    const checks = await shop.check(signal);
    if (checks.some(({ result }) => result === 'failed')) return { checks, found: [], used: null };
    const found = gaps(stored.profile, await shop.lists(signal));
    return { checks, found, used: orders ? await unmappedInUse(deps, stored, open, signal) : null };
  } finally {
    await open.close();
  }
}

function sentenceOf({ id, result, values }: ConnectionCheck, say: Say): string {
  const key = `check.${id}.${result}`;
  if (hasSentence(say.language, key)) return say.text(key, values);
  const code = values.code ?? values.reason ?? '';
  if (hasSentence(say.language, `failure.${code}.message`)) return whole(say.trouble({ code, values }));
  return `${say.text(`ui.check.${id}`)} ${Object.values(values).join(' ')}`.trim();
}

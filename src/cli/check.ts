import type { Command } from 'commander';
import { hasSentence } from '../i18n/translate.ts';
import { gaps } from '../profiles/gaps.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { ConnectionCheck } from '../shops/reader.ts';
import type { Tools } from './app.ts';
import type { Context } from './cli.ts';
import { storedOf } from './profile-store.ts';
import { type Say, whole } from './say.ts';

/** A shop may know the taxes of all Europe; `--json` gives all of them. */
const SHOWN_GAPS = 20;

/** `comptoir check`: whether shop and ledger answer, and what the shop shows and the mapping lacks. */
export function addCheck(program: Command, context: Context): void {
  const { say, tools, end } = context;
  program
    .command('check')
    .description(say.text('cli.help.check'))
    .requiredOption('--profile <id>', say.text('cli.help.profile-option'))
    .option('--json', say.text('cli.help.json'))
    .action(async ({ profile, json }: { profile: string; json?: boolean }) => {
      const opened = await tools();
      end(await check(opened, context, await storedOf(opened, profile), json ?? false));
    });
}

async function check(tools: Tools, { app, say }: Context, stored: StoredProfile, json: boolean): Promise<0 | 1> {
  const { checks, found } = await shopChecks(tools, stored);
  const ledger = await tools.checkLedger(stored);
  const failed = checks.some(({ result }) => result === 'failed') || !ledger.ok;
  const lines = [
    ...checks.map((one) => ({ id: one.id, result: one.result as string, message: sentenceOf(one, say) })),
    {
      id: 'ledger',
      result: ledger.ok ? 'ok' : 'failed',
      message: ledger.ok
        ? say.text('cli.check.ledger', ledger.values)
        : whole(say.trouble({ code: ledger.code ?? '', values: ledger.values })),
    },
  ];
  const lacks = found.map((gap) => ({
    kind: gap.kind,
    item: gap.item,
    message: say.text(`profile.gap.${gap.kind}`, { item: gap.item, name: gap.name, rate: gap.rate ?? '' }),
  }));
  if (json) {
    app.terminal.out(`${JSON.stringify({ profile: stored.id, checks: lines, gaps: lacks }, null, 2)}\n`);
    return failed ? 1 : 0;
  }
  for (const { result, message } of lines) app.terminal.out(`${say.text(`cli.check.${result}`)}  ${message}\n`);
  for (const { message } of lacks.slice(0, SHOWN_GAPS)) app.terminal.out(`${say.text('cli.check.gap')}  ${message}\n`);
  if (lacks.length > SHOWN_GAPS)
    app.terminal.out(`${say.text('cli.check.more', { count: lacks.length - SHOWN_GAPS })}\n`);
  if (!failed && lacks.length === 0) app.terminal.out(`${say.text('cli.check.all-well')}\n`);
  return failed ? 1 : 0;
}

/** Lists are asked only of a shop whose checks passed: a second refusal would say nothing new. */
async function shopChecks({ deps }: Tools, stored: StoredProfile) {
  const { shop, close } = await deps.openShop(stored);
  try {
    const checks = await shop.check();
    if (checks.some(({ result }) => result === 'failed')) return { checks, found: [] };
    return { checks, found: gaps(stored.profile, await shop.lists()) };
  } finally {
    await close();
  }
}

function sentenceOf({ id, result, values }: ConnectionCheck, say: Say): string {
  const key = `check.${id}.${result}`;
  if (hasSentence(say.language, key)) return say.text(key, values);
  const code = values.code ?? values.reason ?? '';
  if (hasSentence(say.language, `failure.${code}.message`)) return whole(say.trouble({ code, values }));
  return `${say.text(`ui.check.${id}`)} ${Object.values(values).join(' ')}`.trim();
}

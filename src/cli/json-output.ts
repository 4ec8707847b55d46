import type { RunEvent, RunOutcome } from '../runs/events.ts';
import type { Terminal } from './app.ts';
import { documentJson, entryJson, runJson, stateOf } from './json.ts';
import type { Say } from './say.ts';
import { spoolIn } from './spool.ts';

/** How deep the items of a list stand in the object. */
const INDENT = '    ';
/** Characters handed to the terminal together. */
const CHUNK = 1 << 16;

/**
 * The object of `--json`, its two lists kept in files while the run goes: what comes first in it, its state and counts, is
 * known last. `close` takes the files away, whatever happened.
 */
export function jsonOutput(folder: string, say: Say) {
  const documents = spoolIn(folder);
  const entries = spoolIn(folder);
  return { take, print, close };

  function take(event: RunEvent): void {
    if (event.type !== 'document') return;
    documents.append(event.seq, itemText(documentJson(event.document, false, say)));
    for (const entry of event.entries) entries.append(entry.number, itemText(entryJson(entry)));
  }

  async function print(outcome: RunOutcome, { out, flush }: Terminal): Promise<void> {
    const failed = stateOf(outcome) === 'failed';
    const states = failed ? asFailed(documents.texts()) : documents.texts();
    const lists = { documents: states, entries: failed ? [] : entries.texts() };
    let text = '';
    for (const piece of jsonText(runJson(outcome, { documents: [], entries: [] }, say), lists)) {
      text += piece;
      if (text.length < CHUNK) continue;
      out(text);
      text = '';
      await flush();
    }
    out(`${text}\n`);
  }

  function close(): void {
    documents.close();
    entries.close();
  }
}

/** An object as text, its empty lists filled with texts of items: as `JSON.stringify` with two spaces would give it. */
export function* jsonText(object: object, lists: Readonly<Record<string, Iterable<string>>>): Generator<string> {
  let rest = JSON.stringify(object, null, 2);
  for (const [name, items] of Object.entries(lists)) {
    const empty = `\n  "${name}": []`;
    const at = rest.indexOf(empty);
    yield rest.slice(0, at + empty.length - 1);
    rest = rest.slice(at + empty.length - 1);
    let some = false;
    for (const item of items) {
      yield `${some ? ',' : ''}\n${INDENT}${item}`;
      some = true;
    }
    if (some) yield '\n  ';
  }
  yield rest;
}

export function itemText(item: object): string {
  return JSON.stringify(item, null, 2).replaceAll('\n', `\n${INDENT}`);
}

/** A failed run wrote nothing: what it had counted as written was ready. */
function* asFailed(texts: Iterable<string>): Generator<string> {
  for (const text of texts) yield text.replace(`\n${INDENT}  "state": "written"`, `\n${INDENT}  "state": "ready"`);
}

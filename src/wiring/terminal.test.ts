import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { terminal } from './terminal.ts';

/** The streams of a process, with what they were given as text. */
function streams() {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  for (const stream of [stdin, stderr]) Object.assign(stream, { isTTY: true });
  let said = '';
  for (const stream of [stdout, stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const given = { stdin, stdout, stderr } as unknown as Parameters<typeof terminal>[0]; // all that is used of them
  return { ...terminal(given), stdin, said: () => said };
}

const { signal } = new AbortController();
const interrupted = { name: 'AbortError' };

test('S-041 a question gets the line typed, nothing at the end of the input, and Ctrl-C instead of an answer ends it', async () => {
  for (const ask of ['ask', 'askSecret'] as const) {
    const typed = streams();
    typed.stdin.write('yes\n');
    assert.equal(await typed[ask]('Write 3 documents? ', signal), 'yes');
    assert.match(typed.said(), /Write 3 documents\?/);

    const left = streams();
    left.stdin.end();
    assert.equal(await left[ask]('? ', signal), '');

    const stopped = streams();
    setTimeout(() => stopped.stdin.write('\u0003'), 20);
    await assert.rejects(stopped[ask]('? ', signal), interrupted);

    const killed = new AbortController();
    setTimeout(() => killed.abort(), 20);
    await assert.rejects(streams()[ask]('? ', killed.signal), interrupted);
  }
});

test('S-092 what is typed as a secret is not shown', async () => {
  const person = streams();
  setTimeout(() => person.stdin.write('cs_secret\n'), 20);
  assert.equal(await person.askSecret('secret: ', signal), 'cs_secret');
  assert.equal(person.said(), 'secret: \n');
});

test('S-092 lines of standard input come in order, and no more than there are', async () => {
  const piped = streams();
  piped.stdin.end('a\nb\r\nc');
  assert.deepEqual(await piped.lines(2), ['a', 'b']);
  const short = streams();
  short.stdin.end('a\n');
  assert.deepEqual(await short.lines(2), ['a']);
});

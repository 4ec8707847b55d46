import { Failure } from '../core/problem.ts';
import { sagePnm } from '../formats/sage-pnm.ts';
import { fileLedger } from './file.ts';

/** The process that file.test.ts kills: adds as many sales as it is told, seals, and says what came of it. */
const revive = (_: string, value: unknown) =>
  value !== null &&
  typeof value === 'object' &&
  'minor' in value &&
  typeof value.minor === 'string' &&
  Object.keys(value).length === 1
    ? BigInt(value.minor)
    : value;
const { entries, die, entry, context, ...target } = JSON.parse(process.argv[2] ?? '', revive);
try {
  const preparation = await fileLedger(sagePnm, context).prepare(target);
  try {
    for (let number = 1; number <= entries; number++) preparation.add({ ...entry, number });
    if (die === 'adding') process.kill(process.pid, 'SIGKILL');
    const sealed = await preparation.seal();
    await new Promise((done) =>
      process.stdout.write(
        JSON.stringify(sealed, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
        done,
      ),
    );
    if (die === 'sealed') process.kill(process.pid, 'SIGKILL');
  } catch (error) {
    await preparation.discard();
    throw error;
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code }));
}

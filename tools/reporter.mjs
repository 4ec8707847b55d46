/** Node's test runner, quiet: a dot for fifty tests, each failure in full as it comes, and one closing line. */
export default async function* reporter(source) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined) count.skipped += 1;
    else if (type === 'test:pass') count.passed += 1;
    else {
      count.failed += 1;
      yield told(data);
    }
    if ((count.passed + count.failed) % 50 === 0) yield '.';
  }
  yield `\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
}

function told({ name, file, line, details }) {
  const error = details.error?.cause ?? details.error;
  return `\n✖ ${name}\n  ${file ?? ''}:${line ?? ''}\n  ${String(error?.stack ?? error).replaceAll('\n', '\n  ')}\n`;
}

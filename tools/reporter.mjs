/** Node's test runner, quiet: a dot per file, each failure in full, and one closing line. */
export default async function* reporter(source) {
  const failures = [];
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined) count.skipped += 1;
    else if (type === 'test:pass') count.passed += 1;
    else {
      count.failed += 1;
      failures.push(data);
    }
    if ((count.passed + count.failed) % 50 === 0) yield '.';
  }
  yield '\n';
  for (const { name, file, line, details } of failures) {
    const error = details.error?.cause ?? details.error;
    yield `\n✖ ${name}\n  ${file ?? ''}:${line ?? ''}\n  ${String(error?.stack ?? error).replaceAll('\n', '\n  ')}\n`;
  }
  yield `\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
}

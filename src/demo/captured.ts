import { dataText } from './data-files.ts';
import type { Answer } from './demo-shop.ts';

/** Headers that belong to one connection or one body, not to the answer. */
const OF_THE_CONNECTION = /^(date|content-length|connection|keep-alive|transfer-encoding|set-cookie|content-sha1)$/i;

/**
 * One captured answer: the body byte for byte, status and headers from the `.http.txt` beside it. `from` is the
 * captured shop's own address, which becomes `origin` in the headers; bodies keep it.
 */
export function capturedAnswer(options: { file: string; headers: string; from: RegExp; origin: string }): Answer {
  const { file, headers, from, origin } = options;
  const head = dataText(headers).split(/\r?\n\r?\n/)[1] ?? '';
  const [statusLine = '', ...lines] = head.trim().split(/\r?\n/);
  return {
    status: Number.parseInt(statusLine.split(' ')[1] ?? '200', 10),
    headers: lines
      .map((line) => split(line.replaceAll(from, origin)))
      .filter(([name]) => !OF_THE_CONNECTION.test(name)),
    body: dataText(file),
  };
}

function split(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

import type { SingleBar } from 'cli-progress';
import { showAmount, visible } from '../i18n/show.ts';
import type { RunEvent } from '../runs/events.ts';
import type { Terminal } from './app.ts';
import { type Say, whole } from './say.ts';

/** Runs of at most this many entries have a plain line for each of them; larger ones a line every second. */
const LINE_FOR_EACH = 200;
const LINE_EVERY_MS = 1000;

/** Shows a run while it goes, on standard error: a bar on a terminal, plain lines otherwise. */
export async function progress({ terminal, say, now }: { terminal: Terminal; say: Say; now: () => number }) {
  const bar = terminal.bars === null ? null : await newBar(terminal.bars);
  let running = false;
  let lastLineMs = 0;
  return { show, stop };

  function show(event: RunEvent): void {
    switch (event.type) {
      case 'step':
        if (event.state === 'begin') line(say.text(`cli.step.${event.step}`));
        return;
      case 'page':
        line(say.text('cli.page', { page: event.page, records: event.records }));
        return;
      case 'resumed':
        line(say.text('cli.resumed', { page: event.page, documents: event.documents, started: event.startedAt }));
        return;
      case 'retry':
        line(
          say.text('cli.retry', {
            attempt: event.attempt,
            seconds: Math.ceil(event.waitMs / 1000),
            reason: event.reason,
          }),
        );
        return;
      case 'trouble':
        line(whole(say.trouble(event.trouble)));
        return;
      case 'progress':
        advance(event);
    }
  }

  function stop(): void {
    if (running) bar?.stop();
    running = false;
  }

  function advance({ done, total, label, piece, amount }: Extract<RunEvent, { type: 'progress' }>): void {
    if (bar !== null && total !== null) {
      const shown = { label: oneLine(visible(label)) }; // the bar writes by itself
      if (running) bar.update(done, shown);
      else bar.start(total, done, shown);
      running = true;
      return;
    }
    const last = total === null || total > LINE_FOR_EACH ? lastLineMs : 0;
    if (done !== total && now() - last < LINE_EVERY_MS) return;
    lastLineMs = now();
    const place = total === null ? String(done) : `${done}/${total}`;
    const detail = [piece, amount === null ? null : showAmount(amount, say.language)].filter(
      (part) => part !== null && part !== '',
    );
    line(say.text('cli.progress', { place, label, detail: detail.join(' ') }).trim());
  }

  function line(text: string): void {
    stop();
    terminal.err(`${oneLine(text)}\n`);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

async function newBar(stream: NodeJS.WritableStream): Promise<SingleBar> {
  const { Presets, SingleBar } = await import('cli-progress');
  const options = {
    stream,
    format: '{bar} {value}/{total}  {label}',
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  };
  return new SingleBar(options as ConstructorParameters<typeof SingleBar>[0], Presets.shades_classic);
}

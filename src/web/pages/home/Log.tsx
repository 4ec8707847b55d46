import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconCircleX,
  IconCopy,
  IconDownload,
  IconHandStop,
  IconInfoCircle,
} from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { LogLine, Progress } from '../../../api/api.ts';
import { useLanguage } from '../../language.tsx';
import { Button, Segments } from '../../parts/Controls.tsx';
import { countProblems, isProblem, logAsText, logDetail, logText } from './log-text.ts';

type Props = {
  run: string | null;
  subtitle: string;
  lines: readonly LogLine[];
  progress: Progress | null;
  running: boolean;
  lost: boolean;
  reviewHref: string | null;
  empty: ReactNode;
  onStop: () => void;
  stopping: boolean;
};

/** Over this many lines only those in sight are drawn. */
const VIRTUAL_FROM = 400;

/** The live log of a run (S-044, S-056): it follows its end unless scrolled up. */
export function Log(props: Props) {
  const { speech } = useLanguage();
  const { say } = speech;
  const [only, setOnly] = useState('all');
  const [copied, setCopied] = useState(false);
  const problems = countProblems(props.lines);
  const shown = only === 'problems' ? props.lines.filter(isProblem) : props.lines;
  const copy = async () => {
    await navigator.clipboard.writeText(logAsText(props.lines, speech));
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <section className="card log" aria-label={say('ui.log.title')}>
      <header className="log-head">
        <h2 className="section-title">{say('ui.log.title')}</h2>
        <p className="sub">{props.subtitle}</p>
        {props.lines.length > 0 ? (
          <Segments
            label={say('ui.log.filter')}
            value={only}
            onChoose={setOnly}
            choices={[
              { id: 'all', label: say('ui.log.all') },
              { id: 'problems', label: say('ui.log.problems'), count: problems, alert: true },
            ]}
          />
        ) : null}
        {props.run && props.lines.length > 0 ? (
          <>
            <Button look="plain" small onClick={copy}>
              <IconCopy size={16} stroke={1.75} aria-hidden="true" />{' '}
              <span aria-live="polite">{say(copied ? 'ui.copied' : 'ui.copy')}</span>
            </Button>
            <a className="button plain small" href={`/api/runs/${props.run}/log.txt?lang=${speech.code}`} download>
              <IconDownload size={16} stroke={1.75} aria-hidden="true" /> {say('ui.log.file')}
            </a>
          </>
        ) : null}
      </header>
      {props.running ? (
        <Counter progress={props.progress} lost={props.lost} onStop={props.onStop} stopping={props.stopping} />
      ) : null}
      {shown.length === 0 && !props.running ? (
        <div className="log-lines">
          {props.lines.length > 0 ? <p className="empty">{say('ui.log.no-problem')}</p> : props.empty}
        </div>
      ) : (
        <Lines lines={shown} reviewHref={props.reviewHref} />
      )}
    </section>
  );
}

/** `3/7 - commande 3`: what is being written, its bar, and the way to stop it. */
function Counter({
  progress,
  lost,
  onStop,
  stopping,
}: {
  progress: Progress | null;
  lost: boolean;
  onStop: () => void;
  stopping: boolean;
}) {
  const { say, duration, count } = useLanguage().speech;
  const total = progress?.total ?? null;
  const done = progress?.done ?? 0;
  const text =
    progress === null
      ? say('ui.log.starting')
      : progress.step === 'write' && total !== null
        ? say('ui.log.counter', { done, total, order: progress.label })
        : total !== null
          ? `${count(done)} / ${count(total)}`
          : say('ui.log.counted', { n: done });
  return (
    <div className="counter">
      <div className="counter-row">
        <span className="strong figure">{text}</span>
        <span className="muted hide-narrow">{lost ? say('ui.lost') : say(`ui.step.${progress?.step ?? 'start'}`)}</span>
        {progress ? (
          <span className="muted figure hide-narrow">
            {say('ui.log.elapsed', { time: duration(Math.floor(progress.elapsedMs / 1000) * 1000) })}
          </span>
        ) : null}
        <Button small danger onClick={onStop} disabled={stopping}>
          {say('ui.stop')}
        </Button>
      </div>
      <progress
        max={total ?? undefined}
        value={total === null ? undefined : done}
        aria-label={say(`ui.step.${progress?.step ?? 'start'}`)}
      />
    </div>
  );
}

function Lines({ lines, reviewHref }: { lines: readonly LogLine[]; reviewHref: string | null }) {
  const { say } = useLanguage().speech;
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [seen, setSeen] = useState(lines.length);
  const virtual = lines.length > VIRTUAL_FROM;
  const rows = useVirtualizer({
    count: virtual ? lines.length : 0,
    getScrollElement: () => box.current,
    estimateSize: () => 27,
    overscan: 20,
  });

  useEffect(() => {
    const element = box.current;
    if (!element || !following.current) return;
    element.scrollTop = element.scrollHeight;
    setSeen(lines.length);
  }, [lines.length]);

  const toEnd = () => {
    following.current = true;
    setSeen(lines.length);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  return (
    <>
      <div
        ref={box}
        className="log-lines"
        role="log"
        aria-live="polite"
        aria-label={say('ui.log.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          following.current = scrollHeight - scrollTop - clientHeight < 40;
          if (following.current) setSeen(lines.length);
        }}
      >
        {virtual ? (
          <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map((item) => {
              const line = lines[item.index];
              return line ? (
                <div
                  key={item.key}
                  ref={rows.measureElement}
                  data-index={item.index}
                  style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}
                >
                  <Line line={line} reviewHref={reviewHref} />
                </div>
              ) : null;
            })}
          </div>
        ) : (
          lines.map((line) => <Line key={line.seq} line={line} reviewHref={reviewHref} />)
        )}
      </div>
      {lines.length > seen && !following.current ? (
        <Button small className="log-more" onClick={toEnd}>
          {say('ui.log.new', { n: lines.length - seen })}
        </Button>
      ) : null}
    </>
  );
}

const ICONS = {
  ok: <IconCheck size={15} stroke={2} className="ok" aria-hidden="true" />,
  warn: <IconAlertTriangle size={15} stroke={1.9} className="careful" aria-hidden="true" />,
  held: <IconHandStop size={15} stroke={1.9} className="bad" aria-hidden="true" />,
  failed: <IconCircleX size={15} stroke={1.9} className="bad" aria-hidden="true" />,
  info: <IconInfoCircle size={15} stroke={1.75} className="faint" aria-hidden="true" />,
  head: <span />,
} as const;

function Line({ line, reviewHref }: { line: LogLine; reviewHref: string | null }) {
  const { speech } = useLanguage();
  const detail = logDetail(line, speech);
  const excluded = line.reason?.severity === 'exclude';
  return (
    <div className={`log-line is-${line.level}`}>
      <time className="figure" dateTime={line.at}>
        {speech.time(line.at)}
      </time>
      {excluded ? <IconBan size={15} stroke={1.9} className="muted" aria-hidden="true" /> : ICONS[line.level]}
      <span>{logText(line, speech)}</span>
      <span className="right">
        {line.level === 'held' && reviewHref ? (
          <Link href={reviewHref} className="link-button">
            {speech.say('ui.mend')}
          </Link>
        ) : null}
        {detail ? <span className="figure hide-narrow">{detail}</span> : null}
        {line.amount ? <span className="figure amount">{speech.amount(line.amount)}</span> : null}
      </span>
    </div>
  );
}

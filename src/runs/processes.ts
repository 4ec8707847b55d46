import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { ProcessMark } from './deps.ts';

/**
 * When a process started, as the system tells it: on Linux the boot-relative tick of /proc, so that a reused process
 * number is not taken for the one that died. Elsewhere the number alone has to do.
 */
export function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return ''; // no /proc, or no such process: `isAlive` asks the system itself
  }
}

export function thisProcess(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether the very process that left the mark still runs. */
export function isAlive({ pid, started }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

import { writeFileSync } from 'node:fs';
import process from 'node:process';

/** Preloaded with `--import`: leaves the process's peak memory and processor time where `BENCH_USAGE` says. */
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(
    process.env.BENCH_USAGE ?? '/dev/null',
    JSON.stringify({ maxRssKb: maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 }),
  );
});

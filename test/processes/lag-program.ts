/** Loaded into the hub under test by `--import`: writes how long its loop was held and its memory to LAG_FILE, twice a second; SIGUSR2 begins anew. Nothing else changes. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export type Lag = { p99Ms: number; maxMs: number; rssBytes: number; rssBytesMax: number; cpuMicros: number };

const file = process.env['LAG_FILE'];
if (file) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let rssBytesMax = 0;
  process.on('SIGUSR2', () => delay.reset());
  setInterval(() => {
    const rssBytes = process.memoryUsage.rss();
    rssBytesMax = Math.max(rssBytesMax, rssBytes);
    const { user, system } = process.cpuUsage();
    // what the resolution itself adds is not the hub's
    const ms = (nanos: number): number => Math.max(0, nanos / 1e6 - 10);
    writeFileSync(file, JSON.stringify({ p99Ms: ms(delay.percentile(99)), maxMs: ms(delay.max), rssBytes, rssBytesMax, cpuMicros: user + system } satisfies Lag));
  }, 500).unref();
}

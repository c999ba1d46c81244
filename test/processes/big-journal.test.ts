/**
 * A big journal on real processes (F53, I23): started cold, from a checkpoint, verified, folded, exported, all within bounded memory.
 * BIG_EVENTS=10000000 runs the full scale, about 1.3 GB of disk; then the bounds of time hold as well.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtFolder, builtProgram, type HubProcess, runOperator, startHub } from '../hub/hub-process.ts';
import { writeBigJournal } from './big-journal.ts';
import { readLag } from './crowd.ts';
import type { Lag } from './lag-program.ts';
import { adminToken, seedFolder, showcase, temporaryFolder } from './seeded-folder.ts';

const events = Number(process.env['BIG_EVENTS'] ?? 200_000);
const full = process.env['BIG_EVENTS'] !== undefined;
const coldMsMax = 30_000;
const warmMsMax = 3_000;
const rssMiBMax = 600;
/** a CSV of so many events costs so much more memory, at most */
const exportedWithinMax = 1_000_000;
const exportMiBMax = 64;

const { dir, remove } = temporaryFolder('big');
const lagFile = path.join(dir, 'lag.json');
let entries = 0;
let hub: HubProcess | null = null;

beforeAll(async () => {
  await builtFolder();
  await seedFolder(dir, 40);
  entries = await writeBigJournal(dir, events);
}, 900_000);
afterAll(async () => {
  await hub?.kill();
  remove();
});

const start = async (): Promise<{ hub: HubProcess; tookMs: number; rssMiB: number }> => {
  const sinceMs = performance.now();
  hub = await startHub(dir, 0, { LAG_FILE: lagFile, NODE_OPTIONS: `--import=${await builtProgram('lag-program')}` });
  return { hub, tookMs: performance.now() - sinceMs, rssMiB: peakMiB(hub.pid) };
};
/** the most memory the process ever had, as the kernel says */
const peakMiB = (pid: number): number => Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
const say = (text: string): void => void process.stdout.write(`${events} events: ${text}\n`);
const lag = async (): Promise<Lag> => {
  await new Promise((resolve) => setTimeout(resolve, 700));
  return readLag(lagFile) as Lag;
};
const checkpoints = (): string[] => readdirSync(path.join(dir, 'documents')).filter((name) => name.startsWith('checkpoint'));

describe('a big journal', () => {
  test('[F53][I23] starts without a checkpoint and with one, in bounded memory, and both know the same', async () => {
    const cold = await start();
    const of = async (): Promise<unknown> =>
      (
        await fetch(`${cold.hub.origin.replace(/\d+$/, String(hub?.port))}/api/v1/showcases/${showcase}/attendance?by=day`, { headers: { authorization: `Bearer ${adminToken}` } })
      ).json();
    const before = (await of()) as { rows: unknown[] };
    expect(before.rows.length).toBeGreaterThan(0);
    expect(await cold.hub.stop()).toMatchObject({ code: 0 });
    expect(checkpoints().length).toBeGreaterThan(0);
    const warm = await start();
    say(`cold start ${Math.round(cold.tookMs)} ms, ${cold.rssMiB} MiB; from a checkpoint ${Math.round(warm.tookMs)} ms, ${warm.rssMiB} MiB`);
    expect(((await of()) as { rows: unknown[] }).rows).toEqual(before.rows);
    if (process.platform === 'linux') expect(Math.max(cold.rssMiB, warm.rssMiB)).toBeLessThan(rssMiBMax);
    if (full) {
      expect(cold.tookMs).toBeLessThan(coldMsMax);
      expect(warm.tookMs).toBeLessThan(warmMsMax);
    }
    await warm.hub.stop();
  }, 300_000);

  test('[F53] every event is exported as CSV in a stream while the loop stays free', async () => {
    const { hub } = await start();
    const before = await lag();
    process.kill(hub.pid, 'SIGUSR2');
    const sinceMs = performance.now();
    const answer = await fetch(`${hub.origin}/api/v1/showcases/${showcase}/events?format=csv`, { headers: { authorization: `Bearer ${adminToken}` } });
    let lines = 0;
    for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
    const tookMs = performance.now() - sinceMs;
    const after = await lag();
    const more = Math.round((after.rssBytesMax - before.rssBytesMax) / 2 ** 20);
    say(`${lines} lines of CSV in ${Math.round(tookMs)} ms, ${more} MiB more at most; loop p99 ${after.p99Ms.toFixed(0)} ms, max ${after.maxMs.toFixed(0)} ms`);
    expect(lines).toBeGreaterThan(events);
    if (events <= exportedWithinMax) expect(more).toBeLessThan(exportMiBMax);
    const workbook = await fetch(`${hub.origin}/api/v1/showcases/${showcase}/attendance?format=xlsx`, { headers: { authorization: `Bearer ${adminToken}` } });
    expect([workbook.status, (await workbook.arrayBuffer()).byteLength > 10_000]).toEqual([200, true]);
    const rssMiB = peakMiB(hub.pid);
    say(`and the workbook after it: ${rssMiB} MiB at most`);
    if (process.platform === 'linux') expect(rssMiB).toBeLessThan(rssMiBMax);
    await hub.stop();
  }, 300_000);

  test('[F53] verify and totals read it whole, and the fold without any document is the same', async () => {
    const verified = await runOperator(['verify', '--json'], { DATA_DIR: dir });
    expect(verified.code).toBe(0);
    const { entries: found } = JSON.parse(verified.out) as { entries: number };
    expect(found).toBeGreaterThanOrEqual(entries);
    const { code, out, tookMs } = await runOperator(['totals', '--json', '--showcase', showcase], { DATA_DIR: dir });
    expect(code).toBe(0);
    expect((JSON.parse(out) as { position: number }).position).toBe(found);
    say(`verify ${Math.round(verified.tookMs)} ms, totals ${Math.round(tookMs)} ms`);
    for (const name of checkpoints()) rmSync(path.join(dir, 'documents', name));
  }, 300_000);
});

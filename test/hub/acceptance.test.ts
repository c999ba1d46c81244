/**
 * A show's day against the real hub, which is killed ten times while doors, kiosks and phones send: in the end every total is exactly what was
 * sent; from the journal alone, from a checkpoint, without any checkpoint, and without any document.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differencesOf, fetchTotals, type Totals } from '../../server/operator/simulate-check.ts';
import { SHEETS } from '../../server/operator/simulate-expected.ts';
import { SimulatedHub } from '../../server/operator/simulate-hub.ts';
import { type ShowReport, sendingLine, simulateShow } from '../../server/operator/simulate-show.ts';
import type { TotalsReport } from '../../server/operator/totals.ts';
import type { Attendance } from '../../shared/attendance.ts';
import { randomOf } from '../../shared/random.ts';
import { type HubProcess, runOperator, startHub } from './hub-process.ts';

const seed = 20_261_125;
const visits = 11_000;
const kioskCount = 12;
const kills = 10;
const passphrase = 'correct horse battery staple';
const showcase = 'smart-hong-kong-pavilion';

let dataDir: string;
let hub: HubProcess;
let report: ShowReport;
let killedWhileSending = 0;

/** Kills the hub at random moments, some of them while it starts, and starts it again on its port. */
const killTenTimes = async (sending: () => boolean): Promise<void> => {
  const random = randomOf(seed);
  for (let n = 0; n < kills; n++) {
    await sleep(random.between(50, 1_500));
    if (sending()) killedWhileSending++;
    await hub.kill();
    const early = n % 4 === 3 ? new AbortController() : null;
    if (early) {
      const started = startHub(dataDir, hub.port, {}, early.signal).catch(() => null);
      await sleep(random.between(100, 1_500));
      early.abort();
      await started;
    }
    hub = await startHub(dataDir, hub.port);
  }
};

const totalsNow = async (): Promise<Totals> => {
  const asking = new SimulatedHub(hub.origin);
  await asking.signIn({ passphrase });
  return fetchTotals(asking, showcase);
};

/** Without the projects that nobody looked at, which the journal does not know; those of equal views in one order. */
const told = (attendance: Attendance): Attendance => {
  if (attendance.by !== 'project') return attendance;
  const seen = attendance.rows.filter((r) => [r['views'], r['shown'], r['scanned'], r['votes']].some((n) => typeof n === 'number' && n > 0));
  return { ...attendance, rows: seen.sort((a, b) => String(a['project']).localeCompare(String(b['project']))) };
};

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'harbourlight-acceptance-'));
  const startedMs = performance.now();
  hub = await startHub(dataDir, 0, { ADMIN_PASSPHRASE: passphrase });
  const startMs = performance.now() - startedMs;
  let sending = false;
  let killing: Promise<void> | null = null;
  let giveUp: (error: unknown) => void = () => undefined;
  // a hub that can't be started again must not be waited for
  const failed = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const options = {
    hub: hub.origin,
    credential: { passphrase },
    showcase,
    seed,
    visits,
    kiosks: kioskCount,
    day: null,
    // as long as ten kills and starts take on this machine
    seconds: Math.min(110, Math.ceil((kills * (startMs + 900)) / 1_000)),
    liveMinutes: null,
    check: true,
    takeOver: false,
    devicesFile: null,
  };
  const show = simulateShow(options, (line) => {
    if (!line.startsWith(sendingLine) || killing) return;
    sending = true;
    killing = killTenTimes(() => sending);
    killing.catch(giveUp);
  });
  report = await Promise.race([show, failed]);
  sending = false;
  await killing;
}, 600_000);

afterAll(async () => {
  await hub?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a show of 11,000 visits, its hub killed ten times', () => {
  test('was as rough as it was meant to be', () => {
    expect(report.before).not.toBeNull();
    expect(killedWhileSending).toBeGreaterThanOrEqual(kills - 2);
    expect(report.doors.misses.refused + report.doors.misses.lost).toBeGreaterThan(0);
    expect(report.kiosks.misses).toBeGreaterThan(0);
    expect(report.kiosks.rejectsSent).toBeGreaterThanOrEqual(kioskCount);
    expect(report.kiosks.verdicts.behind).toBe(0);
    expect(report.doors.duplicateRecords).toBeGreaterThan(0);
    expect([...report.expected.day.values()].reduce((n, r) => n + (r['visits'] ?? 0), 0)).toBe(visits);
  });

  test('[K4] every total is exactly what was sent', async () => {
    expect(report.problems).toEqual([]);
    expect(report.differences).toEqual([]);
    // once more after the last kill
    expect(differencesOf(report.expected, report.doors, report.phones, report.before as Totals, await totalsNow())).toEqual([]);
  });

  test('the journal is whole and its totals alone are the same', async () => {
    const running = await totalsNow();
    // a hub that runs has more to write
    expect(await hub.stop()).toMatchObject({ code: 0 });
    const verified = await runOperator(['verify', '--json'], { DATA_DIR: dataDir });
    expect(verified).toMatchObject({ code: 0 });
    expect(JSON.parse(verified.out)).toMatchObject({ findings: [], entries: running.day.position });
    const { code, out } = await runOperator(['totals', '--by', 'all', '--showcase', showcase, '--json'], { DATA_DIR: dataDir });
    expect(code).toBe(0);
    const alone = (JSON.parse(out) as TotalsReport).showcases[showcase];
    for (const by of SHEETS) expect(told(alone?.[by] as Attendance), by).toEqual(told(running[by]));
  }, 60_000);

  test('a start from a checkpoint, without one, and without any document counts the same', async () => {
    const documents = path.join(dataDir, 'documents');
    hub = await startHub(dataDir, hub.port);
    const before = await totalsNow();
    const again = async (): Promise<void> => {
      hub = await startHub(dataDir, hub.port);
      expect(await totalsNow()).toEqual(before);
      expect(await hub.stop()).toMatchObject({ code: 0 });
    };
    expect(await hub.stop()).toMatchObject({ code: 0 });
    expect(existsSync(path.join(documents, 'checkpoint.json'))).toBe(true);
    await again();
    for (const name of readdirSync(documents)) if (name.startsWith('checkpoint')) rmSync(path.join(documents, name));
    await again();
    rmSync(documents, { recursive: true });
    await again();
  }, 120_000);
});

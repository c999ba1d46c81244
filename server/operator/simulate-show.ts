/** One simulated show from set-up to comparison, as the command and the acceptance test run it. */
import { randomBytes } from 'node:crypto';
import { dayMs, dayOf, hourMs, startOfDayMs } from '../../shared/hongkong-time.ts';
import { randomOf, seedOf } from '../../shared/random.ts';
import { readingAgeMsMax } from '../../shared/reading.ts';
import { UsageFault } from './command.ts';
import { compareLive, differencesOf, fetchTotals, type Totals } from './simulate-check.ts';
import { type DoorAccount, emptyDoorAccount, runDoor } from './simulate-doors.ts';
import { type Expected, expectedOf } from './simulate-expected.ts';
import { SimulatedHub } from './simulate-hub.ts';
import { emptyKioskAccount, type KioskAccount, SimulatedKiosk } from './simulate-kiosk.ts';
import { paceOf } from './simulate-pace.ts';
import { emptyPhoneAccount, type PhoneAccount, runPhones } from './simulate-phones.ts';
import { planShow, type ShowPlan, type Span } from './simulate-plan.ts';
import { keepDevices, makeDevices, readDevices, readPlace, refuseRealDoors, type ShowDevices, sourcesNow, takeDoors } from './simulate-setup.ts';

const openHour = 10;
const closeHour = 18;
const progressMs = 5_000;
/** how the line begins that says that everything is set up */
export const sendingLine = 'sending';

export type ShowOptions = {
  hub: string;
  credential: { passphrase: string } | { token: string };
  showcase: string;
  seed: number;
  visits: number;
  kiosks: number;
  /** a Hong Kong day; null: the last one that is over */
  day: string | null;
  /** how long the day takes to send */
  seconds: number;
  /** everything happens now, for so long; null: on `day` */
  liveMinutes: number | null;
  check: boolean;
  takeOver: boolean;
  devicesFile: string | null;
};
export type ShowReport = {
  showcase: string;
  day: string;
  seed: number;
  sentBefore: boolean;
  plan: ShowPlan;
  expected: Expected;
  doors: DoorAccount;
  kiosks: KioskAccount;
  phones: PhoneAccount;
  before: Totals | null;
  tookMs: number;
  /** what went wrong while sending, and what the hub counts otherwise; empty when all is well */
  problems: string[];
  differences: string[] | null;
};

const lastShowDay = (nowMs: number): string => dayOf(nowMs - closeHour * hourMs);

const spanOf = (options: ShowOptions, nowMs: number): Span => {
  if (options.liveMinutes !== null) {
    const startMs = Math.floor(nowMs / 5_000) * 5_000;
    return { startMs, endMs: startMs + options.liveMinutes * 60_000, intervalMs: 5_000, edgeMs: 2_000 };
  }
  const day = options.day ?? lastShowDay(nowMs);
  const midnight = startOfDayMs(day);
  const [startMs, endMs] = [midnight + openHour * hourMs, midnight + closeHour * hourMs];
  if (Number.isNaN(midnight) || dayOf(midnight) !== day) throw new UsageFault(`--day ${day} is no day; YYYY-MM-DD`);
  if (endMs > nowMs) throw new UsageFault(`--day ${day} is not over yet; or --live`);
  if (startMs < nowMs - readingAgeMsMax + hourMs) throw new UsageFault(`--day ${day} is too long ago: a hub takes readings of the last ${readingAgeMsMax / dayMs} days`);
  return { startMs, endMs, intervalMs: 60_000, edgeMs: 30_000 };
};

type Ready = { hub: SimulatedHub; devices: ShowDevices; place: Awaited<ReturnType<typeof readPlace>> };

const setUp = async (options: ShowOptions, span: Span, told: (line: string) => void): Promise<Ready> => {
  const hub = new SimulatedHub(options.hub.replace(/\/+$/, ''));
  await hub.signIn(options.credential);
  const place = await readPlace(hub, options.showcase);
  await refuseRealDoors(hub, options.showcase, place.points, options.takeOver);
  const kept = options.devicesFile === null ? null : await readDevices(options.devicesFile);
  if (kept && kept.showcase !== options.showcase) throw new UsageFault(`the devices of --devices stand at ${kept.showcase}`);
  const countedBefore = await sourcesNow(hub, options.showcase);
  const devices = kept ?? (await makeDevices(hub, options.showcase, place, options.kiosks));
  if (!kept) told(`made ${devices.counters.length} counters and ${devices.kiosks.length} kiosks`);
  if (!kept && options.devicesFile !== null) await keepDevices(options.devicesFile, devices);
  await takeDoors(hub, devices, span.startMs, (point) => kept === null && countedBefore.get(point) === null);
  return { hub, devices, place };
};

/** Whether these devices have sent this very show before; another one on its day is refused. */
const wasSent = (devices: ShowDevices, day: string, show: string): boolean => {
  const before = devices.sent.find((s) => s.day === day);
  if (before && before.show !== show) throw new UsageFault(`these devices have sent another show of ${day}; take another --day, or the same --seed, --visits and --kiosks`);
  return before !== undefined;
};

const send = async ({ hub, devices }: Ready, options: ShowOptions, report: ShowReport, span: Span, told: (line: string) => void): Promise<void> => {
  const { plan, doors, kiosks, phones } = report;
  const runMs = options.liveMinutes === null ? options.seconds * 1_000 : span.endMs - span.startMs;
  const pace = paceOf(span.startMs, span.endMs, runMs);
  const progress = setInterval(
    () =>
      told(
        `${Math.round((100 * (pace.nowMs() - span.startMs)) / (span.endMs - span.startMs))} % of the day: ${doors.batches} door batches, ${kiosks.batches} kiosk batches, ${phones.answered} scans`,
      ),
    progressMs,
  );
  try {
    await Promise.all([
      ...plan.doors.map((d) => runDoor(hub, devices.counters.find((c) => c.point === d.point)?.token ?? '', d, pace, doors, report.sentBefore)),
      ...plan.kiosks.map((k, i) => {
        const device = devices.kiosks[i] as ShowDevices['kiosks'][number];
        const random = randomOf(seedOf(options.seed, `luck ${i}`));
        return new SimulatedKiosk({ hub, token: device.token, plan: k, pace, random, epochId: () => randomBytes(16).toString('base64url'), account: kiosks }).run();
      }),
      runPhones(hub, plan.phones, pace, phones),
    ]);
  } finally {
    clearInterval(progress);
  }
};

/** Plays the show. Throws `UsageFault`, `CommandFault`; a difference is no fault but a line of the report. */
export const simulateShow = async (options: ShowOptions, told: (line: string) => void): Promise<ShowReport> => {
  const startedMs = Date.now();
  const span = spanOf(options, startedMs);
  const day = dayOf(span.startMs);
  const ready = await setUp(options, span, told);
  const { hub, devices, place } = ready;
  const show = `${options.seed}/${options.visits}/${devices.kiosks.length}`;
  const sentBefore = options.liveMinutes === null && wasSent(devices, day, show);
  const plan = planShow({
    seed: options.seed,
    visits: options.visits,
    span,
    points: place.points,
    kiosks: devices.kiosks.map((k) => k.id),
    projects: place.projects,
    salt: options.liveMinutes === null ? `${options.seed}|${day}` : `${options.seed}|${span.startMs}`,
  });
  const full = expectedOf(plan, place.days, new Map(devices.kiosks.map((k) => [k.id, k.zone])));
  if (full.outside > 0) told(`${full.outside} entries lie outside the showcase's opening windows and will not be visits`);
  const report: ShowReport = {
    showcase: options.showcase,
    day,
    seed: options.seed,
    sentBefore,
    plan,
    expected: sentBefore ? expectedOf({ doors: [], kiosks: [], phones: [] }, [], new Map()) : full,
    doors: emptyDoorAccount(),
    kiosks: emptyKioskAccount(),
    phones: emptyPhoneAccount(),
    before: options.check ? await fetchTotals(hub, options.showcase) : null,
    tookMs: 0,
    problems: [],
    differences: null,
  };
  told(`${sendingLine} ${options.visits} visits of ${day}`);
  await send(ready, options, report, span, told);
  report.tookMs = Date.now() - startedMs;
  report.problems = [...report.doors.problems, ...report.kiosks.problems, ...report.phones.problems];
  if (options.devicesFile !== null && options.liveMinutes === null && !sentBefore) await keepDevices(options.devicesFile, { ...devices, sent: [...devices.sent, { day, show }] });
  if (report.before) {
    const after = await fetchTotals(hub, options.showcase);
    report.differences = [...differencesOf(report.expected, report.doors, report.phones, report.before, after), ...(await compareLive(hub, options.showcase, after))];
  }
  return report;
};

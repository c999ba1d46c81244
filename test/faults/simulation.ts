/**
 * Some minutes of a bad day, from one seed: two to four kiosks, some with two tabs, some with a cloned disk, on a bad network, with a real
 * hub on a failing disk; then fair weather until everything is quiet, and a check in the manner of Jepsen's: what was stored on a device is
 * counted once, whatever is counted was asked for, and every way of adding it up agrees. The same seed gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { answerWaitMsMax } from '../../kiosk/link/hub-link.ts';
import { mendEveryMs } from '../../server/journal/file-journal.ts';
import { heartbeatMs } from '../../shared/wire-limits.ts';
import { type Chance, chanceOf } from './chance.ts';
import { FAIR, type Weather } from './chaos-link.ts';
import { checkEnd, textOf } from './checker.ts';
import { type Coverage, hit } from './coverage.ts';
import { FakeClock } from './fake-clock.ts';
import { Ledger } from './ledger.ts';
import type { Mistake } from './mistakes.ts';
import type { Platter } from './power-cut-storage.ts';
import { journalFolder, SimHub } from './sim-hub.ts';
import { SimKiosk, type World } from './sim-kiosk.ts';
import { hubTroubles, kioskTroubles, type Scene } from './troubles.ts';

export type Verdict = {
  seed: number;
  violations: string[];
  recorded: number;
  counted: number;
  entries: number /** SHA-256 of the journal's files */;
  hash: string;
  coverage: Coverage;
};

const badMs = 15_000;
const lateMs = 4_000;
const tickMs = 250;
const healMsMax = 180_000;
/** long enough to stop and start again on a quiet day */
const stopMsMax = 10_000;
/** long enough for a kiosk on a half-open connection to notice it */
const quietMs = heartbeatMs + answerWaitMsMax + 1_000;

const stormy = (chance: Chance): Weather => ({
  drop: chance.next() * 0.15,
  duplicate: chance.next() * 0.3,
  slow: chance.next() * 0.2,
  delayMs: chance.between(5, 200),
  slowMs: 6_000,
  connectionMs: chance.between(1_500, 12_000),
  halfOpen: 0.3,
  reconnectMs: chance.between(100, 1_500),
});

/** Nothing is lost on the way, but much is late: the hub comes back, set back, before its earlier answers arrive. */
const late = (chance: Chance): Weather => ({ ...FAIR, slow: chance.between(0.4, 0.9), slowMs: 3_800, delayMs: 20, reconnectMs: 60 });

/** A hub that is never set back needs no tail: what it acknowledged must be there whatever happens. */
const NO_TAIL = { tailKeepMs: -2 * 3_600_000, tailKeepEventsMin: 0 };

/** On half the days a few events are a backlog, and few can be set aside. */
const backlogs = (chance: Chance) => (chance.hits(0.5) ? { asideEventsMin: 1 + chance.below(12), asideEpochsMax: 1 + chance.below(4) } : {});

export const MOODS = ['storm', 'late answers'] as const;
export type Mood = (typeof MOODS)[number];

/** Runs one seed; `mistake` is a planted one. */
export const simulate = async (seed: number, mistake: Mistake | null = null, mood: Mood = 'storm'): Promise<Verdict> => {
  const chance = chanceOf(seed);
  const clock = new FakeClock();
  const coverage: Coverage = {};
  const ledger = new Ledger();
  const answersLate = mood === 'late answers';
  let weather = answersLate ? late(chance) : stormy(chance);
  const hub = new SimHub({ clock, chance, ledger, coverage, mistake, segmentBytes: Math.round(chance.between(1_200, 12_000)) });
  hub.syncMs = chance.between(5, 600);
  hub.busy = chance.next() * 0.1;
  const setsBack = answersLate || chance.hits(0.5);
  const limits = { ...(setsBack && mistake !== 'no-kept-tail' ? {} : NO_TAIL), ...backlogs(chance) };
  const world: World = { clock, chance, hub, weather: () => weather, mistake, limits, ledger, coverage };
  const kiosks: SimKiosk[] = [];
  const add = (device: string, platter?: Platter): void => {
    const wrongByMs = chance.hits(0.3) ? chance.between(-86_400_000, 86_400_000) : 0;
    const kiosk = new SimKiosk(world, { device, disk: kiosks.length, wrongByMs, splits: chance.hits(0.3) ? chance.next() : 0 });
    kiosks.push(kiosk);
    void kiosk.start(platter, chance.hits(0.25) ? 2 : 1);
  };
  const count = 2 + chance.below(3);
  for (let i = 0; i < count; i++) add(`k-${i}`);

  const scene: Scene = { clock, chance, coverage, hub, kiosks, setsBack, clone: add };
  const hubs = hubTroubles(scene);
  const strike = kioskTroubles(scene);
  const busyness = chance.between(0.05, 0.35);
  for (let ms = 0; ms < (answersLate ? lateMs : badMs); ms += tickMs) {
    for (const kiosk of kiosks) if (kiosk.on && chance.hits(busyness)) for (let n = 1 + chance.below(3); n > 0; n--) kiosk.record();
    if (answersLate) hubs.copy();
    else {
      hubs.strike();
      strike();
    }
    await clock.pass(tickMs);
    hub.read();
  }
  // a last fall, after which nothing but the protocol itself notices what is missing
  const lastFall = answersLate ? 0 : chance.next();
  if (lastFall < 0.3) hubs.setBack(chance.between(10, 200));
  else if (lastFall < 0.6) hub.fall(chance.pick(['kill', 'cut']), chance.between(10, 200));
  await clock.pass(chance.between(0, 4_000));

  weather = FAIR;
  hub.heal();
  for (const kiosk of kiosks) kiosk.refuseStorage(false);
  await clock.pass(mendEveryMs * 2);
  if (hub.life?.journal.state === 'read-only') hub.fall('kill', 10);
  let quiet = 0;
  for (let ms = 0; ms < healMsMax && quiet < quietMs; ms += tickMs) {
    await clock.pass(tickMs);
    quiet = hub.life && kiosks.every((k) => k.quiet) ? quiet + tickMs : 0;
  }
  if (quiet < quietMs) ledger.violate(`never came to rest: hub ${hub.life?.journal.state ?? 'down'}, ${kiosks.filter((k) => !k.quiet).length} kiosks wait`);
  await end(hub, ledger, coverage, clock);
  for (const kiosk of kiosks) kiosk.stop(false);
  const hash = createHash('sha256');
  for (const path of hub.files.paths()) if (path.startsWith(journalFolder)) hash.update(path).update(hub.files.get(path));
  return {
    seed,
    violations: ledger.violations,
    recorded: ledger.ops.filter((o) => o.state === 'ok').length,
    counted: ledger.counted,
    entries: hub.life?.folds.tally.position ?? 0,
    hash: hash.digest('hex'),
    coverage,
  };
};

/** The last check, of the live folds, of the files, and of a start from a fresh checkpoint. */
const end = async (hub: SimHub, ledger: Ledger, coverage: Coverage, clock: FakeClock): Promise<void> => {
  const { life } = hub;
  if (!life) return ledger.violate('the hub is not up at the end');
  await life.recorder.settled();
  hit(coverage, 'not sure, and counted', checkEnd(await hub.entries(), life.folds, ledger));
  const { findings, segments } = await life.journal.verify();
  hit(coverage, 'segment rotated', segments - 1);
  for (const { what } of findings) ledger.violate(`the journal is damaged: ${what}`);
  const live = textOf({ tally: life.folds.tally, admission: life.folds.admission });
  // syncing takes the clock's time
  void hub.stop(1);
  await clock.pass(stopMsMax);
  const again = hub.life;
  if (!again || textOf({ tally: again.folds.tally, admission: again.folds.admission }) !== live) ledger.violate('a start from the last checkpoint gives other folds');
};

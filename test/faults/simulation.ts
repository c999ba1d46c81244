/**
 * Some minutes of a bad day, from one seed: two to four kiosks, some with two tabs, some with a cloned disk, on a bad network, with a hub
 * that loses power, or is set back to an older copy; then fair weather until everything is quiet, and a check in the manner of Jepsen's:
 * what was stored on a device is counted once, whatever is counted was asked for, and every way of adding it up agrees.
 */
import { answerWaitMsMax } from '../../kiosk/link/hub-link.ts';
import { showcaseOf, type Tally } from '../../shared/tally.ts';
import { heartbeatMs } from '../../shared/wire-limits.ts';
import { type Chance, chanceOf } from './chance.ts';
import { FAIR, type Weather } from './chaos-link.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryHub } from './memory-hub.ts';
import type { Mistake } from './mistakes.ts';
import type { Platter } from './power-cut-storage.ts';
import { type Op, SimKiosk, type World } from './sim-kiosk.ts';

export type Verdict = { seed: number; violations: string[]; recorded: number; counted: number; entries: number };

const badMs = 30_000;
const lateMs = 4_000;
const tickMs = 250;
const healMsMax = 120_000;
/** long enough for a kiosk on a half-open connection to notice it */
const quietMs = heartbeatMs + answerWaitMsMax + 1_000;

const stormy = (chance: Chance): Weather => ({
  drop: chance.next() * 0.15,
  duplicate: chance.next() * 0.3,
  slow: chance.next() * 0.2,
  delayMs: chance.between(5, 200),
  slowMs: 8_000,
  connectionMs: chance.between(2_000, 20_000),
  halfOpen: 0.3,
  reconnectMs: chance.between(100, 1_500),
});

/** Nothing is lost on the way, but much is late: the hub comes back, set back, before its earlier answers arrive. */
const late = (chance: Chance): Weather => ({ ...FAIR, slow: chance.between(0.4, 0.9), slowMs: 3_800, delayMs: 20, reconnectMs: 60 });

/** A hub that is never set back needs no tail: what it acknowledged must be there whatever happens. */
const NO_TAIL = { tailKeepMs: -2 * 3_600_000, tailKeepEventsMin: 0 };

export type Mood = 'storm' | 'late answers';

/** Runs one seed; `mistake` is a planted one. */
export const simulate = async (seed: number, mistake: Mistake | null = null, mood: Mood = 'storm'): Promise<Verdict> => {
  const chance = chanceOf(seed);
  const clock = new FakeClock();
  const answersLate = mood === 'late answers';
  let weather = answersLate ? late(chance) : stormy(chance);
  const hubMistake = mistake === 'ack-before-durable' || mistake === 'ack-high-water' ? mistake : null;
  const hub = new MemoryHub({ clock, chance, mistake: hubMistake, syncMs: chance.between(5, 600) });
  hub.busy = chance.next() * 0.1;
  const setsBack = answersLate || chance.hits(0.5);
  const world: World = { clock, chance, hub, weather: () => weather, mistake, limits: setsBack ? {} : NO_TAIL, ops: [] };
  const kiosks: SimKiosk[] = [];
  const add = (device: string, platter?: Platter): void => {
    const kiosk = new SimKiosk(world, device, chance.hits(0.3) ? chance.between(-86_400_000, 86_400_000) : 0);
    kiosks.push(kiosk);
    void kiosk.start(platter, chance.hits(0.25) ? 2 : 1);
  };
  const count = 2 + chance.below(3);
  for (let i = 0; i < count; i++) add(`k-${i}`);

  const trouble = troubles(world, hub, kiosks, setsBack, add);
  const busyness = chance.between(0.05, 0.5);
  for (let ms = 0; ms < (answersLate ? lateMs : badMs); ms += tickMs) {
    for (const kiosk of kiosks) if (kiosk.on && chance.hits(busyness)) for (let n = 1 + chance.below(3); n > 0; n--) kiosk.record();
    if (!answersLate) trouble();
    await clock.pass(tickMs);
  }
  // a last fall, after which nothing but the protocol itself notices what is missing
  if (answersLate || chance.hits(0.5)) hub.crash(chance.between(10, 200), setsBack ? 1 + chance.below(10) : 0);
  await clock.pass(chance.between(0, 4_000));

  weather = FAIR;
  hub.busy = 0;
  let quiet = 0;
  for (let ms = 0; ms < healMsMax && quiet < quietMs; ms += tickMs) {
    await clock.pass(tickMs);
    quiet = kiosks.every((k) => k.quiet) ? quiet + tickMs : 0;
  }
  for (const kiosk of kiosks) kiosk.stop(false);
  return {
    seed,
    violations: [...(quiet < quietMs ? ['never came to rest'] : []), ...check(hub, world.ops)],
    recorded: world.ops.filter((o) => o.state === 'ok').length,
    counted: hub.tally.position,
    entries: hub.journal.length,
  };
};

/** What goes wrong in a tick, by the chance of the seed. */
const troubles = (world: World, hub: MemoryHub, kiosks: SimKiosk[], setsBack: boolean, clone: (device: string, platter: Platter) => void): (() => void) => {
  const { chance, clock } = world;
  const p = { kiosk: chance.next() * 0.02, hub: chance.next() * 0.03, step: chance.next() * 0.01, lead: chance.next() * 0.02 };
  let clones = chance.hits(0.5) ? 2 : 0;
  return () => {
    kiosks.forEach((kiosk, i) => {
      if (!kiosk.on) return;
      if (chance.hits(p.step)) kiosk.stepClock(chance.between(-7_200_000, 7_200_000));
      if (chance.hits(p.lead)) kiosk.lead(chance.below(2));
      if (chance.hits(p.kiosk)) {
        const platter = kiosk.stop(chance.hits(0.7));
        const tabs = chance.hits(0.25) ? 2 : 1;
        clock.after(chance.between(50, 3_000), () => void kiosk.start(platter ?? undefined, tabs));
      } else if (clones > 0 && chance.hits(0.04)) {
        const platter = kiosk.image();
        if (!platter) return;
        clones--;
        clone(`k-${i}`, platter);
      }
    });
    if (chance.hits(p.hub)) hub.crash(chance.between(10, 3_000), setsBack && chance.hits(0.5) ? 1 + chance.below(20) : 0);
  };
};

/** Lost, duplicated, unexpected, holes in a stream, sums that differ. */
const check = (hub: MemoryHub, ops: readonly Op[]): string[] => {
  const violations: string[] = [];
  const counted = new Map<string, number>();
  const ids = new Set<string>();
  const reached = new Map<string, number>();
  for (const entry of hub.journal) {
    if (entry.kind !== 'kiosk.recorded') continue;
    const stream = `${entry.device}/${entry.epoch}`;
    if (entry.from !== (reached.get(stream) ?? 0) + 1) violations.push(`a hole in ${stream} before ${entry.from}`);
    reached.set(stream, entry.from + entry.items.length - 1);
    for (const item of entry.items) {
      if ('rejected' in item) violations.push(`rejected ${item.rejected}`);
      if (!('kind' in item)) continue;
      if (ids.has(item.id)) violations.push(`duplicated id ${item.id}`);
      ids.add(item.id);
      if ('session' in item) counted.set(item.session, (counted.get(item.session) ?? 0) + 1);
    }
  }
  for (const op of ops) {
    const n = counted.get(op.key) ?? 0;
    if (n === 0 && op.state === 'ok') violations.push(`lost ${op.key}`);
    if (n > 1) violations.push(`duplicated ${op.key}`);
    counted.delete(op.key);
  }
  for (const key of counted.keys()) violations.push(`unexpected ${key}`);
  return [
    ...violations,
    ...checkSums(
      hub.tally,
      hub.journal
        .flatMap((e) => (e.kind === 'kiosk.recorded' ? e.items : []))
        .filter((i) => 'kind' in i)
        .map((i) => ('kind' in i ? i.kind : '')),
      ops,
    ),
  ];
};

/** The tally agrees with the journal, and lies between what surely and what possibly happened. */
const checkSums = (tally: Tally, kinds: readonly string[], ops: readonly Op[]): string[] => {
  let sessions = 0;
  let views = 0;
  for (const hour of showcaseOf(tally, 'show').engagement.hours.values()) {
    sessions += hour.sessions;
    views += hour.views;
  }
  const violations: string[] = [];
  for (const [kind, sum] of [
    ['session.started', sessions],
    ['project.opened', views],
  ] as const) {
    const journalled = kinds.filter((k) => k === kind).length;
    const asked = ops.filter((o) => o.kind === kind);
    const sure = asked.filter((o) => o.state === 'ok').length;
    if (sum !== journalled) violations.push(`${kind}: the tally says ${sum}, the journal ${journalled}`);
    if (sum < sure || sum > asked.length) violations.push(`${kind}: ${sum} is not between ${sure} and ${asked.length}`);
  }
  return violations;
};

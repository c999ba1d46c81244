/** A floor in small: doors that tell every minute, kiosks that say what a test wants, and the watch over them, on a clock that the test moves. */
import { AlertWatch, type KioskSeen, type WatchParts } from '../../server/counting/alert-watch.ts';
import { Recorder } from '../../server/counting/recorder.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { Admission } from '../../shared/admission.ts';
import type { AlertNews } from '../../shared/alerts.ts';
import type { Entry } from '../../shared/entry.ts';
import type { ShowDay } from '../../shared/pack.ts';
import type { Reading } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import { emptyTally, showcaseOf } from '../../shared/tally.ts';

export const showcase = 'smart-hong-kong-pavilion';
export const day = '2026-11-25';
export const at = (clock: string, on = day): number => Date.parse(`${on}T${clock}:00+08:00`);

export type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Act = DistributiveOmit<Extract<Entry, { showcase: string }>, 'showcase' | 'receivedMs'>;

const open: ShowDay[] = [{ day, windows: [{ from: '10:00', to: '18:00', type: 'public', counted: true }] }];

export const kioskSeen = (more: Partial<KioskSeen> = {}): KioskSeen => ({
  id: 'k-1',
  status: 'ok',
  heardMs: 0,
  waiting: 0,
  oldestMs: null,
  screen: 'attract',
  fps: null,
  offsetMs: 0,
  pack: 'v1',
  faults: [],
  ...more,
});

export const watchedFloor = async (options: { points?: string[]; days?: ShowDay[]; parts?: Partial<WatchParts>; journal?: Journal; from?: string } = {}) => {
  const journal = options.journal ?? new MemoryJournal();
  const admission = new Admission();
  const tally = emptyTally();
  const told: AlertNews[] = [];
  let nowMs = at(options.from ?? '09:55');
  let kiosks: readonly KioskSeen[] = [];
  let watch: AlertWatch | null = null;
  const recorder = new Recorder({
    journal,
    admission,
    tally,
    applied: (entries) => {
      for (const e of entries) watch?.heard(e);
    },
    bug: (error) => {
      throw error;
    },
  });
  const act = async (what: Act): Promise<boolean> => (await recorder.record(() => ({ entry: { ...what, showcase, receivedMs: nowMs } as Entry, answer: null }))).ok;
  const points = (options.points ?? ['door-a', 'door-b']).map((id) => ({ id, zone: 'living', perimeter: true }));
  await act({ kind: 'showcase.defined', points, days: options.days ?? open });
  for (const p of points) await act({ kind: 'authority.set', by: 'hub', point: p.id, source: 'sensor', device: `c-${p.id}`, fromMs: 0 });
  watch = new AlertWatch({
    tally,
    recorder,
    nowMs: () => nowMs,
    showcases: () => [showcase],
    kiosks: () => kiosks,
    packOf: () => 'v1',
    relayOk: () => null,
    freeShare: async () => null,
    told: (_showcase, news) => void told.push(news),
    ...options.parts,
  });
  const send = (point: string, readings: Reading[]) =>
    recorder.record((a) => {
      const { entry, answer } = planReadings(a, { device: `c-${point}`, showcase, point }, readings, nowMs);
      return { entry, answer };
    });
  /** A whole minute's interval that ended now, or so many minutes ago. */
  const minute = (point: string, ins: number, outs: number, agoMs = 0, more: { class?: 'staff' } = {}) => {
    const toMs = Math.floor(nowMs / 60_000) * 60_000 - agoMs;
    return send(point, [{ kind: 'interval', from: new Date(toMs - 60_000).toISOString(), to: new Date(toMs).toISOString(), in: ins, out: outs, ...more }]);
  };
  const f = {
    journal,
    tally,
    told,
    act,
    send,
    minute,
    now: () => nowMs,
    /** What kiosks say from now on. */
    kiosks: (list: readonly KioskSeen[]) => {
      kiosks = list;
    },
    to: (clock: string) => {
      nowMs = at(clock);
    },
    look: async () => {
      await (watch as AlertWatch).look();
      return f.standing();
    },
    standing: () => Object.fromEntries((watch as AlertWatch).alerts(showcase).map((a) => [a.id, a.level])),
    /** The level of one alert, minute after minute: before each look `tell` says what happened. */
    run: async (minutes: number, id: string, tell: (n: number) => Promise<unknown> | unknown = () => undefined): Promise<string[]> => {
      const levels: string[] = [];
      for (let n = 1; n <= minutes; n++) {
        nowMs += 60_000;
        await tell(n);
        levels.push((await f.look())[id] ?? 'clear');
      }
      return levels;
    },
    wait: (ms: number) => {
      nowMs += ms;
    },
    floor: () => showcaseOf(tally, showcase).floor,
    entries: async (): Promise<Entry[]> => {
      const all: Entry[] = [];
      for await (const { entries } of journal.read(0)) all.push(...entries);
      return all;
    },
  };
  return f;
};
/** Changes of level, in order. */
export const steps = (levels: readonly string[]): string[] => levels.filter((l, i) => l !== levels[i - 1]);

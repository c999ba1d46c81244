/**
 * Watches over the floor: gathers what is seen of every showcase, lets the pure rules decide, and records what changes. An alert is an
 * entry of the journal, so it stands through a restart and every hub of a store knows it. While the journal takes nothing, what should
 * be recorded is told all the same and recorded as soon as it can be: the alert of a full disk must not need that disk.
 */
import { type FloorFacts, type KioskFacts, signsOf } from '../../shared/alert-signs.ts';
import { type Alert, type AlertNews, alertId, lookAt, noteNeeded, type Sign, type Watched, watchedFrom } from '../../shared/alerts.ts';
import type { Entry } from '../../shared/entry.ts';
import { minuteMs } from '../../shared/hongkong-time.ts';
import { showcaseOf, type Tally } from '../../shared/tally.ts';
import type { Recorder } from './recorder.ts';

/** screens on which nobody is expected to do anything */
const AT_REST: ReadonlySet<string> = new Set(['attract', 'paused', 'emergency']);
/** how often the free space of the disk is asked */
const diskEveryMs = 30_000;
/** votes remembered of one kiosk */
const votesKept = 64;

/** A kiosk as the floor sees it. */
export type KioskSeen = {
  id: string;
  status: 'ok' | 'warn' | 'offline' | 'never';
  heardMs: number | null;
  waiting: number | null;
  oldestMs: number | null;
  screen: string | null;
  fps: number | null;
  offsetMs: number | null;
  pack: string | null;
  faults: readonly string[];
};

export type WatchParts = {
  tally: Tally;
  recorder: Recorder;
  nowMs(): number;
  showcases(): readonly string[];
  kiosks(showcase: string): readonly KioskSeen[];
  packOf(showcase: string): string | null;
  relayOk(): boolean | null;
  /** free share of the journal's disk; null where nobody can tell */
  freeShare(): Promise<number | null>;
  /** the news of an alert, once it is recorded or because it can't be */
  told(showcase: string, news: AlertNews): void;
};

type Change = Extract<Entry, { kind: 'alert.raised' | 'alert.cleared' }>;

export class AlertWatch {
  readonly #parts: WatchParts;
  readonly #startedMs: number;
  /** showcase and alert, joined by `|` */
  readonly #watched = new Map<string, Watched>();
  /** what the journal did not take yet, by showcase and alert */
  readonly #unrecorded = new Map<string, { showcase: string; alert: Alert }>();
  readonly #still = new Map<string, { screen: string; sinceMs: number }>();
  readonly #votes = new Map<string, number[]>();
  readonly #closed = new Map<string, string>();
  #disk = { atMs: Number.NEGATIVE_INFINITY, free: null as number | null };
  #looking: Promise<void> | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#startedMs = parts.nowMs();
  }

  /** What stands in a showcase: recorded, or waiting to be. */
  alerts(showcase: string): Alert[] {
    const all = new Map(showcaseOf(this.#parts.tally, showcase).floor.alerts);
    for (const { showcase: at, alert } of this.#unrecorded.values()) if (at === showcase) all.set(alert.id, alert);
    return [...all.values()];
  }

  /** Hears what was recorded: votes, signs of life at a kiosk, days that were closed. */
  heard(entry: Entry): void {
    if (entry.kind === 'day.closed') this.#closed.set(entry.showcase, entry.day);
    if (entry.kind !== 'kiosk.recorded') return;
    this.#still.delete(entry.device);
    const times = entry.items.flatMap((i) => ('kind' in i && i.kind === 'vote.cast' ? [i.atMs + entry.offsetMs] : []));
    if (times.length > 0) this.#votes.set(entry.device, [...(this.#votes.get(entry.device) ?? []), ...times].slice(-votesKept));
  }

  /** One look at every showcase. One after the other: a look that still records makes the next one wait for it. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const nowMs = this.#parts.nowMs();
    if (Math.abs(nowMs - this.#disk.atMs) >= diskEveryMs) this.#disk = { atMs: nowMs, free: await this.#parts.freeShare() };
    for (const { showcase, alert } of [...this.#unrecorded.values()]) {
      const { rule, subject, level, value } = alert;
      await this.#record({ kind: 'alert.raised', receivedMs: nowMs, showcase, rule, subject, level, value });
    }
    for (const showcase of this.#parts.showcases()) {
      for (const change of this.#changes(showcase, nowMs)) await this.#record(change);
      // what visitors do goes between
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #factsOf(kiosk: KioskSeen, nowMs: number): KioskFacts {
    const active = kiosk.status !== 'offline' && kiosk.screen !== null && !AT_REST.has(kiosk.screen) ? kiosk.screen : null;
    const before = this.#still.get(kiosk.id);
    if (active === null) this.#still.delete(kiosk.id);
    else if (before?.screen !== active) this.#still.set(kiosk.id, { screen: active, sinceMs: nowMs });
    const online = kiosk.status === 'ok' || kiosk.status === 'warn';
    return {
      id: kiosk.id,
      // after a start every kiosk is given time to come back
      heardMs: kiosk.status === 'never' ? null : Math.max(kiosk.heardMs ?? 0, this.#startedMs),
      online,
      waiting: kiosk.waiting,
      oldestForMs: kiosk.oldestMs === null ? null : nowMs - kiosk.oldestMs,
      stuckSinceMs: this.#still.get(kiosk.id)?.sinceMs ?? null,
      fps: kiosk.fps,
      offsetMs: kiosk.offsetMs,
      pack: kiosk.pack,
      faults: kiosk.faults,
      votesLastMinute: (this.#votes.get(kiosk.id) ?? []).filter((at) => at > nowMs - minuteMs && at <= nowMs).length,
    };
  }

  #changes(showcase: string, nowMs: number): Change[] {
    const t = showcaseOf(this.#parts.tally, showcase);
    const facts: FloorFacts = {
      nowMs,
      startedMs: this.#startedMs,
      kiosks: this.#parts.kiosks(showcase).map((k) => this.#factsOf(k, nowMs)),
      pack: this.#parts.packOf(showcase),
      relayOk: this.#parts.relayOk(),
      freeShare: this.#disk.free,
      closedDay: this.#closed.get(showcase) ?? null,
    };
    this.#closed.delete(showcase);
    const standing = new Map(this.alerts(showcase).map((a) => [a.id, a]));
    const changes: Change[] = [];
    const base = { receivedMs: nowMs, showcase };
    // a floor on which all is well costs no names: two thousand kiosks have sixteen thousand signs
    const allWell = standing.size === 0 && this.#watched.size === 0;
    for (const sign of signsOf(t, facts)) {
      if (allWell && (sign.now === 'clear' || sign.now === 'unknown')) continue;
      const id = alertId(sign.rule, sign.subject);
      const held = standing.get(id)?.level ?? 'clear';
      const key = `${showcase}|${id}`;
      const before = this.#watched.get(key);
      // another hub may have raised or cleared it since
      const after = lookAt(before?.level === held ? before : watchedFrom(held), sign, nowMs);
      this.#keep(key, after, sign);
      standing.delete(id);
      if (after.level === held) continue;
      const what = { ...base, rule: sign.rule, subject: sign.subject };
      changes.push(after.level === 'clear' ? { kind: 'alert.cleared', ...what } : { kind: 'alert.raised', ...what, level: after.level, value: sign.value });
    }
    for (const { rule, subject, id } of standing.values()) {
      if (noteNeeded(rule)) continue;
      this.#watched.delete(`${showcase}|${id}`);
      changes.push({ kind: 'alert.cleared', ...base, rule, subject });
    }
    return changes;
  }

  /** Nothing is kept of a subject that is well. */
  #keep(key: string, watched: Watched, sign: Sign): void {
    if (watched.level === 'clear' && sign.now === 'clear') this.#watched.delete(key);
    else this.#watched.set(key, watched);
  }

  async #record(change: Change): Promise<void> {
    const { showcase } = change;
    const id = alertId(change.rule, change.subject);
    const recorded = await this.#parts.recorder.record(() => {
      const held = showcaseOf(this.#parts.tally, showcase).floor.alerts.get(id)?.level ?? 'clear';
      // another hub of the same store saw the same
      return { entry: held === (change.kind === 'alert.cleared' ? 'clear' : change.level) ? null : change, answer: null };
    });
    const key = `${showcase}|${id}`;
    const waiting = this.#unrecorded.get(key);
    if (recorded.ok) {
      this.#unrecorded.delete(key);
      if (waiting && change.kind === 'alert.cleared') this.#parts.told(showcase, { ...waiting.alert, level: 'clear' });
      return;
    }
    if (change.kind === 'alert.raised') {
      const { rule, subject, level, value } = change;
      const alert: Alert = { id, rule, subject, level, value, sinceMs: waiting?.alert.sinceMs ?? change.receivedMs, acknowledged: null };
      if (waiting?.alert.level !== level) this.#parts.told(showcase, alert);
      this.#unrecorded.set(key, { showcase, alert });
    } else if (waiting) {
      this.#unrecorded.delete(key);
      this.#parts.told(showcase, { ...waiting.alert, level: 'clear' });
    }
  }
}

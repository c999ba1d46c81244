/**
 * What was asked for, what the devices and the hub promised, and whether the promises are kept: Jepsen's set, queue and counter in one.
 * Violations are collected, not thrown. `ok`: stored on the device, so it must be counted once; `info`: nobody knows, so it may be.
 */
import type { Entry, StreamItem } from '../../shared/entry.ts';
import type { Tally } from '../../shared/tally.ts';

export type OpKind = 'session.started' | 'project.opened' | 'visitor.waved';
export type Op = {
  key: string;
  kind: OpKind;
  state: 'info' | 'ok';
  /** the kiosk that recorded it */
  disk: number;
  /** its device was wiped: only the hub has it */
  alone: boolean;
};
/** events of this kind are not known to the hub: refused one by one, and kept as refused */
export const unknownKind = 'visitor.waved';

type HeardEvent = { id: string; seq: number; kind: string; session?: string };
type Sums = { [kind in 'session.started' | 'project.opened']: number };
const COUNTED = ['session.started', 'project.opened'] as const;

export const showcase = 'show';
export const keyChars = 11;
const violationsMax = 20;

/** The two figures of a tally that the simulation adds up. */
export const sumsOf = (tally: Tally): Sums => {
  const sums: Sums = { 'session.started': 0, 'project.opened': 0 };
  // a look must not make a showcase that nobody counted in
  for (const hour of tally.showcases.get(showcase)?.engagement.hours.values() ?? []) {
    sums['session.started'] += hour.sessions;
    sums['project.opened'] += hour.views;
  }
  return sums;
};

const idOf = (item: StreamItem): string | null => ('kind' in item ? item.id : 'repeat' in item ? item.repeat : (item.id ?? null));

export class Ledger {
  readonly ops: Op[] = [];
  readonly violations: string[] = [];
  /** ids that an answer of the hub named, of the time line that its folder is on */
  readonly #acked = new Map<string, HeardEvent>();
  readonly #keys = new Map<string, string>();
  readonly #asked: Sums = { 'session.started': 0, 'project.opened': 0 };
  #sure: Sums = { 'session.started': 0, 'project.opened': 0 };
  #high: Sums = { 'session.started': 0, 'project.opened': 0 };

  /** Events confirmed by the hub, refused ones included. */
  get counted(): number {
    return this.#acked.size;
  }

  violate(what: string): void {
    if (this.violations.length < violationsMax) this.violations.push(what);
  }

  ask(kind: OpKind, disk: number): Op {
    const op: Op = { key: `op-${String(this.ops.length).padStart(keyChars - 3, '0')}`, kind, state: 'info', disk, alone: false };
    this.ops.push(op);
    if (kind !== unknownKind) this.#asked[kind]++;
    return op;
  }

  /** The key of the op that an id belongs to, as far as the hub was ever told. */
  keyOf(id: string): string | undefined {
    return this.#keys.get(id);
  }

  /** A batch reached the hub. */
  heard(events: readonly HeardEvent[]): void {
    for (const e of events) if (e.session !== undefined) this.#keys.set(e.id, e.session);
  }

  /** An answer left the hub: these events are durable. */
  acked(events: readonly HeardEvent[], through: number): void {
    for (const e of events) {
      if (e.seq > through || this.#acked.has(e.id)) continue;
      this.#acked.set(e.id, e);
      if (e.kind === 'session.started' || e.kind === 'project.opened') this.#sure[e.kind]++;
    }
  }

  /** A kiosk's storage was wiped: what the hub did not confirm may be gone for good. */
  wiped(disk: number): void {
    const confirmed = new Set([...this.#acked.values()].map((e) => e.session));
    for (const op of this.ops) {
      if (op.disk !== disk) continue;
      if (confirmed.has(op.key)) op.alone = true;
      else op.state = 'info';
    }
  }

  /**
   * A live figure is read: no less than was confirmed, no more than was asked for, never less than before.
   */
  read(tally: Tally): void {
    const sums = sumsOf(tally);
    for (const kind of COUNTED) {
      const n = sums[kind];
      if (n < this.#sure[kind] || n > this.#asked[kind]) this.violate(`${kind}: ${n} is read, which is not between ${this.#sure[kind]} and ${this.#asked[kind]}`);
      if (n < this.#high[kind]) this.violate(`${kind}: fell from ${this.#high[kind]} to ${n}`);
      this.#high[kind] = n;
    }
  }

  /** The hub started on these entries. What it had confirmed is among them, unless its folder was set back. */
  restarted(entries: readonly Entry[], setBack: boolean): void {
    const held = new Set<string>();
    for (const entry of entries) if (entry.kind === 'kiosk.recorded') for (const item of entry.items) held.add(idOf(item) ?? '');
    for (const [id, event] of this.#acked) {
      if (held.has(id)) continue;
      if (!setBack) this.violate(`confirmed, then lost: ${event.session ?? id}`);
      this.#acked.delete(id);
      if (event.kind === 'session.started' || event.kind === 'project.opened') this.#sure[event.kind]--;
    }
    if (!setBack) return;
    this.#high = { 'session.started': 0, 'project.opened': 0 };
    const keys = new Set([...this.#acked.values()].map((e) => e.session));
    for (const op of this.ops) {
      if (!op.alone || keys.has(op.key)) continue;
      op.alone = false;
      op.state = 'info';
    }
  }
}

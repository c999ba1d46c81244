/**
 * What a stream keeps and what it lets go. Acknowledged events stay as a tail, so that a hub that was set back can be given them again:
 * for `tailKeepMs` and at least `tailKeepEventsMin` of them, whichever keeps more. Age is told by the device's clock in steps of an
 * hour; a clock that is set far ahead shortens it to the least number.
 * When very much waits, the least important events (a project closed, a language or mode chosen) are folded away, oldest first, and
 * the rest moves to a fresh stream, because a stream has no holes. Sessions, projects opened, codes shown and votes are never refused
 * nor folded: beyond that only the browser's quota bounds them.
 */
import type { KioskEvent } from '../../shared/event.ts';
import { makeId } from '../../shared/ids.ts';
import type { RandomBytes } from './clock.ts';
import { currentEra } from './eras.ts';
import type { OutboxTransaction, StoredEvent, StreamMeta } from './storage.ts';

export const tailKeepMs = 72 * 3_600_000;
export const tailKeepEventsMin = 20_000;
export const waitingEventsMax = 50_000;
/** how many are folded away at once, and how many more must be recorded before it is tried again */
export const foldedEventsMax = 10_000;
export const foldAgainEvents = 5_000;
const hourMs = 3_600_000;
const tailHoursMax = 200;
const pageEvents = 1_000;

export type Limits = { tailKeepMs: number; tailKeepEventsMin: number; waitingEventsMax: number; foldedEventsMax: number; foldAgainEvents: number };
export const LIMITS: Limits = { tailKeepMs, tailKeepEventsMin, waitingEventsMax, foldedEventsMax, foldAgainEvents };

const FOLDABLE: ReadonlySet<string> = new Set(['project.closed', 'language.chosen', 'mode.chosen']);

export const waitingOf = (meta: StreamMeta): number => meta.nextSeq - 1 - meta.ackedThrough;

/** A stream with nothing in it. */
export const freshStream = (random: RandomBytes, limits: Limits): StreamMeta => ({
  epoch: makeId(random),
  nextSeq: 1,
  firstKept: 1,
  ackedThrough: 0,
  lastAckedId: null,
  tail: [],
  foldAt: limits.waitingEventsMax,
  eras: [],
});

/** The stream acknowledged through `through`, and retired as far as the tail need not reach. */
export const acknowledged = async (tx: OutboxTransaction, meta: StreamMeta, through: number, id: string, nowMs: number, limits: Limits): Promise<StreamMeta> => {
  const hourEndMs = (Math.floor(nowMs / hourMs) + 1) * hourMs;
  const tail = [...meta.tail.filter((t) => t.hourEndMs !== hourEndMs), { through, hourEndMs }];
  const old = tail.filter((t) => t.hourEndMs <= nowMs - limits.tailKeepMs);
  const retireThrough = Math.min(old.at(-1)?.through ?? 0, through - limits.tailKeepEventsMin);
  const firstKept = Math.max(meta.firstKept, retireThrough + 1);
  if (firstKept > meta.firstKept) await tx.deleteEvents(meta.epoch, meta.firstKept, firstKept - 1);
  // of the hours that are old enough only the newest matters
  const kept = tail.filter((t) => t === old.at(-1) || !old.includes(t)).slice(-tailHoursMax);
  return { ...meta, ackedThrough: through, lastAckedId: id, tail: kept, firstKept };
};

/** Moves what the stream keeps to a fresh one, where all of it waits again; ids stay. `drop` leaves an event behind. */
export const moved = async (tx: OutboxTransaction, meta: StreamMeta, random: RandomBytes, limits: Limits, drop: (e: StoredEvent) => boolean = () => false): Promise<StreamMeta> => {
  const fresh: StreamMeta = { ...freshStream(random, limits), eras: meta.eras, ...(meta.store !== undefined && { store: meta.store }) };
  let nextSeq = 1;
  for (let from = meta.firstKept; from < meta.nextSeq; from += pageEvents) {
    const page = await tx.events(meta.epoch, from, Math.min(pageEvents, meta.nextSeq - from));
    const kept = page.filter((e) => !drop(e)).map((e) => ({ ...e, epoch: fresh.epoch, seq: nextSeq++ }));
    await tx.putEvents(kept);
  }
  await tx.deleteEvents(meta.epoch, meta.firstKept, meta.nextSeq - 1);
  return { ...fresh, nextSeq, foldAt: Math.max(limits.waitingEventsMax, nextSeq - 1 + limits.foldAgainEvents) };
};

/** Folds the oldest of the least important events away, and says so by a `device.fault` in the stream. */
export const folded = async (tx: OutboxTransaction, meta: StreamMeta, random: RandomBytes, nowMs: number, limits: Limits): Promise<StreamMeta> => {
  let left = limits.foldedEventsMax;
  const after = await moved(tx, meta, random, limits, (e) => FOLDABLE.has(e.event.kind) && left-- > 0);
  const event: KioskEvent = { kind: 'device.fault', id: makeId(random), atMs: Math.round(nowMs), code: 'outbox_folded' };
  await tx.putEvents([{ epoch: after.epoch, seq: after.nextSeq, era: currentEra(after.eras), event }]);
  return { ...after, nextSeq: after.nextSeq + 1 };
};

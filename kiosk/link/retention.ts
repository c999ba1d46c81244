/**
 * What an outbox keeps and what it lets go, over all its epochs. Acknowledged events stay as a tail, so that a hub that was set back can be given them again:
 * for `tailKeepMs` and at least `tailKeepEventsMin` of them, whichever keeps more. Age is told by the device's clock in steps of an
 * hour; a clock that is set far ahead shortens it to the least number.
 * When very much waits, the least important events (a project closed, a language or mode chosen, a quiz answered) are folded away, oldest first, and
 * the rest moves to a fresh epoch, because an epoch has no holes. Sessions, projects opened, codes shown and votes are never refused
 * nor folded: beyond that only the browser's quota bounds them.
 * A backlog is set aside: its epoch grows no more, and what happens now is numbered in a fresh one, so that it need not wait behind it.
 */
import type { KioskEvent } from '../../shared/event.ts';
import { makeId } from '../../shared/ids.ts';
import type { RandomBytes } from './clock.ts';
import { currentEra } from './eras.ts';
import type { Epoch, OutboxTransaction, StoredEvent, StreamMeta } from './storage.ts';

export const tailKeepMs = 72 * 3_600_000;
export const tailKeepEventsMin = 20_000;
export const waitingEventsMax = 50_000;
/** how many are folded away at once, and how many more must be recorded before it is tried again */
export const foldedEventsMax = 10_000;
export const foldAgainEvents = 5_000;
/** more than this waiting is a backlog: some batches */
export const asideEventsMin = 500;
/** epochs set aside at once; each costs a hello a connection while its tail is kept. Beyond it a backlog stays where it is */
export const asideEpochsMax = 16;
const hourMs = 3_600_000;
const tailHoursMax = 200;
const pageEvents = 1_000;

export type Limits = {
  tailKeepMs: number;
  tailKeepEventsMin: number;
  waitingEventsMax: number;
  foldedEventsMax: number;
  foldAgainEvents: number;
  asideEventsMin: number;
  asideEpochsMax: number;
};
export const LIMITS: Limits = { tailKeepMs, tailKeepEventsMin, waitingEventsMax, foldedEventsMax, foldAgainEvents, asideEventsMin, asideEpochsMax };

const FOLDABLE: ReadonlySet<string> = new Set(['project.closed', 'language.chosen', 'mode.chosen', 'quiz.answered']);

/** All epochs that something is kept of, oldest first; the one that grows is the last. */
export const epochsOf = (meta: StreamMeta): Epoch[] => [...(meta.aside ?? []), meta];
/** Events of one epoch that wait. */
export const waitingOf = (epoch: Epoch): number => epoch.nextSeq - 1 - epoch.ackedThrough;
/** Events of all epochs that wait. */
export const waitingIn = (meta: StreamMeta): number => epochsOf(meta).reduce((n, e) => n + waitingOf(e), 0);
/** Acknowledged events of all epochs that are kept. */
export const tailIn = (meta: StreamMeta): number => epochsOf(meta).reduce((n, e) => n + e.ackedThrough - e.firstKept + 1, 0);

const freshEpoch = (random: RandomBytes): Epoch => ({ epoch: makeId(random), nextSeq: 1, firstKept: 1, ackedThrough: 0, lastAckedId: null, tail: [] });

/** An outbox with nothing in it. */
export const freshStream = (random: RandomBytes, limits: Limits): StreamMeta => ({ ...freshEpoch(random), foldAt: limits.waitingEventsMax, eras: [] });

/** An epoch retired as far as the tail need not reach; `keepMin` of its acknowledged events stay. */
const retired = async <E extends Epoch>(tx: OutboxTransaction, epoch: E, keepMin: number, nowMs: number, limits: Limits): Promise<E> => {
  const old = epoch.tail.filter((t) => t.hourEndMs <= nowMs - limits.tailKeepMs);
  const retireThrough = Math.min(old.at(-1)?.through ?? 0, epoch.ackedThrough - keepMin);
  const firstKept = Math.max(epoch.firstKept, retireThrough + 1);
  if (firstKept > epoch.firstKept) await tx.deleteEvents(epoch.epoch, epoch.firstKept, firstKept - 1);
  // of the hours that are old enough only the newest matters
  const tail = epoch.tail.filter((t) => t === old.at(-1) || !old.includes(t)).slice(-tailHoursMax);
  return { ...epoch, firstKept, tail };
};

/** The outbox with `epoch` acknowledged through `through`, and every epoch retired as far as the tail need not reach. */
export const acknowledged = async (
  tx: OutboxTransaction,
  meta: StreamMeta,
  { epoch, through, id }: { epoch: string; through: number; id: string },
  nowMs: number,
  limits: Limits,
): Promise<StreamMeta> => {
  const hourEndMs = (Math.floor(nowMs / hourMs) + 1) * hourMs;
  const marked = <E extends Epoch>(e: E): E =>
    e.epoch === epoch ? { ...e, ackedThrough: through, lastAckedId: id, tail: [...e.tail.filter((t) => t.hourEndMs !== hourEndMs), { through, hourEndMs }] } : e;
  let keepMin = limits.tailKeepEventsMin;
  const turn = async <E extends Epoch>(e: E): Promise<E> => {
    const after = await retired(tx, marked(e), keepMin, nowMs, limits);
    keepMin = Math.max(0, keepMin - (after.ackedThrough - after.firstKept + 1));
    return after;
  };
  // the newest first: of the least number that is kept, the newest count
  const now = await turn(meta);
  const aside: Epoch[] = [];
  for (const e of [...(meta.aside ?? [])].reverse()) aside.unshift(await turn(e));
  return withAside(
    now,
    aside.filter((e) => e.firstKept < e.nextSeq),
  );
};

const withAside = ({ aside: _, ...meta }: StreamMeta, aside: Epoch[]): StreamMeta => (aside.length > 0 ? { ...meta, aside } : meta);
const refolding = (meta: StreamMeta, limits: Limits): StreamMeta => ({ ...meta, foldAt: Math.max(limits.waitingEventsMax, waitingIn(meta) + limits.foldAgainEvents) });

/** Moves what epochs keep to a fresh one, in order, where all of it waits again; ids stay. `drop` leaves an event behind. */
const moved = async (tx: OutboxTransaction, from: readonly Epoch[], random: RandomBytes, drop: (e: StoredEvent) => boolean = () => false): Promise<Epoch> => {
  const fresh = freshEpoch(random);
  for (const { epoch, firstKept, nextSeq } of from) {
    for (let seq = firstKept; seq < nextSeq; seq += pageEvents) {
      const page = await tx.events(epoch, seq, Math.min(pageEvents, nextSeq - seq));
      await tx.putEvents(page.filter((e) => !drop(e)).map((e) => ({ ...e, epoch: fresh.epoch, seq: fresh.nextSeq++ })));
    }
    await tx.deleteEvents(epoch, firstKept, nextSeq - 1);
  }
  return fresh;
};

/** The hub has less of `epoch` than it says, or something else: what is kept of it waits again in a fresh one, in its place. */
export const renewed = async (tx: OutboxTransaction, meta: StreamMeta, epoch: string, random: RandomBytes, limits: Limits): Promise<StreamMeta> => {
  if (meta.epoch === epoch) return refolding({ ...meta, ...(await moved(tx, [meta], random)) }, limits);
  const aside: Epoch[] = [];
  for (const e of meta.aside ?? []) aside.push(e.epoch === epoch ? await moved(tx, [e], random) : e);
  return refolding(withAside(meta, aside), limits);
};

/** The outbox without its tail: only what waits is kept, in a fresh epoch. */
export const withoutTail = async (tx: OutboxTransaction, meta: StreamMeta, random: RandomBytes, limits: Limits): Promise<StreamMeta> => {
  const waiting: Epoch[] = [];
  for (const e of epochsOf(meta)) {
    if (e.ackedThrough >= e.firstKept) await tx.deleteEvents(e.epoch, e.firstKept, e.ackedThrough);
    waiting.push({ ...e, firstKept: e.ackedThrough + 1 });
  }
  return refolding({ ...withAside(meta, []), ...(await moved(tx, waiting, random)) }, limits);
};

/** The outbox with its backlog set aside, if there is one. */
export const setAside = (meta: StreamMeta, random: RandomBytes, limits: Limits): StreamMeta => {
  if (waitingOf(meta) < limits.asideEventsMin || (meta.aside?.length ?? 0) >= limits.asideEpochsMax) return meta;
  const { epoch, nextSeq, firstKept, ackedThrough, lastAckedId, tail } = meta;
  return { ...meta, ...freshEpoch(random), aside: [...(meta.aside ?? []), { epoch, nextSeq, firstKept, ackedThrough, lastAckedId, tail }] };
};

/** Folds the oldest of the least important events away, and says so by a `device.fault`; the rest is one epoch again. */
export const folded = async (tx: OutboxTransaction, meta: StreamMeta, random: RandomBytes, nowMs: number, limits: Limits): Promise<StreamMeta> => {
  let left = limits.foldedEventsMax;
  const fresh = await moved(tx, epochsOf(meta), random, (e) => FOLDABLE.has(e.event.kind) && left-- > 0);
  const event: KioskEvent = { kind: 'device.fault', id: makeId(random), atMs: Math.round(nowMs), code: 'outbox_folded' };
  await tx.putEvents([{ epoch: fresh.epoch, seq: fresh.nextSeq++, era: currentEra(meta.eras), event }]);
  return refolding({ ...withAside(meta, []), ...fresh }, limits);
};

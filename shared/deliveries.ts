/** Which closed versions there are to deliver, and what became of each: folded from the journal, so that any hub, at any start, knows the same. */
import type { Entry } from './entry.ts';

/** A version of a day as it was closed at a position. */
export type Closing = { showcase: string; day: string; version: number; position: number; closedMs: number };
/** `begun` by whom and when, then `done`, `failed` (it is tried again) or `given-up`. */
export type Delivery = { state: 'begun' | 'failed' | 'done' | 'given-up'; attempts: number; atMs: number; by: string };
export type Deliveries = { closings: Closing[]; states: Map<string, Delivery> };

export const emptyDeliveries = (): Deliveries => ({ closings: [], states: new Map() });

/** The name of a version, the same for ever: a receiver tells by it what it has already. */
export const deliveryKey = ({ showcase, day, version }: Pick<Closing, 'showcase' | 'day' | 'version'>): string => `${showcase}_${day}_v${version}`;

/** Folds the entry at `position` in. */
export const applyToDeliveries = (d: Deliveries, e: Entry, position: number): void => {
  if (e.kind === 'day.closed') {
    const version = d.closings.reduce((n, c) => n + (c.showcase === e.showcase && c.day === e.day ? 1 : 0), 1);
    d.closings.push({ showcase: e.showcase, day: e.day, version, position, closedMs: e.receivedMs });
  } else if (e.kind === 'day.delivery') {
    const key = deliveryKey(e);
    const attempts = (d.states.get(key)?.attempts ?? 0) + (e.state === 'begun' ? 1 : 0);
    d.states.set(key, { state: e.state, attempts, atMs: e.receivedMs, by: e.by });
  }
};

/** The versions that were neither delivered nor given up, oldest first. */
export const openDeliveries = (d: Deliveries): Closing[] => d.closings.filter((c) => !['done', 'given-up'].includes(d.states.get(deliveryKey(c))?.state ?? ''));

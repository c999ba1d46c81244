/**
 * Where a kiosk keeps what it must not lose: its outbox, what it is paired as, the last good content. All that decides something is in
 * outbox.ts and runs inside `transact`; an implementation only stores.
 */
import type { KioskEvent } from '../../shared/event.ts';
import type { Content } from '../../shared/pack.ts';
import type { Era } from './eras.ts';

/** One run of numbered events, and how far the hub acknowledged it. What must be sent anew moves to a fresh one. */
export type Epoch = {
  epoch: string;
  nextSeq: number;
  /** oldest seq that is still kept; below it everything was acknowledged and retired */
  firstKept: number;
  ackedThrough: number;
  lastAckedId: string | null;
  /** how far the stream was acknowledged by the end of each past hour, oldest first */
  tail: { through: number; hourEndMs: number }[];
};

/** The epoch that events are numbered in now, and all else that is known of the outbox. */
export type StreamMeta = Epoch & {
  /** epochs that grow no more, oldest first: a backlog set aside so that what happens now is sent before it; gone once nothing of it is kept */
  aside?: Epoch[];
  /** how many may wait before the least important ones are folded away */
  foldAt: number;
  eras: Era[];
  /** made with the storage and kept over every fresh epoch: another one means that the browser wiped it */
  store?: string;
};

export type StoredEvent = { epoch: string; seq: number /** of eras.ts */; era: number; event: KioskEvent };
/** What this device is paired as. */
export type DeviceRecord = { id: string; token: string; showcase: string; zone: string };
export type StoredContent = { showcase: string; etag: string | null; content: Content };

/** What one transaction sees and changes. Await every call before the next; nothing else may be awaited inside a transaction. */
export interface OutboxTransaction {
  stream(): Promise<StreamMeta | null>;
  putStream(meta: StreamMeta): Promise<void>;
  event(epoch: string, seq: number): Promise<StoredEvent | null>;
  /** Up to `max` events from `from` on, in order. */
  events(epoch: string, from: number, max: number): Promise<StoredEvent[]>;
  putEvents(events: readonly StoredEvent[]): Promise<void>;
  /** Deletes both ends included. */
  deleteEvents(epoch: string, from: number, through: number): Promise<void>;
}

export interface OutboxStorage {
  readonly kind: 'durable' | 'memory';
  /** Runs `work` in one transaction, all or nothing, alone. Resolves once it is on disk; rejects when nothing of it was stored. */
  transact<T>(work: (tx: OutboxTransaction) => Promise<T>): Promise<T>;
  device(): Promise<DeviceRecord | null>;
  setDevice(device: DeviceRecord | null): Promise<void>;
  content(showcase: string): Promise<StoredContent | null>;
  setContent(content: StoredContent): Promise<void>;
  showcases(): Promise<string[]>;
  setShowcases(ids: readonly string[]): Promise<void>;
  /** Takes or renews the right to be the one sender; false while another owner's has not run out. */
  takeLease(owner: string, nowMs: number, untilMs: number): Promise<boolean>;
  close(): void;
}

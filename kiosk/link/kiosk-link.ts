/**
 * What a visitor's page knows of the hub: record what happened, hear commands and the tally, get the content, be paired. All of it
 * works without the hub, except being paired. In a browser with several tabs one of them sends; only that one hears commands.
 */
import type { Command, CommandAnswer } from '../../shared/command.ts';
import type { Content } from '../../shared/pack.ts';
import type { PublicTally } from '../../shared/wire.ts';
import type { Text } from '../../shared/words.ts';
import { type Clock, pageClock, type RandomBytes } from './clock.ts';
import type { Status } from './heartbeat.ts';
import { IdbStorage } from './idb-storage.ts';
import { MendingStorage } from './mending-storage.ts';
import type { NewEvent, SentEvent } from './outbox.ts';
import { PageLink } from './page-link.ts';
import type { OutboxStorage } from './storage.ts';
import type { Wire } from './wire.ts';

export type { NewEvent, SentEvent } from './outbox.ts';

export type LinkState = {
  paired: boolean;
  showcase: string | null;
  zone: string | null;
  device: string | null;
  online: boolean;
  /** events that the hub has not acknowledged yet */
  waiting: number;
  /** when the oldest of them happened, in the hub's time as `nowMs` tells it */
  oldestMs: number | null;
  /** `memory`: the browser refuses to store anything; what waits is gone with the page */
  storage: 'durable' | 'memory';
  /** stable codes in snake_case */
  faults: readonly string[];
};

/** What staff may want to know of a kiosk's link, at this moment. Times by the device's own clock. */
export type LinkDetail = {
  epoch: string | null;
  /** acknowledged events that are kept in case the hub is set back */
  tail: number;
  /** the hub's clock less the device's; null before the first hello of this page */
  offsetMs: number | null;
  measuredMs: number | null;
  ackedMs: number | null;
};

export type KioskStatus = Omit<Status, 'heapBytes'>;
export type KioskLink = {
  state(): LinkState;
  /** Calls the listener after every change; answers how to stop it. */
  subscribe(listener: (state: LinkState) => void): () => void;
  /**
   * Resolves when the event is durable on this device; does nothing when unpaired. While the disk refuses, it stays pending: do not make
   * a visitor wait for it. Rejects when the event is lost (very many are held already, or the link is closed).
   */
  record(event: NewEvent & { atMs?: number }): Promise<void>;
  /** The one handler of commands; the hub hears that it is done when its promise resolves. */
  onCommand(handler: (command: Command) => Promise<CommandAnswer | undefined>): void;
  onTally(handler: (tally: PublicTally) => void): void;
  /** What every heartbeat says of the page. */
  report(status: () => KioskStatus): void;
  /** Pairs by the secret of a first start's link; false when it is used up or the hub is away. */
  claim(secret: string): Promise<boolean>;
  /** A code for staff to approve; null when the hub gives none. `approved` rejects with `pairing_expired`, or `link_closed`. */
  startPairing(): Promise<{ userCode: string; words: Text; approved: Promise<void> } | null>;
  /** Forgets what this device is paired as, and the acknowledged tail. What waits is sent when it is paired again. */
  unpair(): Promise<void>;
  /** From the hub, or the last good copy on this device. */
  content(showcase: string): Promise<Content | null>;
  showcases(): Promise<string[]>;
  /** Optional so that what stands in for a link may leave it out. */
  detail?(): LinkDetail;
  /** What waits, or all that is kept, page by page; takes nothing away. */
  kept?(tail: boolean): AsyncGenerator<SentEvent[]>;
  /** The hub's time as well as it is known. Never give it to `record` as `atMs`. */
  nowMs(): number;
  close(): Promise<void>;
};

export type KioskLinkOptions = {
  origin: string;
  fetch: typeof fetch;
  now(): number;
  random: RandomBytes;
  clock?: Clock;
  storage?: OutboxStorage;
  wire?: (parts: { origin: string; clock: Clock; random: RandomBytes }) => Wire;
  locks?: LockManager | null;
  heapBytes?: () => number | null;
};

/** Opens the link. Never rejects: a browser that refuses to store works from memory, and the state says so. */
export const openKioskLink = async (options: KioskLinkOptions): Promise<KioskLink> => {
  const clock = options.clock ?? pageClock(options.now);
  const storage = options.storage ?? (await MendingStorage.begin(clock, openDisk));
  const link = new PageLink(options, clock, storage);
  await link.open();
  return link;
};

/** IndexedDB, asked not to be cleared when space gets short. */
const openDisk = async (): Promise<OutboxStorage> => {
  const storage = await IdbStorage.open();
  // not awaited: a browser may ask its user first
  globalThis.navigator?.storage?.persist?.().catch(() => undefined);
  return storage;
};

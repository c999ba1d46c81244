/** The clicker's state: the queue on this phone, what was pressed last and may be taken back, which hand holds the phone. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { ClickQueue, type ClickStore } from '../link/click-queue.ts';
import type { Feed } from './feed.ts';

/** what was pressed can be taken back for so long, and only so many of the last */
export const undoMsMax = 60_000;
export const undoActsMax = 10;
const handKey = 'harbourlight.clicker.hand';
const doorKey = 'harbourlight.clicker.door';
const tapBuzzMs = 25;

export type Pressed = { id: string; showcase: string; point: string; direction: 'in' | 'out'; n: number; atMs: number };
export type Clicker = {
  waiting: ReadonlySignal<number>;
  /** what waits at one door, in and out, taken-back ones left out */
  pending(point: string): { in: number; out: number };
  refused: ReadonlySignal<number>;
  /** `memory`: this browser stores nothing; null: not open yet */
  storage: ReadonlySignal<'durable' | 'memory' | null>;
  /** newest last */
  last: ReadonlySignal<readonly Pressed[]>;
  hand: ReadonlySignal<'left' | 'right'>;
  door: ReadonlySignal<string | null>;
  press(what: Omit<Pressed, 'id'>): Promise<boolean>;
  takeBack(what: Pressed, reason: string): Promise<boolean>;
  swapHands(): void;
  choose(door: string): void;
  /** sends over this feed from now on */
  use(feed: Feed): () => void;
  /** the hub is there again */
  wake(): void;
};

type Parts = {
  openStore(): Promise<ClickStore>;
  makeId(): string;
  storage: Storage | null;
  vibrate(pattern: readonly number[]): void;
  after(ms: number, run: () => void): void;
};

export const openClicker = (parts: Parts): Clicker => {
  const waiting = signal(0);
  const refused = signal(0);
  const storage = signal<'durable' | 'memory' | null>(null);
  const last = signal<readonly Pressed[]>([]);
  const hand = signal<'left' | 'right'>(parts.storage?.getItem(handKey) === 'left' ? 'left' : 'right');
  const door = signal<string | null>(parts.storage?.getItem(doorKey) ?? null);
  let feed: Feed | null = null;
  let queue: ClickQueue | null = null;
  const changed = (): void => {
    waiting.value = queue?.waiting.length ?? 0;
    refused.value = queue?.refused ?? 0;
  };
  const opening = parts.openStore().then(async (store) => {
    queue = await ClickQueue.open({ store, send: (act) => feed?.click(act) ?? Promise.resolve('later'), after: parts.after, changed });
    storage.value = queue.kind;
    // an earlier page's that wait may still be taken back
    const back = new Set(queue.waiting.flatMap((a) => (a.kind === 'void' ? [a.of] : [])));
    const kept = queue.waiting.flatMap((a): Pressed[] => (a.kind === 'click' && !back.has(a.id) ? [a] : []));
    last.value = [...kept, ...last.value].slice(-undoActsMax);
    changed();
    queue.wake();
    return queue;
  });
  return {
    waiting,
    refused,
    storage,
    last,
    hand,
    door,
    pending: (point) => {
      const acts = queue?.waiting ?? [];
      const back = new Set(acts.flatMap((a) => (a.kind === 'void' ? [a.of] : [])));
      const sum = { in: 0, out: 0 };
      for (const a of acts) if (a.kind === 'click' && a.point === point && !back.has(a.id)) sum[a.direction] += a.n;
      return sum;
    },
    press: async (what) => {
      const pressed = { id: parts.makeId(), ...what };
      parts.vibrate([tapBuzzMs]);
      try {
        await (await opening).add({ kind: 'click', ...pressed });
        last.value = [...last.value, pressed].slice(-undoActsMax);
        return true;
      } catch {
        return false; // not kept: it is said, and was not counted
      }
    },
    takeBack: async (what, reason) => {
      parts.vibrate([tapBuzzMs, tapBuzzMs * 2, tapBuzzMs]);
      try {
        await (await opening).add({ kind: 'void', id: parts.makeId(), showcase: what.showcase, of: what.id, reason });
        last.value = last.value.filter((p) => p.id !== what.id);
        return true;
      } catch {
        return false;
      }
    },
    swapHands: () => {
      hand.value = hand.value === 'left' ? 'right' : 'left';
      parts.storage?.setItem(handKey, hand.value);
    },
    choose: (id) => {
      door.value = id;
      parts.storage?.setItem(doorKey, id);
    },
    wake: () => queue?.wake(),
    use: (next) => {
      feed = next;
      queue?.wake();
      return () => {
        if (feed === next) feed = null;
      };
    },
  };
};

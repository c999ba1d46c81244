/**
 * The outbox's storage in IndexedDB. Every transaction over the outbox asks for strict durability: it is complete when it is on disk,
 * not when the browser has heard of it. A connection that the browser ended is opened again by the next call.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { DeviceRecord, OutboxStorage, OutboxTransaction, StoredContent, StoredEvent, StreamMeta } from './storage.ts';

const openWaitMsMax = 4_000;

type Stored = DeviceRecord | { owner: string; untilMs: number };
interface KioskSchema extends DBSchema {
  streams: { key: string; value: StreamMeta };
  events: { key: [string, number]; value: StoredEvent };
  device: { key: string; value: Stored };
  content: { key: string; value: StoredContent | { showcases: string[] } };
}
type Db = IDBPDatabase<KioskSchema>;
type OutboxTx = IDBPTransaction<KioskSchema, ('streams' | 'events')[], 'readwrite'>;

const LIST = '/showcases'; // no showcase id contains a slash

const transactionOf = (tx: OutboxTx): OutboxTransaction => {
  const streams = tx.objectStore('streams');
  const events = tx.objectStore('events');
  return {
    stream: async () => (await streams.get('current')) ?? null,
    putStream: async (meta) => void (await streams.put(meta, 'current')),
    event: async (epoch, seq) => (await events.get([epoch, seq])) ?? null,
    events: (epoch, from, max) => events.getAll(IDBKeyRange.bound([epoch, from], [epoch, Number.MAX_SAFE_INTEGER]), max),
    putEvents: async (list) => void (await Promise.all(list.map((e) => events.put(e)))),
    deleteEvents: async (epoch, from, through) => {
      if (from <= through) await events.delete(IDBKeyRange.bound([epoch, from], [epoch, through]));
    },
  };
};

export class IdbStorage implements OutboxStorage {
  readonly kind = 'durable';
  readonly #name: string;
  #db: Promise<Db> | null = null;
  #closed = false;

  private constructor(name: string) {
    this.#name = name;
  }

  /** Opens the database; rejects when the browser refuses, or another tab keeps an older version open for too long. */
  static async open(name = 'harbourlight'): Promise<IdbStorage> {
    const storage = new IdbStorage(name);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('idb_blocked')), openWaitMsMax);
    });
    try {
      await Promise.race([storage.#open(), late]);
      return storage;
    } catch (error) {
      storage.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #open(): Promise<Db> {
    if (this.#closed) return Promise.reject(new Error('idb_closed'));
    if (this.#db) return this.#db;
    const gone = (): void => {
      this.#db = null;
    };
    const opening = openDB<KioskSchema>(this.#name, 1, {
      upgrade: (db) => {
        db.createObjectStore('streams');
        db.createObjectStore('events', { keyPath: ['epoch', 'seq'] });
        db.createObjectStore('device');
        db.createObjectStore('content');
      },
      // a newer page's version goes first
      blocking: (_now, _next, event) => {
        gone();
        (event.target as IDBDatabase).close();
      },
      terminated: gone,
    });
    this.#db = opening;
    opening.then((db) => {
      if (this.#closed) db.close();
    }, gone);
    return opening;
  }

  async transact<T>(work: (tx: OutboxTransaction) => Promise<T>): Promise<T> {
    const tx = (await this.#begin(['streams', 'events'], 'strict')) as OutboxTx;
    return settled(tx, () => work(transactionOf(tx)));
  }

  async device(): Promise<DeviceRecord | null> {
    return ((await (await this.#open()).get('device', 'paired')) as DeviceRecord | undefined) ?? null;
  }

  async setDevice(device: DeviceRecord | null): Promise<void> {
    const tx = await this.#begin(['device'], 'strict');
    const store = tx.objectStore('device');
    await settled(tx, async () => (device ? void (await store.put(device, 'paired')) : store.delete('paired')));
  }

  async content(showcase: string): Promise<StoredContent | null> {
    return ((await (await this.#open()).get('content', showcase)) as StoredContent | undefined) ?? null;
  }

  async setContent(content: StoredContent): Promise<void> {
    await (await this.#open()).put('content', content, content.showcase);
  }

  async showcases(): Promise<string[]> {
    return ((await (await this.#open()).get('content', LIST)) as { showcases: string[] } | undefined)?.showcases ?? [];
  }

  async setShowcases(ids: readonly string[]): Promise<void> {
    await (await this.#open()).put('content', { showcases: [...ids] }, LIST);
  }

  async takeLease(owner: string, nowMs: number, untilMs: number): Promise<boolean> {
    const tx = await this.#begin(['device'], 'relaxed');
    const store = tx.objectStore('device');
    return settled(tx, async () => {
      const lease = (await store.get('lease')) as { owner: string; untilMs: number } | undefined;
      // one that lies far ahead was made by a clock that has been set back since
      if (lease && lease.owner !== owner && lease.untilMs > nowMs && lease.untilMs - nowMs <= untilMs - nowMs) return false;
      await store.put({ owner, untilMs }, 'lease');
      return true;
    });
  }

  close(): void {
    this.#closed = true;
    this.#db?.then(
      (db) => db.close(),
      () => undefined,
    ); // one that never opened has nothing to close
    this.#db = null;
  }

  /** A transaction, on a connection opened anew if the browser has closed the one there was. */
  async #begin<S extends 'streams' | 'events' | 'device'>(stores: S[], durability: 'strict' | 'relaxed'): Promise<IDBPTransaction<KioskSchema, S[], 'readwrite'>> {
    const db = await this.#open();
    try {
      return db.transaction(stores, 'readwrite', { durability });
    } catch {
      this.#db = null; // InvalidStateError: it is closing
      return (await this.#open()).transaction(stores, 'readwrite', { durability });
    }
  }
}

/** Runs `work` in `tx`; resolves with its result once the transaction is complete, aborts it when the work fails. */
const settled = async <S extends ('streams' | 'events' | 'device')[], T>(tx: IDBPTransaction<KioskSchema, S, 'readwrite'>, work: () => Promise<T>): Promise<T> => {
  const done = tx.done;
  try {
    const result = await work();
    await done;
    return result;
  } catch (error) {
    done.catch(() => undefined); // `error` says it
    try {
      tx.abort();
    } catch {
      // it was aborted already: that is the failure
    }
    throw error;
  }
};

/** The clicker's outbox on disk. Every act is stored with strict durability before it is shown as pressed. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type ClickAct, type ClickStore, type KeptAct, MemoryClicks } from './click-queue.ts';

interface ClickSchema extends DBSchema {
  acts: { key: number; value: ClickAct };
}

class IdbClicks implements ClickStore {
  readonly kind = 'durable';
  readonly #db: IDBPDatabase<ClickSchema>;

  constructor(db: IDBPDatabase<ClickSchema>) {
    this.#db = db;
  }

  async all(): Promise<KeptAct[]> {
    const tx = this.#db.transaction('acts');
    const [orders, acts] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
    return orders.flatMap((order, i) => (acts[i] ? [{ order, act: acts[i] }] : []));
  }

  async put(act: ClickAct): Promise<number> {
    const tx = this.#db.transaction('acts', 'readwrite', { durability: 'strict' });
    const order = await tx.store.add(act);
    await tx.done;
    return order;
  }

  async remove(order: number): Promise<void> {
    await this.#db.delete('acts', order);
  }
}

/** The store of this phone; one in memory where the browser refuses. Never rejects. */
export const openClicks = async (name = 'harbourlight-clicks'): Promise<ClickStore> => {
  try {
    const db = await openDB<ClickSchema>(name, 1, { upgrade: (made) => void made.createObjectStore('acts', { autoIncrement: true }) });
    // not awaited: a browser may ask its user first
    globalThis.navigator?.storage?.persist?.().catch(() => undefined);
    return new IdbClicks(db);
  } catch {
    return new MemoryClicks(); // private window, or the disk is full: the page says what that means
  }
};

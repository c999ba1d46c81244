/**
 * A storage whose power can be cut. `live` is what the page sees, `platter` what a cut leaves. A strict commit takes a while and is on the
 * platter when it resolves; a relaxed one resolves first and reaches the platter some time later, unless the cut is faster.
 */
import { emptyDisk, type MemoryChange, type MemoryDisk, MemoryStorage } from '../../kiosk/link/memory-storage.ts';
import type { FakeClock } from './fake-clock.ts';

export type Platter = MemoryDisk;

const copyOf = (disk: MemoryDisk): MemoryDisk => ({ ...disk, events: new Map(disk.events), contents: new Map(disk.contents) });

export class PowerCutStorage extends MemoryStorage {
  override readonly kind = 'durable';
  readonly platter: Platter;
  readonly #clock: FakeClock;
  readonly #durability: 'strict' | 'relaxed';
  readonly #commitMs: () => number;
  #dead = false;
  /** the disk refuses every commit, as over its quota */
  refuses = false;

  constructor(parts: { clock: FakeClock; durability: 'strict' | 'relaxed'; commitMs: () => number; platter?: Platter }) {
    const platter = parts.platter ?? emptyDisk();
    super(copyOf(platter));
    this.platter = platter;
    this.#clock = parts.clock;
    this.#durability = parts.durability;
    this.#commitMs = parts.commitMs;
  }

  /** The page is gone: nothing more is stored by it, nothing resolves. `cut` loses what is not on the platter yet. */
  die(cut: boolean): Platter {
    this.#dead = true;
    return copyOf(cut ? this.platter : this.disk);
  }

  /** What a copy of the whole disk would hold now. */
  image(): Platter {
    return copyOf(this.platter);
  }

  protected override async commit(changes: readonly MemoryChange[]): Promise<void> {
    if (this.refuses) throw new Error('QuotaExceededError');
    if (this.#durability === 'relaxed') {
      if (this.#dead) return never();
      for (const change of changes) change(this.disk);
      this.#clock.after(2_000, () => this.#reach(changes));
      return;
    }
    await this.#clock.sleep(this.#commitMs());
    if (this.#dead) return never();
    for (const change of changes) change(this.disk);
    this.#reach(changes);
  }

  #reach(changes: readonly MemoryChange[]): void {
    if (!this.#dead) for (const change of changes) change(this.platter);
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

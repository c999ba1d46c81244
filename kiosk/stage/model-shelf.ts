/**
 * Keeps the last few models, by number and by bytes; the one on the podium is never thrown out. Each file is fetched once however
 * often it is asked for. A file that failed is asked for again only after a while.
 */

/** the one shown, one to each side, and the one before */
export const modelsKeptMax = 4;
/** what their geometry and pictures may take on the graphics card, together */
export const modelBytesMax = 24 * 1_048_576;
export const modelRetryMs = 30_000;

export type Shelved = { readonly bytes: number; dispose(): void };
type Slot<T> = { loading: Promise<T | null>; model: T | null; failedMs: number | null; usedAt: number };

export class ModelShelf<I extends { readonly url: string }, T extends Shelved> {
  private readonly slots = new Map<string, Slot<T>>();
  private readonly load: (item: I) => Promise<T>;
  private readonly now: () => number;
  private pinned: string | null = null;
  private uses = 0;
  private gone = false;

  constructor(load: (item: I) => Promise<T>, now: () => number) {
    this.load = load;
    this.now = now;
  }

  /** The model if it is here already. */
  peek(url: string): T | null {
    return this.slots.get(url)?.model ?? null;
  }

  /** The model, once it is here; null when it can't be had. Never rejects. */
  take(item: I): Promise<T | null> {
    const { url } = item;
    if (this.gone) return Promise.resolve(null);
    const known = this.slots.get(url);
    if (known && (known.failedMs === null || this.now() - known.failedMs < modelRetryMs)) {
      known.usedAt = ++this.uses;
      return known.loading;
    }
    const slot: Slot<T> = { loading: Promise.resolve(null), model: null, failedMs: null, usedAt: ++this.uses };
    this.slots.set(url, slot);
    slot.loading = this.load(item).then(
      (model) => {
        if (this.gone || this.slots.get(url) !== slot) {
          model.dispose();
          return null;
        }
        slot.model = model;
        this.trim();
        return slot.model;
      },
      () => {
        slot.failedMs = this.now(); // told by whoever asked for it, as `model_failed`
        return null;
      },
    );
    return slot.loading;
  }

  /** The same, but a file that failed is asked for at once. */
  again(item: I): Promise<T | null> {
    const known = this.slots.get(item.url);
    if (known && known.failedMs !== null) this.slots.delete(item.url);
    return this.take(item);
  }

  /** This one stays, whatever else comes. */
  pin(url: string | null): void {
    this.pinned = url;
    const slot = url === null ? undefined : this.slots.get(url);
    if (slot) slot.usedAt = ++this.uses;
    this.trim();
  }

  /** Whether a file is on its way. */
  get loading(): boolean {
    return [...this.slots.values()].some((s) => s.model === null && s.failedMs === null);
  }

  /** What is here. */
  get models(): T[] {
    return [...this.slots.values()].flatMap((s) => s.model ?? []);
  }

  get kept(): { models: number; bytes: number } {
    const { models } = this;
    return { models: models.length, bytes: models.reduce((sum, m) => sum + m.bytes, 0) };
  }

  private trim(): void {
    const spare = [...this.slots].filter(([url, s]) => s.model !== null && url !== this.pinned).sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [url, slot] of spare) {
      const { models, bytes } = this.kept;
      if (models <= modelsKeptMax && bytes <= modelBytesMax) return;
      slot.model?.dispose();
      slot.model = null;
      this.slots.delete(url);
    }
  }

  dispose(): void {
    this.gone = true;
    for (const slot of this.slots.values()) slot.model?.dispose();
    this.slots.clear();
  }
}

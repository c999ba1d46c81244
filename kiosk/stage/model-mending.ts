/**
 * Remembers which models could not be had and asks for each again by itself, after a pause that grows, until it comes. Tells when the
 * first is missing and when none is any more, so that staff see the fault exactly as long as there is one.
 */

export const mendAfterMs = 5_000;
export const mendAfterMsMax = 600_000;

type Missing<I> = { item: I; tries: number; timer: ReturnType<typeof setTimeout> };

export class ModelMending<I extends { readonly url: string }> {
  private readonly missing = new Map<string, Missing<I>>();
  private readonly again: (item: I) => void;
  private readonly told: { onFault(code: 'model_failed'): void; onMended(code: 'model_failed'): void };

  /** `again` has an item asked for once more; its end is told back by `failed` or `came`. */
  constructor(again: (item: I) => void, told: { onFault(code: 'model_failed'): void; onMended(code: 'model_failed'): void }) {
    this.again = again;
    this.told = told;
  }

  /** It can't be had now. */
  failed(item: I): void {
    const known = this.missing.get(item.url);
    clearTimeout(known?.timer);
    const tries = known ? known.tries + 1 : 0;
    const timer = setTimeout(() => this.again(item), Math.min(mendAfterMsMax, mendAfterMs * 2 ** tries));
    this.missing.set(item.url, { item, tries, timer });
    this.told.onFault('model_failed');
  }

  /** It is here. */
  came(item: I): void {
    const known = this.missing.get(item.url);
    if (!known) return;
    clearTimeout(known.timer);
    this.missing.delete(item.url);
    if (this.missing.size === 0) this.told.onMended('model_failed');
  }

  dispose(): void {
    for (const { timer } of this.missing.values()) clearTimeout(timer);
    this.missing.clear();
  }
}

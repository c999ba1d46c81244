/** Parts of the page that come after the first paint: fetched once, when they are first asked for or needed; what fails is tried again until it is there. */
import { type Signal, signal } from '@preact/signals';

const againMs = 2_000;

export type Fetched<T> = { readonly file: Signal<T | null> /** never rejects */; fetch(): Promise<void> };

/** A part that `load` fetches. */
export const fetchedPart = <T>(load: () => Promise<T>): Fetched<T> => {
  const file = signal<T | null>(null);
  let asking = false;
  const part: Fetched<T> = {
    file,
    async fetch() {
      if (asking || file.peek() !== null) return;
      asking = true;
      try {
        file.value = await load();
      } catch {
        setTimeout(part.fetch, againMs); // the hub is away, and nothing is kept on this device
      } finally {
        asking = false;
      }
    },
  };
  return part;
};

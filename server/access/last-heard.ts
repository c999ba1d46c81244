/**
 * When each kiosk was last heard, kept in a document of the hub's own, so that a restart still knows since when one is away. Nothing is
 * counted by it: one that can't be read or written costs a tile its time and nothing else.
 */
import type { DeviceView } from '../../shared/wire.ts';
import type { Documents } from '../documents/documents.ts';

/** a kiosk's time is written anew when it moved by so much, and at the close */
export const heardStepMs = 60_000;
const documentName = 'last-heard';

export class LastHeard {
  readonly #documents: Documents;
  #kept: ReadonlyMap<string, number>;

  private constructor(documents: Documents, kept: ReadonlyMap<string, number>) {
    this.#documents = documents;
    this.#kept = kept;
  }

  /** Reads what an earlier life kept; nothing where there is none or it can't be believed. */
  static async open(documents: Documents): Promise<LastHeard> {
    const read = await documents.read(documentName).catch(() => null);
    const value = read?.status === 'ok' && typeof read.value === 'object' && read.value !== null ? Object.entries(read.value) : [];
    return new LastHeard(documents, new Map(value.filter((e): e is [string, number] => Number.isFinite(e[1]))));
  }

  /** By the hub's clock, ms; null: not known. */
  of(device: string): number | null {
    return this.#kept.get(device) ?? null;
  }

  /** Keeps the times of these devices and no others, if one is new or moved by `stepMs`. Never rejects. */
  async keep(devices: readonly DeviceView[], stepMs = heardStepMs): Promise<void> {
    const now = new Map<string, number>();
    for (const d of devices) if (d.kind === 'kiosk' && !d.revoked && d.heardMs !== null) now.set(d.id, d.heardMs);
    const moved = [...now].some(([id, ms]) => Math.abs(ms - (this.#kept.get(id) ?? Number.NEGATIVE_INFINITY)) >= stepMs);
    if (!moved) return;
    try {
      await this.#documents.write(documentName, Object.fromEntries(now));
      this.#kept = now;
    } catch {
      // the disk takes nothing now: it is written with the next turn
    }
  }
}

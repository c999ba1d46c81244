/** Protocol mistakes, planted one at a time, to show that the simulation would notice them. The hub's half is in hub-mistakes.ts. */
import { type Batch, type Lane, type Marking, Outbox, type OutboxParts, type Span } from '../../kiosk/link/outbox.ts';
import { epochsOf } from '../../kiosk/link/retention.ts';
import type { OutboxTransaction, StreamMeta } from '../../kiosk/link/storage.ts';
import type { Wire } from '../../kiosk/link/wire.ts';
import type { KioskEvent } from '../../shared/event.ts';
import { WrappedWire } from './wrapped-wire.ts';

export const MISTAKES = [
  'ack-high-water',
  'ack-before-sync',
  'accept-gaps',
  'no-fork-check',
  'no-follow-check',
  'no-id-check',
  'seq-in-memory',
  'delete-on-send',
  'no-kept-tail',
  'no-hello-check',
  'no-hello-aside',
  'old-connection-ack',
  'relaxed-commit',
] as const;
export type Mistake = (typeof MISTAKES)[number];

/** Believes every answer: marks through whatever it names, as a kiosk would whose hub acknowledges its high-water mark. */
class BelievingOutbox extends Outbox {
  override async markAcked(batch: Span, through: number, lastId: string | null): Promise<Marking> {
    await this.storage.transact(async (tx) => {
      const meta = await tx.stream();
      const at = meta && epochsOf(meta).find((e) => e.epoch === batch.epoch);
      if (!at || through <= at.ackedThrough) return;
      const ackedThrough = Math.min(through, at.nextSeq - 1);
      const believed = { ackedThrough, lastAckedId: (await tx.event(at.epoch, ackedThrough))?.event.id ?? lastId };
      const aside = meta.aside?.map((e) => (e === at ? { ...e, ...believed } : e));
      await tx.putStream({ ...meta, ...(at === meta ? believed : {}), ...(aside && { aside }) });
    });
    await this.refresh();
    return 'marked';
  }
}

/** Numbers events by a counter of the page, which begins anew when the page does. */
class ForgetfulOutbox extends Outbox {
  #nextSeq = 1;

  protected override append(tx: OutboxTransaction, meta: StreamMeta, events: readonly KioskEvent[]): Promise<StreamMeta> {
    const from = this.#nextSeq;
    this.#nextSeq += events.length;
    return super.append(tx, { ...meta, nextSeq: from }, events);
  }
}

/** Forgets a batch when it is sent. */
class HastyOutbox extends Outbox {
  override async nextBatch(bytesMax?: number, lanes?: readonly Lane[]): Promise<Batch | null> {
    const batch = await super.nextBatch(bytesMax, lanes);
    if (batch) await super.markAcked(batch, batch.through, batch.events.at(-1)?.id ?? null);
    return batch;
  }
}

/** Asks the hub about the epoch that grows, and takes it for granted that those set aside are still there. */
class TrustingOutbox extends Outbox {
  override async positions(): ReturnType<Outbox['positions']> {
    return (await super.positions()).slice(-1);
  }
}

/** Hears every verdict as `ok`. */
class DeafWire extends WrappedWire {
  protected override async heard(event: string, _payload: object, answer: unknown): Promise<unknown> {
    return event === 'hello' ? { ...(answer as object), verdict: 'ok' } : answer;
  }
}

/** Marks by every answer, also by one that comes when its connection is long gone. */
class CarelessWire extends WrappedWire {
  readonly #outbox: Outbox;

  constructor(wire: Wire, outbox: Outbox) {
    super(wire);
    this.#outbox = outbox;
  }

  protected override async heard(event: string, payload: object, answer: unknown): Promise<unknown> {
    const { epoch, events } = payload as Batch;
    const { ok, through, lastId } = answer as { ok: boolean; through: number; lastId: string | null };
    const first = events?.[0]?.seq ?? 0;
    if (event === 'record' && ok) await this.#outbox.markAcked({ epoch, from: first, through: first + events.length - 1 }, through, lastId);
    return answer;
  }
}

export const outboxWith = (mistake: Mistake | null, parts: OutboxParts): Outbox => {
  if (mistake === 'ack-high-water') return new BelievingOutbox(parts);
  if (mistake === 'seq-in-memory') return new ForgetfulOutbox(parts);
  if (mistake === 'delete-on-send') return new HastyOutbox(parts);
  if (mistake === 'no-hello-aside') return new TrustingOutbox(parts);
  return new Outbox(parts);
};

export const wireWith = (mistake: Mistake | null, wire: Wire, outbox: Outbox): Wire => {
  if (mistake === 'no-hello-check') return new DeafWire(wire);
  if (mistake === 'old-connection-ack') return new CarelessWire(wire, outbox);
  return wire;
};

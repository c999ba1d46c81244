/** A very slow network, and a very long backlog: no loop of timeouts, and what happens meanwhile goes first. */
import { describe, expect, it } from 'vitest';
import { HubLink } from '../../kiosk/link/hub-link.ts';
import type { Wire, WireListener } from '../../kiosk/link/wire.ts';
import type { FakeClock } from '../faults/fake-clock.ts';
import { opened, started } from './pieces.ts';

type Record = { events: { seq: number; id: string; session: string }[] };

/** Carries bytes at a rate, one message after the other, both ways; the hub takes everything that reaches it. */
class RateWire implements Wire {
  readonly #clock: FakeClock;
  readonly #bytesPerSecond: number;
  readonly sizes: number[] = [];
  /** when each session reached the hub */
  readonly at = new Map<string, number>();
  reconnects = 0;
  #freeMs = 0;
  #connection = 0;
  #listener: WireListener | null = null;

  constructor(clock: FakeClock, bytesPerSecond: number) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }
  on(listener: WireListener): void {
    this.#listener = listener;
  }
  connect(): void {
    this.#clock.after(100, () => this.#listener?.up());
  }
  emitWithAck(event: string, payload: object): Promise<unknown> {
    const connection = this.#connection;
    const bytes = JSON.stringify(payload).length + 40;
    if (event === 'record') this.sizes.push(bytes);
    this.#freeMs = Math.max(this.#freeMs, this.#clock.monotonicMs()) + (bytes / this.#bytesPerSecond) * 1_000;
    return new Promise((resolve) => {
      this.#clock.after(this.#freeMs - this.#clock.monotonicMs() + 60, () => {
        if (connection !== this.#connection) return;
        const nowMs = this.#clock.nowMs();
        if (event === 'hello') resolve({ ok: true, verdict: 'ok', through: 0, nowMs, device: 'k', showcase: 's', zone: 'z', pack: 'p' });
        if (event === 'heartbeat') resolve({ ok: true, nowMs });
        const { events = [] } = payload as Partial<Record>;
        for (const { session } of events) if (!this.at.has(session)) this.at.set(session, this.#clock.monotonicMs());
        if (event === 'record') resolve({ ok: true, through: events.at(-1)?.seq, lastId: events.at(-1)?.id, rejected: [] });
      });
    });
  }
  reconnect(): void {
    this.reconnects++;
    this.#connection++;
    this.#freeMs = this.#clock.monotonicMs();
    this.#clock.after(500, () => this.#listener?.up());
  }
  close(): void {
    this.#listener = null;
  }
}

const sending = async (events: number, bytesPerSecond: number) => {
  const parts = await opened();
  for (let n = 0; n < events; n += 200) await Promise.all(Array.from({ length: Math.min(200, events - n) }, (_, i) => parts.outbox.record(started(n + i))));
  const wire = new RateWire(parts.clock, bytesPerSecond);
  const link = new HubLink({
    wire,
    outbox: parts.outbox,
    clock: parts.clock,
    random: parts.random,
    status: () => ({ screen: 'attract', fps: 60, heapBytes: 1, pack: 'p', faults: [] }),
    changed: () => undefined,
    command: async () => undefined,
    tally: () => undefined,
    placed: () => undefined,
  });
  link.start('token');
  return { ...parts, wire, link };
};

describe('a link of 64 kbit/s', () => {
  it('sends batches of some eight kilobytes, and loses no connection once it knows', { timeout: 60_000 }, async () => {
    const { clock, wire, outbox, link } = await sending(2_000, 8_000);
    await clock.pass(15_000);
    const lost = wire.reconnects;
    for (let s = 0; s < 120 && outbox.stats().waiting > 0; s++) await clock.pass(1_000);
    expect(outbox.stats().waiting).toBe(0);
    expect(wire.reconnects).toBe(lost);
    expect(lost).toBeLessThanOrEqual(2);
    expect(Math.max(...wire.sizes.slice(3))).toBeLessThan(20_000);
    link.close();
  });
});

describe('forty thousand waiting events', () => {
  it('[F36] are replayed at 500 a second or more; what happens meanwhile goes before them', { timeout: 60_000 }, async () => {
    const { clock, wire, outbox, link } = await sending(40_000, 1_250_000);
    const beganMs = clock.monotonicMs();
    const waits: number[] = [];
    for (let live = 50_000; outbox.stats().waiting > 0 && live < 50_300; live++) {
      await clock.pass(300);
      const recordedMs = clock.monotonicMs();
      await outbox.record(started(live));
      link.wake();
      await clock.pass(700);
      waits.push((wire.at.get(`session-${live}`) ?? Number.POSITIVE_INFINITY) - recordedMs);
    }
    const rate = 40_000 / (((wire.at.get('session-39999') ?? Number.POSITIVE_INFINITY) - beganMs) / 1_000);
    console.info(`replay ${Math.round(rate)} events a second; of ${waits.length} live events none waited longer than ${Math.max(...waits)} ms`);
    expect(rate).toBeGreaterThan(500);
    expect(waits.length).toBeGreaterThan(10);
    // one batch of the backlog may be on its way, and its pause
    expect(Math.max(...waits)).toBeLessThan(400);
    link.close();
  });
});

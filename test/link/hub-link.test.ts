import { describe, expect, it } from 'vitest';
import { answerWaitMsMax, backlogPauseMs, HubLink, type HubLinkParts } from '../../kiosk/link/hub-link.ts';
import { asideEventsMin } from '../../kiosk/link/retention.ts';
import { heartbeatMs, liveEventsMax } from '../../shared/wire-limits.ts';
import { WIRE_VERSION_AFTER } from '../../shared/wire-version.ts';
import { drained } from '../faults/fake-clock.ts';
import { HandWire, opened, started } from './pieces.ts';

const linked = async (more: Partial<HubLinkParts> = {}) => {
  const parts = await opened();
  const wire = new HandWire();
  const link = new HubLink({
    wire,
    outbox: parts.outbox,
    clock: parts.clock,
    random: parts.random,
    status: () => ({ screen: 'attract', fps: 60, heapBytes: 1, pack: 'p', faults: ['Odd Fault'] }),
    changed: () => undefined,
    command: async () => undefined,
    tally: () => undefined,
    placed: () => undefined,
    ...more,
  });
  link.start('token');
  const helloOk = (verdict = 'ok') => ({ ok: true, verdict, through: 0, nowMs: parts.clock.nowMs(), device: 'k', showcase: 's', zone: 'z', pack: 'p' });
  const online = async () => {
    await wire.up();
    await wire.last('hello').answer(helloOk());
  };
  const answerRecord = (asked = wire.last('record')) => {
    const events = asked.payload['events'] as { seq: number; id: string }[];
    return asked.answer({ ok: true, through: events.at(-1)?.seq, lastId: events.at(-1)?.id, rejected: [] });
  };
  return { ...parts, wire, link, helloOk, online, answerRecord };
};

describe('the hub link', () => {
  it('says hello on every connection, sends what waits, and takes the answer', async () => {
    const { outbox, wire, link, online, answerRecord } = await linked();
    await outbox.record(started(1));
    expect(wire.token).toBe('token');
    await online();
    expect(link.online).toBe(true);
    expect(wire.count('record')).toBe(1);
    await answerRecord();
    expect(outbox.stats().waiting).toBe(0);
    await online();
    expect(wire.last('hello').payload['last']).toMatchObject({ seq: 1 });
  });

  it('has one batch in flight, and pauses between those of a backlog', async () => {
    const { outbox, wire, link, clock, online, answerRecord } = await linked();
    await Promise.all(Array.from({ length: 300 }, (_, n) => outbox.record(started(n))));
    await online();
    link.wake();
    await drained();
    expect(wire.count('record')).toBe(1);
    await answerRecord();
    expect(wire.count('record')).toBe(1);
    await clock.pass(backlogPauseMs);
    expect(wire.count('record')).toBe(2);
  });

  it('sends a large backlog aside: what happens now first, in batches that the hub lets past its line, never twice in a row', async () => {
    const { outbox, wire, clock, online, answerRecord } = await linked();
    await Promise.all(Array.from({ length: asideEventsMin }, (_, n) => outbox.record(started(n))));
    const sent = () => wire.last('record').payload as { epoch: string; events: { seq: number; session: string }[] };
    await online();
    const backlog = sent().epoch;
    expect(sent().events).toHaveLength(200);
    await Promise.all(Array.from({ length: 60 }, (_, n) => outbox.record(started(1_000 + n))));
    const lanes: [boolean, number][] = [];
    for (let n = 0; n < 6; n++) {
      await answerRecord();
      await clock.pass(backlogPauseMs);
      lanes.push([sent().epoch === backlog, sent().events.length]);
    }
    expect(lanes).toEqual([
      [false, liveEventsMax],
      [true, 200],
      [false, liveEventsMax],
      [true, 100],
      [false, 60 - 2 * liveEventsMax],
      [false, 60 - 2 * liveEventsMax],
    ]);
    expect(outbox.stats().waiting).toBe(0);
    await wire.up();
    const hello = wire.last('hello').payload;
    expect(hello).toMatchObject({ epoch: backlog, last: { seq: asideEventsMin } });
  });

  it('lets a backlog rest while the hub is busy, and goes on with what happens now', async () => {
    const { outbox, wire, link, clock, online, answerRecord } = await linked();
    await Promise.all(Array.from({ length: asideEventsMin }, (_, n) => outbox.record(started(n))));
    await online();
    const first = wire.last('record').payload;
    await wire.last('record').answer({ ok: false, error: { code: 'busy', message: '', retryAfterMs: 10_000 } });
    await clock.pass(backlogPauseMs);
    expect(wire.count('record')).toBe(1);
    await outbox.record(started(7_000));
    link.wake();
    await drained();
    expect(wire.last('record').payload['events']).toMatchObject([{ session: 'session-7000' }]);
    await answerRecord();
    while (wire.count('record') < 3) {
      await clock.pass(1_000);
      if (wire.last('heartbeat')) await wire.last('heartbeat').answer({ ok: true, nowMs: clock.nowMs() });
      expect(clock.monotonicMs()).toBeLessThan(30_000);
    }
    expect(wire.last('record').payload).toEqual(first);
  });

  it('[P5] says which event a batch follows, across a reload and by the event acknowledged last; not to a hub that would refuse the field', async () => {
    const { outbox, storage, clock, wire, link, helloOk, answerRecord } = await linked();
    const greeted = async (to: HandWire, hub: object) => {
      await to.up();
      await to.last('hello').answer({ ...helloOk(), ...hub });
    };
    await outbox.record(started(1));
    await greeted(wire, { wire: WIRE_VERSION_AFTER });
    const [first] = wire.last('record').payload['events'] as { id: string }[];
    expect(wire.last('record').payload).not.toHaveProperty('after');
    await answerRecord();
    await outbox.record(started(2));
    link.wake();
    await drained();
    expect(wire.last('record').payload['after']).toBe(first?.id);
    const [second] = wire.last('record').payload['events'] as { id: string }[];
    await answerRecord();
    link.close();

    const page = await linked({ outbox: (await opened({}, storage, clock, 2)).outbox });
    await page.wire.up();
    await page.wire.last('hello').answer({ ...helloOk(), wire: WIRE_VERSION_AFTER });
    await outbox.record(started(3));
    page.link.wake();
    await drained();
    expect(page.wire.last('record').payload).toMatchObject({ after: second?.id, events: [{ seq: 3 }] });
    for (const hub of [{}, { wire: WIRE_VERSION_AFTER - 1 }]) {
      await greeted(page.wire, hub);
      expect(Object.keys(page.wire.last('record').payload)).toEqual(['epoch', 'events']);
    }
    await greeted(page.wire, { wire: WIRE_VERSION_AFTER + 1 });
    expect(page.wire.last('record').payload['after']).toBe(second?.id);
  });

  it('is offline after one missed answer, and sends the same batch again on the next connection', async () => {
    const { outbox, wire, link, clock, online } = await linked();
    await outbox.record(started(1));
    await online();
    const first = wire.last('record').payload;
    await outbox.record(started(2));
    await clock.pass(answerWaitMsMax);
    expect(link.online).toBe(false);
    expect(wire.reconnects).toBe(1);
    await online();
    expect(wire.last('record').payload).toEqual(first);
  });

  it('ignores the answers of an old connection', async () => {
    const { outbox, wire, online, answerRecord } = await linked();
    await outbox.record(started(1));
    await online();
    const old = wire.last('record');
    wire.listener?.down();
    await wire.up();
    await answerRecord(old);
    expect(outbox.stats().waiting).toBe(1);
  });

  it('moves to a fresh epoch when the hub has less or something else', async () => {
    for (const verdict of ['behind', 'diverged']) {
      const { outbox, wire, helloOk, online, answerRecord } = await linked();
      await outbox.record(started(1));
      await online();
      await answerRecord();
      const before = wire.last('hello').payload['epoch'];
      await wire.up();
      await wire.last('hello').answer(helloOk(verdict));
      expect(wire.last('hello').payload).toMatchObject({ last: null });
      expect(wire.last('hello').payload['epoch']).not.toBe(before);
      await wire.last('hello').answer(helloOk());
      expect(wire.last('record').payload['events']).toMatchObject([{ seq: 1, session: 'session-1' }]);
    }
  });

  it('greets anew after a gap, with a fresh epoch after a divergence, and gives a lasting gap a fresh epoch too', async () => {
    const { outbox, wire, clock, helloOk, online } = await linked();
    await outbox.record(started(1));
    await online();
    const first = wire.last('record').payload['epoch'];
    for (const n of [1, 2]) {
      await wire.last('record').answer({ ok: false, error: { code: 'seq_gap', message: '' } });
      expect(wire.count('hello')).toBe(1 + n);
      await wire.last('hello').answer(helloOk());
      expect(wire.last('record').payload['epoch']).toBe(first);
    }
    await wire.last('record').answer({ ok: false, error: { code: 'seq_gap', message: '' } });
    await wire.last('hello').answer(helloOk());
    const second = wire.last('record').payload['epoch'];
    expect(second).not.toBe(first);
    await wire.last('record').answer({ ok: false, error: { code: 'stream_diverged', message: '' } });
    await clock.pass(3_500);
    await wire.last('hello').answer(helloOk());
    expect(wire.last('record').payload['epoch']).not.toBe(second);
  });

  it('waits as long as the hub asks, give or take half', async () => {
    const { outbox, wire, clock, online } = await linked();
    await outbox.record(started(1));
    await online();
    await wire.last('record').answer({ ok: false, error: { code: 'storage_full', message: '', retryAfterMs: 2_000 } });
    await clock.pass(999);
    expect(wire.count('record')).toBe(1);
    await clock.pass(2_001);
    expect(wire.count('record')).toBe(2);
  });

  it('counts a rejected event as done and reports it', async () => {
    const { outbox, wire, link, online } = await linked();
    await outbox.record(started(1));
    await online();
    const { id } = (wire.last('record').payload['events'] as { id: string }[])[0] as { id: string };
    await wire.last('record').answer({ ok: true, through: 1, lastId: id, rejected: [{ seq: 1, code: 'bad_lang' }] });
    expect(outbox.stats().waiting).toBe(0);
    expect(link.faults).toEqual(['rejected_bad_lang']);
  });

  it('takes an answer without its shape for none', async () => {
    const { wire, link } = await linked();
    for (const answer of [null, 'ok', { ok: true }, { ok: true, verdict: 'fine' }, { ok: false }]) {
      await wire.up();
      await wire.last('hello').answer(answer);
      expect(link.online).toBe(false);
    }
    expect(wire.reconnects).toBe(5);
  });

  it('makes batches smaller on a network that is too slow for them', async () => {
    const { outbox, wire, clock, online } = await linked();
    await Promise.all(Array.from({ length: 200 }, (_, n) => outbox.record(started(n))));
    const sizes: number[] = [];
    for (let n = 0; n < 5; n++) {
      await online();
      sizes.push((wire.last('record').payload['events'] as unknown[]).length);
      await clock.pass(answerWaitMsMax);
    }
    expect(sizes[1]).toBe(sizes[0]);
    expect(sizes.at(-1)).toBeLessThan((sizes[0] as number) / 2);
  });

  it('beats every five seconds, and greets anew when the clock was stepped', async () => {
    const { wire, clock, link, online, helloOk } = await linked();
    await online();
    const beat = wire.last('heartbeat');
    expect(beat.payload).toMatchObject({ waiting: 0, oldestMs: null, screen: 'attract', faults: ['odd_fault'] });
    await beat.answer({ ok: true, nowMs: 1 });
    await clock.pass(heartbeatMs);
    expect(wire.count('heartbeat')).toBe(2);
    clock.step(-3_600_000);
    await wire.last('heartbeat').answer({ ok: true, nowMs: 1 });
    await clock.pass(heartbeatMs);
    await wire.last('hello').answer({ ...helloOk(), nowMs: clock.nowMs() + 3_600_000 });
    expect(wire.count('hello')).toBe(2);
    expect(link.offsetMs).toBe(3_600_000);
    await drained();
    expect(wire.count('heartbeat')).toBe(3);
  });

  it('acknowledges a command when it is done, refuses one that it does not know or can not do', async () => {
    const done: string[] = [];
    const { wire } = await linked({
      command: async (command) => {
        if (command.kind === 'reload') throw new Error('no');
        done.push(command.kind);
      },
    });
    const answers: unknown[] = [];
    for (const command of [{ kind: 'attract' }, { kind: 'dance' }, { kind: 'reload' }]) {
      wire.listener?.command(command, (a) => answers.push(a));
      await drained();
    }
    expect(done).toEqual(['attract']);
    expect(answers).toMatchObject([{ ok: true }, { ok: false }, { ok: false }]);
  });
});

/** The record protocol's rules, on the code that hub and kiosks share. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Admission } from '../../shared/admission.ts';
import { offsetOf } from '../../shared/clock-offset.ts';
import type { Entry } from '../../shared/entry.ts';
import { planBatch, verdictOf } from '../../shared/streams.ts';
import { applyEntry, emptyTally, showcaseOf } from '../../shared/tally.ts';

const nowMs = Date.parse('2026-11-25T12:00:00+08:00');
const who = { device: 'k-1', showcase: 'smart-hong-kong-pavilion', zone: 'living' };
const epoch = 'epoch-0000-aaaa';
const id = (n: number): string => `event-id-${String(n).padStart(8, '0')}`;
const started = (seq: number, n = seq) => ({ seq, id: id(n), atMs: nowMs, kind: 'session.started', session: `session-${n}-x`, lang: 'en' });

/** A hub in small. */
const hub = () => {
  const admission = new Admission();
  const tally = emptyTally();
  const send = (events: unknown[], more: { device?: string; epoch?: string; after?: string } = {}) => {
    const planned = planBatch(
      admission,
      { ...who, ...(more.device && { device: more.device }) },
      { epoch: more.epoch ?? epoch, events, after: more.after },
      { nowMs, offsetMs: 0 },
    );
    if ('code' in planned) return planned.code;
    if (planned.entry) {
      admission.apply(planned.entry);
      applyEntry(tally, planned.entry, tally.position + 1);
    }
    return planned.answer;
  };
  const sessions = (): number => [...showcaseOf(tally, who.showcase).engagement.hours.values()].reduce((n, h) => n + h.sessions, 0);
  return { admission, tally, send, sessions };
};

describe('record protocol', () => {
  test('[P1] a stream is contiguous: a batch beyond its end, or with a hole, is refused whole', () => {
    const h = hub();
    expect(h.send([started(2)])).toBe('seq_gap');
    expect(h.send([started(1), started(3)])).toBe('not_contiguous');
    expect(h.send([{ ...started(1), seq: 'one' }])).toBe('not_contiguous');
    expect(h.sessions()).toBe(0);
    expect(h.send([started(1), started(2)])).toEqual({ through: 2, lastId: id(2), rejected: [] });
  });

  test('[P2] a batch sent again, whole or overlapping, counts once and is acknowledged through its own last event', () => {
    const h = hub();
    h.send([started(1), started(2), started(3)]);
    expect(h.send([started(1), started(2)])).toEqual({ through: 2, lastId: id(2), rejected: [] });
    expect(h.send([started(2), started(3), started(4)])).toEqual({ through: 4, lastId: id(4), rejected: [] });
    expect(h.sessions()).toBe(4);
  });

  test('[P3] an id counts once: under another epoch, from a cloned device, twice in one batch', () => {
    const h = hub();
    h.send([started(1), started(2)]);
    expect(h.send([started(1), started(2), started(3)], { epoch: 'epoch-0000-bbbb' })).toMatchObject({ through: 3 });
    expect(h.send([started(1)], { device: 'k-2' })).toMatchObject({ through: 1 });
    h.send([started(1, 9), started(2, 9)], { epoch: 'epoch-0000-cccc' });
    expect(h.sessions()).toBe(4);
  });

  test('[P4] a malformed event uses up its seq, is kept as rejected with its reason, and blocks nothing', () => {
    const h = hub();
    const bad = { seq: 2, id: id(2), atMs: nowMs, kind: 'session.started', session: 'session-2-x', lang: 'fr' };
    expect(h.send([started(1), bad, { seq: 3 }, { ...started(4), kind: 'visitor.photographed' }, { ...started(5), id: '../x' }, started(6)])).toEqual({
      through: 6,
      lastId: id(6),
      rejected: [
        { seq: 2, code: 'bad_lang' },
        { seq: 3, code: 'bad_kind' },
        { seq: 4, code: 'unknown_kind' },
        { seq: 5, code: 'bad_id' },
      ],
    });
    expect(h.sessions()).toBe(2);
    expect(h.send([started(1), bad])).toMatchObject({ through: 2, rejected: [{ seq: 2, code: 'rejected_before' }] });
    // a good event where a malformed one was refused is another event, and is not swallowed
    expect(h.send([started(1), started(2, 88)])).toBe('stream_diverged');
    // nor is another malformed one: it would be called recorded, and be nowhere
    expect(h.send([started(1), { ...bad, id: id(89) }])).toBe('stream_diverged');
    expect(verdictOf(h.admission, 'k-1', epoch, { seq: 2, id: id(89) }).verdict).toBe('diverged');
  });

  test('[P5] another event at a recorded seq is a fork: nothing of the batch is recorded', () => {
    const h = hub();
    h.send([started(1), started(2)]);
    expect(h.send([started(1), started(2, 77), started(3)])).toBe('stream_diverged');
    expect(h.sessions()).toBe(2);
  });

  test('[P5] a batch that names the event it follows is recorded only where that one stands; without a name it is taken at its word', () => {
    const h = hub();
    const bad = { seq: 3, id: id(3), atMs: 'x', kind: 'session.started' };
    expect(h.send([started(1)], { after: id(9) })).toBe('stream_diverged');
    expect(h.send([started(1), started(2)])).toMatchObject({ through: 2 });
    expect(h.send([bad], { after: id(2) })).toMatchObject({ through: 3, rejected: [{ seq: 3 }] });
    // what was refused stands there all the same
    expect(h.send([started(4)], { after: id(88) })).toBe('stream_diverged');
    expect(h.send([started(4)], { after: id(3) })).toMatchObject({ through: 4 });
    // sent again, or in part recorded: what stands before is looked at there too
    expect(h.send([started(4), started(5)], { after: id(88) })).toBe('stream_diverged');
    expect(h.send([started(4), started(5)], { after: id(3) })).toMatchObject({ through: 5 });
    expect(h.send([started(7)], { after: id(6) })).toBe('seq_gap');
    expect(h.send([started(6)], { after: id(4) })).toBe('stream_diverged');
    expect(h.send([started(6)])).toMatchObject({ through: 6 });
    expect(h.sessions()).toBe(5);
  });

  test('[P5] halves of a batch that race between two machines with a copied disk: whose last event is recorded, theirs are all', () => {
    const mine = [started(2, 201), started(3, 301)];
    const theirs = [started(2, 202), started(3, 302)];
    const halves = [mine, theirs].flatMap(([a, b]) => [
      { event: a, after: id(1) },
      { event: b, after: a?.id },
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...halves, ...halves], { minLength: 1 }), (arriving) => {
        const h = hub();
        h.send([started(1)]);
        for (const { event, after } of arriving) h.send([event], after === undefined ? {} : { after });
        for (const [a, b] of [mine, theirs]) if (h.admission.ids.has(b?.id ?? '')) expect(h.admission.ids.has(a?.id ?? '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('[P6] hello tells a kiosk whether the hub has what it acknowledged', () => {
    const h = hub();
    h.send([started(1), started(2), { seq: 3, id: id(3), atMs: 'x', kind: 'session.started' }]);
    expect(verdictOf(h.admission, 'k-1', epoch, null)).toEqual({ verdict: 'ok', through: 3 });
    expect(verdictOf(h.admission, 'k-1', epoch, { seq: 2, id: id(2) })).toEqual({ verdict: 'ok', through: 3 });
    expect(verdictOf(h.admission, 'k-1', epoch, { seq: 3, id: id(3) })).toEqual({ verdict: 'ok', through: 3 });
    expect(verdictOf(h.admission, 'k-1', epoch, { seq: 9, id: id(9) })).toEqual({ verdict: 'behind', through: 3 });
    expect(verdictOf(h.admission, 'k-1', epoch, { seq: 2, id: id(1) })).toEqual({ verdict: 'diverged', through: 3 });
    expect(verdictOf(h.admission, 'k-1', 'epoch-0000-zzzz', { seq: 1, id: id(1) })).toEqual({ verdict: 'behind', through: 0 });
  });

  test('[P7] an append that failed leaves no trace: what was planned is planned again and counts once', () => {
    const h = hub();
    h.send([started(1)]);
    const planned = planBatch(h.admission, who, { epoch, events: [started(2), started(3), { seq: 4 }] }, { nowMs, offsetMs: 0 });
    const before = JSON.stringify([...h.admission.streams]) + h.admission.ids.size;
    const undo = h.admission.apply((planned as { entry: Entry }).entry);
    undo();
    expect(JSON.stringify([...h.admission.streams]) + h.admission.ids.size).toBe(before);
    expect(h.send([started(2), started(3)])).toMatchObject({ through: 3 });
    expect(h.sessions()).toBe(3);
  });

  test('[P8] unknown fields are dropped: nothing that was not foreseen is stored', () => {
    const admission = new Admission();
    const planned = planBatch(admission, who, { epoch, events: [{ ...started(1), email: 'visitor@example.hk', nested: { phone: '9123 4567' } }] }, { nowMs, offsetMs: 0 });
    expect(JSON.stringify(planned)).not.toMatch(/example|9123/);
  });

  test('[P9] an event belongs to the hour in which it happened by the hub’s clock; one that can’t be believed to its receipt', () => {
    const h = hub();
    const hours = () => [...showcaseOf(h.tally, who.showcase).engagement.hours.keys()].sort();
    const dayAhead = { ...started(1), atMs: nowMs + 86_400_000 };
    const planned = planBatch(h.admission, who, { epoch, events: [dayAhead] }, { nowMs, offsetMs: offsetOf(nowMs, nowMs + 86_400_000) });
    applyEntry(h.tally, (planned as { entry: Entry }).entry, 1);
    expect(hours()).toEqual(['2026-11-25T12']);
    expect(offsetOf(nowMs, nowMs + 900)).toBe(0);
    h.send([{ ...started(1), atMs: 0 }]);
    h.send([{ ...started(2), atMs: nowMs - 3 * 3_600_000 }]);
    expect(hours()).toEqual(['2026-11-25T09', '2026-11-25T12']);
  });

  test('[P2][P3] whatever is duplicated, overlapped or moved to a new epoch, every event counts exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ from: fc.nat(40), length: fc.integer({ min: 1, max: 12 }), clone: fc.boolean() }), { maxLength: 60 }), (sends) => {
        const h = hub();
        let created = 0;
        const hw = { a: 0, b: 0 };
        for (const s of sends) {
          const [key, ep] = s.clone ? (['b', 'epoch-0000-bbbb'] as const) : (['a', epoch] as const);
          const first = Math.min(s.from + 1, hw[key] + 1);
          const batch = Array.from({ length: s.length }, (_, i) => started(first + i));
          const answer = h.send(batch, { epoch: ep });
          expect(answer).toMatchObject({ through: first + s.length - 1 });
          hw[key] = Math.max(hw[key], first + s.length - 1);
          created = Math.max(created, hw.a, hw.b);
        }
        expect(h.sessions()).toBe(created);
      }),
      { numRuns: 200 },
    );
  });
});

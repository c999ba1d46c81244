/** Restarts: the folds of a checkpoint and its tail equal those of the whole journal; a checkpoint that can't be believed is ignored. */
import { describe, expect, test, vi } from 'vitest';
import { foldJournal, saveCheckpoint } from '../../server/counting/checkpoint.ts';
import { Recorder } from '../../server/counting/recorder.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { type Journal, JournalFault } from '../../server/journal/journal.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { attendanceOf, GROUPINGS } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { planBatch } from '../../shared/streams.ts';

const showcase = 'smart-hong-kong-pavilion';
const nowMs = Date.parse('2026-11-25T15:00:00+08:00');
const kinds = ['session.started', 'project.opened', 'link.shown'] as const;

const entriesOf = (n: number): Entry[] =>
  Array.from({ length: n }, (_, i): Entry => {
    if (i === 0) return { kind: 'showcase.defined', receivedMs: nowMs, showcase, points: [{ id: 'door-a', zone: 'living', perimeter: true }], days: [] };
    if (i % 3 === 0) {
      const from = new Date(nowMs - i * 60_000).toISOString();
      return {
        kind: 'readings.recorded',
        receivedMs: nowMs,
        showcase,
        point: 'door-a',
        device: 'c-1',
        readings: [{ kind: 'interval', from, to: new Date(nowMs - i * 60_000 + 60_000).toISOString(), in: i % 7, out: i % 5 }],
        quarantined: [],
        repeats: [],
      };
    }
    const id = `id-${String(i).padStart(12, '0')}`;
    const base = { id, atMs: nowMs - i * 30_000, session: `session-${i >> 2}` };
    const kind = kinds[i % 3];
    const item =
      kind === 'session.started'
        ? { ...base, kind, lang: 'en' as const }
        : kind === 'project.opened'
          ? { ...base, kind, project: `p-${i % 11}`, via: 'hill' }
          : { ...base, kind: 'link.shown' as const, code: '2H4J6K' };
    return { kind: 'kiosk.recorded', receivedMs: nowMs, showcase, zone: 'living', device: 'k-1', epoch: 'epoch-1-restart', from: i, offsetMs: 0, items: [item] };
  });

const report = async (journal: Journal, documents: MemoryDocuments | null): Promise<{ from: number; text: string }> => {
  const folds = await foldJournal(journal, documents);
  return {
    from: folds.from,
    text: JSON.stringify([
      ...GROUPINGS.map((by) => attendanceOf(folds.tally, showcase, by, {}, [], nowMs)),
      folds.admission.ids.size,
      [...folds.admission.streams],
      [...folds.admission.readings],
      folds.tally.showcases.get(showcase)?.doors.crossings,
    ]),
  };
};

const partEntries = 32;
const partItems = 50;
const idsAfter = async (entries: readonly Entry[]): Promise<number> => {
  const journal = new MemoryJournal();
  await journal.append(entries);
  return (await foldJournal(journal, null)).admission.ids.size;
};

describe('checkpoints', () => {
  test('[K1] change how long a start takes and nothing else: with, without, old, foreign, damaged', async () => {
    const journal = new MemoryJournal();
    const documents = new MemoryDocuments();
    const entries = entriesOf(900);
    await journal.append(entries.slice(0, 600));
    await saveCheckpoint(documents, journal, await foldJournal(journal, null), partEntries, partItems);
    await journal.append(entries.slice(600));
    const whole = await report(journal, null);
    const fromCheckpoint = await report(journal, documents);
    expect(fromCheckpoint.from).toBe(600);
    expect(fromCheckpoint.text).toBe(whole.text);

    // taken of another journal, or of entries that a restore took away: not believed
    const other = new MemoryJournal();
    await other.append(entriesOf(700).reverse());
    expect((await report(other, documents)).from).toBe(0);
    const shorter = new MemoryJournal();
    await shorter.append(entries.slice(0, 100));
    expect((await report(shorter, documents)).from).toBe(0);
    // what came since is all that the next one writes
    const writes = vi.spyOn(documents, 'writeBytes');
    const folds = await foldJournal(journal, documents);
    const { size } = folds.admission.ids;
    await saveCheckpoint(documents, journal, folds, partEntries, partItems);
    const before = Math.floor((await idsAfter(entries.slice(0, 600))) / partEntries);
    const parts = writes.mock.calls.map(([name]) => name).filter((name) => name.startsWith('checkpoint-0-'));
    expect(parts).toEqual(Array.from({ length: Math.floor(size / partEntries) - before }, (_, i) => `checkpoint-0-${before + i}`));
    expect(parts.length).toBeGreaterThan(0);
    expect(await report(journal, documents)).toEqual({ from: 900, text: whole.text });
    // crossings and the keys of readings likewise: 200 of 600 entries, then 300 of 900, fifty a part
    const lists = writes.mock.calls.map(([name]) => name).filter((name) => name.startsWith('checkpoint-list-'));
    expect(lists).toEqual(['checkpoint-list-0-3', 'checkpoint-list-0-4', 'checkpoint-list-1-3', 'checkpoint-list-1-4']);
    const kept = await documents.read('checkpoint');
    const held = JSON.stringify(kept.status === 'ok' && kept.value);
    expect(held.match(/"fromMs"/g)?.length).toBeLessThan(partItems);
    // one part that is another's, or gone, and it is not believed
    for (const bytes of [new Uint8Array(partEntries * 16), new Uint8Array(3), new Uint8Array(0)]) {
      const was = await documents.readBytes('checkpoint-0-1');
      await documents.writeBytes('checkpoint-0-1', bytes);
      expect(await report(journal, documents)).toEqual({ from: 0, text: whole.text });
      await documents.writeBytes('checkpoint-0-1', was as Uint8Array);
      expect((await report(journal, documents)).from).toBe(900);
    }
    const list = (await documents.readBytes('checkpoint-list-1-2')) as Uint8Array;
    for (const bytes of [(await documents.readBytes('checkpoint-list-1-1')) as Uint8Array, new Uint8Array(0)]) {
      await documents.writeBytes('checkpoint-list-1-2', bytes);
      expect(await report(journal, documents)).toEqual({ from: 0, text: whole.text });
    }
    await documents.writeBytes('checkpoint-list-1-2', list);
    expect((await report(journal, documents)).from).toBe(900);
  });
});

describe('recorder', () => {
  const who = { device: 'k-1', showcase, zone: 'living' };
  const batch = (n: number) => ({
    epoch: 'epoch-1-recorder',
    events: [{ seq: n, id: `id-recorder-${n}`, atMs: nowMs, kind: 'session.started', session: `session-${n}-x`, lang: 'en' }],
  });
  const setUp = async (journal: Journal) => {
    const folds = await foldJournal(journal, null);
    const recorder = new Recorder({ journal, ...folds, applied: () => undefined, bug: () => undefined });
    return { recorder, folds, send: (n: number) => recorder.record((a) => planBatch(a, who, batch(n), { nowMs, offsetMs: 0 })) };
  };

  test('[K2] goes on recording after a hint of what it holds already', async () => {
    const { recorder, send } = await setUp(new MemoryJournal());
    expect((await send(1)).ok).toBe(true);
    await recorder.settled();
    recorder.catchUp(1);
    await new Promise((r) => setTimeout(r, 5));
    // a recorder that never ended its run would leave this unanswered for ever
    expect(await Promise.race([send(2), new Promise((r) => setTimeout(() => r('never'), 2_000))])).toMatchObject({ ok: true, position: 2 });
  });

  test('[K2] an answer leaves after its append, also the answer to a repeat of what is still being synced', async () => {
    const journal = new MemoryJournal();
    let letGo: () => void = () => undefined;
    const append = journal.append.bind(journal);
    let durable = 0;
    journal.append = async (entries) => {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const last = await append(entries);
      durable = last;
      return last;
    };
    const { send } = await setUp(journal);
    const order: string[] = [];
    const first = send(1).then(() => order.push(`first after ${durable}`));
    await new Promise((r) => setTimeout(r, 5));
    const repeat = send(1).then(() => order.push(`repeat after ${durable}`));
    await new Promise((r) => setTimeout(r, 5));
    expect(order).toEqual([]);
    letGo();
    await first;
    await repeat;
    expect(order).toEqual(['first after 1', 'repeat after 1']);
    expect(journal.position).toBe(1);
  });

  test('[K2] whatever a listener does after the append, what is durable stays counted once', async () => {
    const journal = new MemoryJournal();
    const folds = await foldJournal(journal, null);
    const bugs: unknown[] = [];
    const recorder = new Recorder({
      journal,
      ...folds,
      applied: () => {
        throw new Error('a listener that throws');
      },
      bug: (error) => bugs.push(error),
    });
    const send = () => recorder.record((a) => planBatch(a, who, batch(1), { nowMs, offsetMs: 0 }));
    expect(await send()).toMatchObject({ ok: true, position: 1 });
    expect(await send()).toMatchObject({ ok: true, answer: { through: 1 } });
    expect([journal.position, bugs.length]).toEqual([1, 1]);
    expect(attendanceOf(folds.tally, showcase, 'day', {}, [], nowMs).totals['sessions']).toBe(1);
  });

  test('[K3] a failed append refuses with a retry, counts nothing, and the same batch counts once afterwards', async () => {
    const journal = new MemoryJournal();
    const append = journal.append.bind(journal);
    let fail = true;
    journal.append = (entries) => (fail ? Promise.reject(new JournalFault('storage_full', 'full')) : append(entries));
    const { send, folds } = await setUp(journal);
    expect(await send(1)).toMatchObject({ ok: false, error: { code: 'storage_full', retryAfterMs: 2_000 } });
    expect([folds.tally.position, folds.admission.ids.size, folds.admission.streams.size]).toEqual([0, 0, 0]);
    fail = false;
    expect(await send(1)).toMatchObject({ ok: true, position: 1 });
    expect(await send(1)).toMatchObject({ ok: true, answer: { through: 1 } });
    expect(attendanceOf(folds.tally, showcase, 'day', {}, [], nowMs).totals['sessions']).toBe(1);
  });
});

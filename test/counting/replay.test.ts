/** A long journal is folded from its bytes: whatever they hold, that comes to what parsing and folding entry by entry comes to, or fails as that does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchScanner } from '../../server/counting/batch-scanner.ts';
import { foldJournal, saveCheckpoint } from '../../server/counting/checkpoint.ts';
import { type Folds, replay } from '../../server/counting/replay.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { decodeFrame, encodeFrame, type Frame, frameHeadBytes } from '../../server/journal/frame.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { HashIndex } from '../../shared/hash-index.ts';
import { emptyTally } from '../../shared/tally.ts';
import { FaultFs } from '../faults/fault-fs.ts';
import { openJournal } from '../journal/open-journal.ts';

const startMs = Date.parse('2026-11-25T09:58:00+08:00');

/** A value as JSON, now and then in another spelling of the same, or in one that this program never writes. */
const spelled = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: text.map((t) => JSON.stringify(t)) },
    { weight: 1, arbitrary: text.map((t) => `"${[...t].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`) },
    { weight: 1, arbitrary: text.map((t) => JSON.stringify(`${t}覽"\\{[`)) },
    { weight: 1, arbitrary: fc.constantFrom('""', '"a"', '"abcd"', '"abcdefgh"') },
  );
const number = (n: fc.Arbitrary<number>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: n.map((x) => JSON.stringify(x)) },
    { weight: 1, arbitrary: fc.constantFrom('0', '-7', '0.25', '1e3', '12.50', '95.30000000000001', '-0', '1234567890123456') },
  );

const id = spelled(
  fc.oneof(
    fc.nat(400).map((n) => `id-${n}`),
    fc.string({ unit: fc.constantFrom(...'abcXYZ019_-'), minLength: 22, maxLength: 22 }),
  ),
);
const session = spelled(fc.nat(30).map((n) => `visit-of-somebody-${n}`));
const project = spelled(fc.constantFrom('iam-smart', 'geolab', 'hketoll', 'smart-lamppost', 'a-name-that-is-longer-than-sixteen', 'a-name-that-is-langer-than-sixteen'));
const fields = {
  id,
  atMs: number(fc.integer({ min: -200_000_000, max: 3_600_000 }).map((n) => startMs + n)),
  session,
  project,
  lang: spelled(fc.constantFrom('zh-HK', 'zh-CN', 'en')),
  code: spelled(fc.constantFrom('K7Q2M9', 'k7q2m9', 'A1')),
  seconds: number(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 4_000, noNaN: true }))),
  inputs: number(fc.nat(4)),
  via: spelled(fc.constantFrom('hill', 'search')),
  reason: spelled(fc.constantFrom('idle', 'touch')),
  mode: spelled(fc.constantFrom('elder', 'low-reach')),
  rating: spelled(fc.constantFrom('good', 'fair')),
  right: fc.constantFrom('true', 'false'),
  time: fc.constantFrom('"inferred"', '"received"'),
} as const;
const KINDS: { [kind: string]: (keyof typeof fields)[] } = {
  'session.started': ['session', 'lang'],
  'session.ended': ['session', 'reason', 'seconds', 'inputs'],
  'project.opened': ['session', 'project', 'via'],
  'project.closed': ['session', 'project', 'seconds'],
  'link.shown': ['session', 'code', 'project'],
  'project.saved': ['session', 'project'],
  'vote.cast': ['session', 'project'],
  'language.chosen': ['session', 'lang'],
  'mode.chosen': ['session', 'mode'],
  'quiz.answered': ['session', 'project', 'right'],
  'visit.rated': ['session', 'rating'],
  'device.fault': ['code'],
  'kind.of-tomorrow': ['project'],
};
/** An event's JSON: its fields in any order, sometimes one that is unknown, twice there, or not what its name promises. */
const event = fc.constantFrom(...Object.keys(KINDS)).chain((kind) => {
  const names = ['id', 'atMs', ...(KINDS[kind] ?? [])] as (keyof typeof fields)[];
  const members = fc.tuple(...names.map((name) => fields[name].map((value) => `"${name}":${value}`)), fc.constant(`"kind":"${kind}"`));
  const odd = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 3, arbitrary: fields.time.map((t) => `"time":${t}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '"more":{"a":["}"]}',
        '"more":null',
        '"idle":1',
        '"inputs":null',
        '"session":"another"',
        '"sestion":"another"',
        '"procect":"geolab"',
        ' "via":"hill"',
        '"via" :"hill"',
      ),
    },
  );
  return fc.tuple(members, odd, fc.boolean()).chain(([list, more, shuffled]) => {
    const all = more === '' ? list : [...list, more];
    return (shuffled ? fc.shuffledSubarray(all, { minLength: all.length }) : fc.constant(all)).map((m) => `{${m.join(',')}}`);
  });
});
const item = fc.oneof(
  { weight: 30, arbitrary: event },
  { weight: 1, arbitrary: id.map((x) => `{"repeat":${x}}`) },
  { weight: 1, arbitrary: id.map((x) => `{"rejected":"bad_at_ms","id":${x}}`) },
);
const batch = fc
  .record({
    received: number(fc.nat(3_600_000).map((n) => startMs + n)),
    showcase: spelled(fc.constantFrom('maker-in-china', 'innovation')),
    zone: spelled(fc.constantFrom('living', 'health')),
    device: spelled(fc.nat(9).map((n) => `kiosk-${n}`)),
    epoch: spelled(fc.nat(3).map((n) => `epoch-${n}`)),
    from: number(fc.integer({ min: 1, max: 500 })),
    offset: number(fc.constantFrom(0, 0, 1_250, -3_000.5)),
    items: fc.array(item, { maxLength: 5 }),
  })
  .map(
    (x) =>
      `{"kind":"kiosk.recorded","receivedMs":${x.received},"showcase":${x.showcase},"zone":${x.zone},"device":${x.device},"epoch":${x.epoch},"from":${x.from},"offsetMs":${x.offset},"items":[${x.items.join(',')}]}`,
  );
const others = fc.constantFrom<Entry>(
  { kind: 'rehearsal.set', receivedMs: startMs, showcase: 'innovation', by: 'somebody', on: true, devices: ['kiosk-3'] },
  { kind: 'rehearsal.set', receivedMs: startMs + 900_000, showcase: 'innovation', by: 'somebody', on: false, devices: ['kiosk-3'] },
  { kind: 'vote.set', receivedMs: startMs + 600_000, showcase: 'innovation', by: 'somebody', state: 'closed', opensMs: null, closesMs: null },
  { kind: 'vote.set', receivedMs: startMs + 900_000, showcase: 'innovation', by: 'somebody', state: 'waiting', opensMs: startMs + 1_000_000, closesMs: null },
  { kind: 'link.scanned', receivedMs: startMs, showcase: 'innovation', code: 'K7Q2M9', project: 'geolab', n: 2 },
  { kind: 'log.written', receivedMs: startMs, showcase: 'innovation', by: '主任', topic: 'note', text: '門口 "A" {[\\' },
  { kind: 'document.saved', receivedMs: startMs, name: 'register', value: { list: [{ a: '}' }, [null, 1]] } },
);
const entry = fc.oneof({ weight: 8, arbitrary: batch }, { weight: 1, arbitrary: others.map((e) => JSON.stringify(e)) });

/** Everything that a fold holds, in a form that can be compared. */
const plain = (value: unknown): unknown => {
  if (value instanceof Map) return [...value].map(([k, v]) => [k, plain(v)]);
  if (value instanceof HashIndex) return [...value.words(0, value.size)];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
};
const told = ({ tally, admission }: Folds): unknown => plain({ tally, streams: admission.streams, ids: admission.ids, readings: admission.readings });
const fresh = (): Folds => ({ tally: emptyTally(), admission: new Admission() });
const outcome = async (journal: Pick<Journal, 'read' | 'readFrames'>): Promise<unknown> => {
  const folds = fresh();
  try {
    await replay(journal as Journal, folds, () => undefined);
  } catch {
    return 'it fails';
  }
  return told(folds);
};

/** A journal of these frames, `behind` bytes before the end of the memory they stand in; by entries or by bytes. */
const journalOf = (frames: readonly string[][], behind: number) => {
  const places: Frame[] = [];
  const parts: Buffer[] = [];
  let first = 1;
  let crc = 1;
  let at = 0;
  for (const texts of frames) {
    const made = encodeFrame(texts, first, crc);
    const frame = decodeFrame(made.bytes, 0, crc, first);
    if (!frame || 'more' in frame) throw new Error('a frame that was just written is none');
    places.push({ ...frame, from: at + frameHeadBytes, to: at + made.bytes.length - 1 });
    parts.push(made.bytes);
    first += texts.length;
    crc = made.crc;
    at += made.bytes.length;
  }
  const bytes = Buffer.from(new Uint8Array(at + behind).buffer, 0, at);
  Buffer.concat(parts).copy(bytes);
  return {
    byEntry: {
      async *read() {
        for (const [i, frame] of places.entries()) yield { first: frame.first, entries: (frames[i] as string[]).map((text) => JSON.parse(text) as Entry) };
      },
    },
    byBytes: {
      read: () => {
        throw new Error('it reads frames');
      },
      async *readFrames() {
        yield { bytes, frames: places };
      },
    },
  };
};

describe('a replay from bytes', () => {
  test('[I23] comes to what folding entry by entry comes to, whatever form the entries have', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(entry, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }), fc.constantFrom(0, 8, 64), async (frames, behind) => {
        const { byEntry, byBytes } = journalOf(frames, behind);
        const expected = await outcome(byEntry as unknown as Journal);
        expect(await outcome(byBytes as unknown as Journal)).toEqual(expected);
        if (expected !== 'it fails') compared++;
      }),
      { numRuns: 120 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  test('a batch as it is recorded is read without the parser', () => {
    const scanner = new BatchScanner();
    const visit = {
      session: 'AAAAAAAAAAAAAAAAAAAAAA',
      project: 'geolab',
      lang: 'en',
      code: 'K7Q2M9',
      via: 'hill',
      reason: 'idle',
      seconds: 12.5,
      inputs: 3,
      mode: 'elder',
      right: true,
      rating: 'good',
    };
    const items = Object.entries(KINDS)
      .slice(0, -1)
      .map(([kind, names], n) => ({
        id: `BBBBBBBBBBBBBBBBBBBBB${n}`,
        atMs: startMs + n,
        kind,
        ...Object.fromEntries(names.map((name) => [name, visit[name as keyof typeof visit]])),
      }));
    const text = JSON.stringify({
      kind: 'kiosk.recorded',
      receivedMs: startMs,
      showcase: 'innovation',
      zone: 'living',
      device: 'kiosk-1',
      epoch: 'e',
      from: 1,
      offsetMs: -12,
      items,
    });
    scanner.look(Buffer.from(text + ' '.repeat(16)));
    expect(scanner.plain(0, text.length)).toBe(true);
    expect(scanner.scan(0)).toBe(text.length);
    expect(scanner.count).toBe(items.length);
  });

  test('[I23] goes on from a checkpoint in the middle of a frame and of a segment', async () => {
    const { journal } = await openJournal(new FaultFs(), { segmentBytes: 4_096 });
    const texts = fc.sample(entry, { numRuns: 120, seed: 7 }).map((text) => JSON.parse(text) as Entry);
    const sound = texts.filter((e) => e.kind !== 'kiosk.recorded' || e.items.every((i) => !('kind' in i) || typeof i.id === 'string'));
    const documents = new MemoryDocuments();
    for (let at = 0; at < sound.length; at += 8) {
      await journal.append(sound.slice(at, at + 8));
      // a checkpoint of three entries into the next frame
      if (at !== 48) continue;
      await journal.append(sound.slice(56, 64));
      const folds = fresh();
      await replay({ read: () => take(journal.read(0), 59) } as unknown as Journal, folds, () => undefined);
      await saveCheckpoint(documents, journal, folds);
      at += 8;
    }
    const whole = await foldJournal(journal, null);
    const tail = await foldJournal(journal, documents);
    expect([whole.from, tail.from]).toEqual([0, 59]);
    expect(told(tail)).toEqual(told(whole));
    await journal.close();
  });
});

/** The first `count` entries. */
async function* take(read: AsyncIterable<{ first: number; entries: Entry[] }>, count: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
  for await (const { first, entries } of read) if (first <= count) yield { first, entries: entries.slice(0, count - first + 1) };
}

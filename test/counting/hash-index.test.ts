/** The set of hashes against a Map: whatever is added, asked, taken back, written out and read in again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkEntries, HashedTexts, HashIndex } from '../../shared/hash-index.ts';

const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), n: fc.nat(3_000), a: fc.nat(), b: fc.integer({ min: 0, max: 4_294_967_295 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), n: fc.nat(40) }) },
);

test('it knows what was added and not taken back, with its values, also after it was written out and read in', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 3_000 }), fc.boolean(), (acts, valued) => {
      const index = new HashIndex(valued);
      const model = new Map<string, [number, number]>();
      for (const x of acts) {
        if (x.kind === 'add') {
          if (index.add(`text-${x.n}`, x.a, x.b) === model.has(`text-${x.n}`)) throw new Error(`text-${x.n} is ${model.has(`text-${x.n}`) ? '' : 'not '}there`);
          if (!model.has(`text-${x.n}`)) model.set(`text-${x.n}`, [x.a, x.b]);
        } else {
          const size = Math.max(0, index.size - x.n);
          index.truncate(size);
          for (const text of [...model.keys()].slice(size)) model.delete(text);
        }
      }
      const again = new HashIndex(valued, index.size);
      const half = index.size >> 1;
      again.append(index.words(0, half));
      again.append(index.words(half, index.size));
      for (const i of [index, again]) {
        expect(i.size).toBe(model.size);
        const wrong: string[] = [];
        for (let n = 0; n <= 3_000; n++) {
          const entry = i.find(`text-${n}`);
          const known = model.get(`text-${n}`);
          if (entry >= 0 !== (known !== undefined)) wrong.push(`text-${n} is ${entry}`);
          else if (known && valued && (i.a(entry) !== known[0] || i.b(entry) !== known[1])) wrong.push(`text-${n} has ${i.a(entry)}, ${i.b(entry)}`);
        }
        expect(wrong).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

test('it goes on over the end of a chunk, and takes a whole one as it is', () => {
  const index = new HashIndex(true);
  const n = chunkEntries + 5_000;
  for (let i = 0; i < n; i++) index.add(`id-${i}`, 7, i);
  const again = new HashIndex(true, n);
  again.append(index.words(0, chunkEntries));
  again.append(index.words(chunkEntries, n));
  for (const i of [0, 1, chunkEntries - 1, chunkEntries, chunkEntries + 1, n - 1]) expect([again.find(`id-${i}`), again.b(again.find(`id-${i}`))]).toEqual([i, i]);
  again.truncate(chunkEntries - 3);
  expect([again.size, again.has(`id-${chunkEntries - 4}`), again.has(`id-${chunkEntries - 3}`), again.has(`id-${n - 1}`)]).toEqual([chunkEntries - 3, true, false, false]);
  expect(again.add(`id-${n}`)).toBe(true);
  expect(again.find(`id-${n}`)).toBe(chunkEntries - 3);
});

test('texts that are hashed together, also pairs, are what they are one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(700), fc.nat(700), fc.boolean()), { maxLength: 1_500 }), (texts) => {
      const [one, all] = [new HashIndex(true), new HashIndex(true)];
      const hashed = new HashedTexts();
      const fresh = new Uint8Array(texts.length);
      const was: number[] = [];
      for (const [i, [first, second, pair]] of texts.entries()) {
        const bytes = new TextEncoder().encode(`"${first}" and "${second}"`);
        const end = 1 + String(first).length;
        const more = end + 7;
        if (pair) hashed.push(bytes, 1, end, more, bytes.length - 1);
        else hashed.push(bytes, 1, end);
        was.push(one.add(pair ? `${first}|${second}` : String(first), 3, 10 + i) ? 1 : 0);
        if (pair && one.addPair(String(first), String(second))) throw new Error('a pair is another text');
      }
      all.addAll(hashed, fresh, 3, 10);
      expect([...fresh]).toEqual(was);
      expect([...all.words(0, all.size)]).toEqual([...one.words(0, one.size)]);
    }),
    { numRuns: 30 },
  );
});

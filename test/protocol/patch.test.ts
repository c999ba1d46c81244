/** A patch says what changed and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patched, patchOf } from '../../shared/patch.ts';

const json = fc.jsonValue({ maxDepth: 4 });
const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a patch', () => {
  test('makes the one of the other, whatever they are, also over the wire', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [before, after] = [overTheWire(a), overTheWire(b)];
        const patch = patchOf(before, after);
        const now = patch === undefined ? before : patched(before, overTheWire(patch) as never);
        expect(now).toEqual(after);
      }),
      { numRuns: 500 },
    );
  });
  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])('takes no part that every object inherits for one of its own: %s', (part) => {
    const held = JSON.parse(`{"${part}":[1],"n":1}`) as unknown;
    for (const [before, after] of [
      [held, {}],
      [{}, held],
      [{ n: 1 }, held],
      [held, JSON.parse(`{"${part}":[2],"n":1}`)],
    ] as const) {
      const now = patched(before, overTheWire(patchOf(before, after)) as never);
      expect(JSON.stringify(Object.entries(now as object).sort())).toBe(JSON.stringify(Object.entries(after as object).sort()));
    }
  });
  test('of what only differs within says only that, and leaves the rest untouched', () => {
    const before = {
      today: { visits: 3, shown: 1 },
      zones: [
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
      ],
      langs: {},
      scanned: 4,
    };
    const after = {
      today: { visits: 4, shown: 1 },
      zones: [
        { id: 'a', n: 1 },
        { id: 'b', n: 3 },
        { id: 'c', n: 1 },
      ],
      langs: { en: 1 },
      scanned: null,
    };
    const patch = patchOf(before, after);
    expect(patch).toEqual({ today: { visits: 4 }, zones: { 1: { n: 3 }, 2: [{ id: 'c', n: 1 }] }, langs: { en: 1 }, scanned: null });
    const now = patched(before, patch as never) as typeof after;
    expect(now).toEqual(after);
    expect(now.zones[0]).toBe(before.zones[0]);
  });
  test('of nothing is none; of what became shorter is the whole', () => {
    expect(patchOf({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBeUndefined();
    expect(patchOf([1, 2, 3], [1, 2])).toEqual([[1, 2]]);
    expect(patchOf({ a: 1, b: 2 }, { a: 1 })).toEqual([{ a: 1 }]);
    expect(patchOf({ a: { b: 1 } }, { a: { b: undefined } })).toEqual({ a: [{ b: undefined }] });
  });
});

/** What is read without the schema library has the schema's verdict and the schema's bytes, whatever comes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventSchema } from '../../shared/event.ts';
import { quickEvent, quickRecord } from '../../shared/quick-read.ts';
import { recordSchema } from '../../shared/wire.ts';
import { batchEventsMax } from '../../shared/wire-limits.ts';

const id = 'a-Z_09-abcdefghijklmno';
const base = { seq: 1, id, atMs: 1_795_856_360_212, session: 'session_0123456789-abc' };
const GOOD: readonly { readonly [field: string]: unknown }[] = [
  { ...base, kind: 'session.started', lang: 'zh-HK' },
  { ...base, kind: 'session.ended', reason: 'idle', seconds: 95.5, inputs: 31 },
  { ...base, kind: 'project.opened', project: 'iam-smart', via: 'hill' },
  { ...base, kind: 'project.closed', project: 'iam-smart', seconds: 12 },
  { ...base, kind: 'link.shown', code: 'K7Q2M9' },
  { ...base, kind: 'link.shown', code: 'K7Q2M9', project: 'iam-smart' },
  { ...base, kind: 'project.saved', project: 'iam-smart' },
  { ...base, kind: 'vote.cast', project: 'iam-smart' },
  { ...base, kind: 'language.chosen', lang: 'en' },
  { ...base, kind: 'mode.chosen', mode: 'large-text' },
  { ...base, kind: 'quiz.answered', project: 'iam-smart', right: false },
  { ...base, kind: 'visit.rated', rating: 'good' },
  { seq: 1, id, atMs: 0, kind: 'device.fault', code: 'gl_lost' },
];
const FIELDS = ['id', 'atMs', 'time', 'kind', 'session', 'lang', 'reason', 'seconds', 'inputs', 'project', 'via', 'code', 'mode', 'right', 'rating', '__proto__', 'extra'];

/** Values about the edges of every check, and anything at all. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -0,
    -1,
    0.5,
    1e308,
    8.64e15,
    -8.64e15,
    8.64e15 + 2,
    2 ** 53,
    86_400,
    86_400.001,
    864_000,
    864_001,
    '',
    'en',
    'fr',
    'zh-CN',
    'good',
    'bad',
    'inferred',
    'received',
    'synced',
    'a',
    'a'.repeat(8),
    'a'.repeat(7),
    'a'.repeat(24),
    'a'.repeat(25),
    'a'.repeat(48),
    'a'.repeat(64),
    'a'.repeat(65),
    `${'a'.repeat(63)}\n`,
    'abcdefgh\n',
    '\nabcdefgh',
    'a--b',
    '-a',
    'A-b',
    'ａｂｃｄｅｆｇｈ',
    'K7Q2M9',
    'K7Q2M9K7Q2M9K',
    [],
    {},
    ['id'],
    ...GOOD.map((g) => g['kind']),
  ),
  fc.jsonValue(),
);

const raw = fc.oneof(
  fc.jsonValue(),
  fc.tuple(fc.constantFrom(...GOOD), fc.array(fc.tuple(fc.constantFrom(...FIELDS), fc.option(value, { nil: undefined })), { maxLength: 3 })).map(([good, changes]) => {
    const fields = new Map(Object.entries(good));
    for (const [field, changed] of changes) {
      if (changed === undefined) fields.delete(field);
      else fields.set(field, changed);
    }
    // as it comes over the wire: a `__proto__` is a field like any other
    return JSON.parse(`{${[...fields].map(([field, v]) => `${JSON.stringify(field)}:${JSON.stringify(v)}`).join(',')}}`) as unknown;
  }),
);

describe('read quickly', () => {
  test('[P4] [P8] an event: taken exactly where the schema takes it, with the same fields in the same order', () => {
    let taken = 0;
    fc.assert(
      fc.property(raw, (given) => {
        const schema = eventSchema.safeParse(given);
        const quick = quickEvent(given);
        expect(quick === null).toBe(!schema.success);
        expect(JSON.stringify(quick)).toBe(JSON.stringify(schema.data ?? null));
        if (quick) taken++;
      }),
      { numRuns: 2_500 },
    );
    expect(taken).toBeGreaterThan(250);
  });

  test('[P8] every kind of event, with and without a time and with fields that nobody knows', () => {
    expect(new Set(GOOD.map((g) => g['kind']))).toEqual(new Set(eventSchema.options.map((o) => o.shape.kind.value)));
    for (const good of GOOD)
      for (const more of [{}, { time: 'inferred' }, { time: 'received', name: 'a visitor' }]) {
        const given = { ...good, ...more };
        expect(JSON.stringify(quickEvent(given))).toBe(JSON.stringify(eventSchema.parse(given)));
      }
  });

  test('what JSON cannot say is left to the schema', () => {
    for (const more of [{ time: undefined }, { project: undefined }, { atMs: Number.NaN }, { atMs: Number.POSITIVE_INFINITY }])
      expect(quickEvent({ ...base, kind: 'link.shown', code: 'K7Q2M9', ...more })).toBe(null);
  });

  test('[S2] a batch: taken exactly where the schema takes it', () => {
    const events = fc.oneof(
      value,
      fc.array(raw, { maxLength: 3 }),
      fc.constantFrom(0, 1, batchEventsMax, batchEventsMax + 1).map((n) => Array(n).fill(null)),
    );
    const epoch = fc.oneof({ weight: 3, arbitrary: fc.constant(id) }, value);
    const batch = fc.oneof(
      fc.jsonValue(),
      fc.record({ epoch, events }, { requiredKeys: [] }),
      fc.record({ epoch, events, after: epoch }, { requiredKeys: ['epoch', 'events'] }),
      fc.record({ epoch, events, extra: value }, { requiredKeys: [] }),
      fc.tuple(epoch, events),
    );
    let taken = 0;
    fc.assert(
      fc.property(batch, (given) => {
        const schema = recordSchema.safeParse(given);
        const quick = quickRecord(given);
        expect(quick === null).toBe(!schema.success);
        expect(JSON.stringify(quick)).toBe(JSON.stringify(schema.data ?? null));
        if (quick) taken++;
      }),
      { numRuns: 1_500 },
    );
    expect(taken).toBeGreaterThan(30);
  });
});

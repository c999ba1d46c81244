/** What a people counter tells, in canonical form. Every vendor's own payload is mapped to this before anything is recorded. */
import { z } from 'zod';

export const readingsPerBatchMax = 500;
export const intervalMsMin = 1_000;
export const intervalMsMax = 3_600_000;
export const countMax = 5_000;
/** a reading from further ahead, or longer ago, is kept aside: its clock can't be believed */
export const readingAheadMsMax = 120_000;
export const readingAgeMsMax = 7 * 86_400_000;

const instant = z.iso.datetime({ offset: true });
const count = z.number().int().min(0).max(countMax);
export const classSchema = z.enum(['visitor', 'staff', 'child']);
const ordered = (r: { from: string; to: string }): boolean => {
  const length = Date.parse(r.to) - Date.parse(r.from);
  return length >= intervalMsMin && length <= intervalMsMax;
};

export const readingSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('interval'), from: instant, to: instant, in: count, out: count, class: classSchema.optional() })
    .refine(ordered, { path: ['to'], error: 'interval_length' }),
  z.strictObject({
    kind: z.literal('event'),
    eventId: z.string().min(1).max(128),
    at: instant,
    direction: z.enum(['in', 'out']),
    n: z.number().int().min(1).max(20),
    class: classSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('cumulative'),
    at: instant,
    in: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    out: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
  z.strictObject({ kind: z.literal('status'), at: instant, state: z.enum(['ok', 'warn', 'error']) }),
]);
export type Reading = z.infer<typeof readingSchema>;
export const readingsSchema = z.strictObject({ records: z.array(readingSchema).min(1).max(readingsPerBatchMax) });

/** The key under which a reading counts once, and the values that a resend must repeat. */
export const readingKey = (r: Reading, point: string): { key: string; values: string } => {
  switch (r.kind) {
    case 'interval':
      return { key: `i|${point}|${r.class ?? 'visitor'}|${Date.parse(r.from)}|${Date.parse(r.to)}`, values: `${r.in}/${r.out}` };
    case 'event':
      return { key: `e|${r.eventId}`, values: `${Date.parse(r.at)}/${r.direction}/${r.n}/${r.class ?? 'visitor'}/${point}` };
    case 'cumulative':
      return { key: `c|${point}|${Date.parse(r.at)}`, values: `${r.in}/${r.out}` };
    case 'status':
      return { key: `s|${Date.parse(r.at)}`, values: r.state };
  }
};

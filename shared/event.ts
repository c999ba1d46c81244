/**
 * What a kiosk records: facts in the past tense, numbered in its stream. The hub checks each event by itself, so that a malformed
 * one uses up its seq and blocks nothing. Unknown fields are dropped: nothing that was not foreseen is ever stored (privacy).
 */

import { z } from 'zod';
import { idSchema } from './id-schema.ts';
import { slugSchema } from './pack.ts';
import { CODE, FAULT, INSTANT_MS_MAX, MODE, WORD } from './patterns.ts';
import { quickEvent } from './quick-read.ts';
import { RATINGS } from './ratings.ts';
import { inputsMax, sessionSecondsMax } from './session-limits.ts';
import { langSchema } from './text-schema.ts';

export const seqMax = 4_294_967_295;

/**
 * `atMs`: by the device's own clock. `time`: how it can be believed where the hub's offset was not measured while that clock ran: the
 * device worked it out (`inferred`), or knows nothing (`received`: then only the receipt tells when).
 */
const base = { id: idSchema, atMs: z.number().int().min(-INSTANT_MS_MAX).max(INSTANT_MS_MAX), time: z.enum(['inferred', 'received']).optional() };
const session = idSchema;
const seconds = z.number().finite().min(0).max(sessionSecondsMax);

export const eventSchema = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('session.started'), session, lang: langSchema }),
  z.object({ ...base, kind: z.literal('session.ended'), session, reason: z.string().regex(WORD), seconds, inputs: z.number().int().min(0).max(inputsMax) }),
  z.object({ ...base, kind: z.literal('project.opened'), session, project: slugSchema, via: z.string().regex(WORD) }),
  z.object({ ...base, kind: z.literal('project.closed'), session, project: slugSchema, seconds }),
  z.object({ ...base, kind: z.literal('link.shown'), session, code: z.string().regex(CODE), project: slugSchema.optional() }),
  z.object({ ...base, kind: z.literal('project.saved'), session, project: slugSchema }),
  z.object({ ...base, kind: z.literal('vote.cast'), session, project: slugSchema }),
  z.object({ ...base, kind: z.literal('language.chosen'), session, lang: langSchema }),
  z.object({ ...base, kind: z.literal('mode.chosen'), session, mode: z.string().regex(MODE) }),
  z.object({ ...base, kind: z.literal('quiz.answered'), session, project: slugSchema, right: z.boolean() }),
  z.object({ ...base, kind: z.literal('visit.rated'), session, rating: z.enum(RATINGS) }),
  z.object({ ...base, kind: z.literal('device.fault'), code: z.string().regex(FAULT) }),
]);

/** One event as it was created: its id and content never change; its seq is its place in a stream and may. */
export type KioskEvent = z.infer<typeof eventSchema>;

const KINDS: ReadonlySet<unknown> = new Set(eventSchema.options.map((o) => o.shape.kind.value));

/** The event, or the stable code that says what is wrong with it. */
export const readEvent = (raw: unknown): { event: KioskEvent } | { code: string } => {
  const quick = quickEvent(raw);
  if (quick) return { event: quick };
  const parsed = eventSchema.safeParse(raw);
  if (parsed.success) return { event: parsed.data };
  const kind = (raw as { kind?: unknown } | null)?.kind;
  if (typeof kind === 'string' && !KINDS.has(kind)) return { code: 'unknown_kind' };
  const field = parsed.error.issues[0]?.path[0];
  return { code: typeof field === 'string' ? `bad_${field.replace(/([A-Z])/g, (c) => `_${c.toLowerCase()}`)}` : 'bad_event' };
};

/**
 * Every message between the hub and its screens over Socket.IO: who may send it, what it says, what it hears. The hub's door and the
 * clients read their types from here; a change of any schema must raise WIRE_VERSION (test/hub/wire-version.test.ts).
 */

import { z } from 'zod';
import type { Alert, AlertNews } from './alerts.ts';
import type { Area } from './areas.ts';
import { type Command, commandTextCharsMax } from './command.ts';
import type { Order } from './floor.ts';
import { idSchema } from './id-schema.ts';
import type { Live } from './live.ts';
import { slugSchema } from './pack.ts';
import type { Patch } from './patch.ts';
import { quickRecord } from './quick-read.ts';
import type { Refusal } from './refusal.ts';
import type { Capability } from './roles.ts';
import type { Verdict } from './streams.ts';
import type { PublicVote } from './vote.ts';
import type { Votes } from './vote-told.ts';
import { batchEventsMax, faultsMax } from './wire-limits.ts';

const ms = z.number().int().min(-8.64e15).max(8.64e15);

export const helloSchema = z.strictObject({ epoch: idSchema, last: z.strictObject({ seq: z.number().int().min(1).max(4_294_967_295), id: idSchema }).nullable(), nowMs: ms });
/**
 * Events are checked one by one afterwards, so that one malformed event refuses itself alone. `after`: the id of the event that the first
 * one follows in its epoch; left out where it begins the epoch, and by kiosks older than wire 8, whose word is taken for it.
 */
export const recordSchema = z.strictObject({ epoch: idSchema, events: z.array(z.unknown()).min(1).max(batchEventsMax), after: idSchema.optional() });
export const heartbeatSchema = z.object({
  waiting: z.number().int().min(0).max(10_000_000),
  oldestMs: ms.nullable(),
  screen: z.string().max(48),
  fps: z.number().min(0).max(1_000).nullable(),
  heapBytes: z.number().min(0).max(1e13).nullable(),
  pack: z.string().max(80).nullable(),
  faults: z.array(z.string().regex(/^[a-z0-9_]{1,48}$/)).max(faultsMax),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** `terse`: news come as numbered frames of patches instead of tallies and whole devices. */
export const watchSchema = z.strictObject({ showcase: slugSchema, terse: z.literal(true).optional() });
export const clickSchema = z.strictObject({
  id: idSchema,
  point: slugSchema,
  direction: z.enum(['in', 'out']),
  n: z.number().int().min(1).max(50),
  atMs: ms,
  showcase: slugSchema.optional(),
});
export const voidSchema = z.strictObject({ id: idSchema, of: idSchema, reason: z.string().min(1).max(200), showcase: slugSchema.optional() });

export const commandSchema: z.ZodType<Command> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('notice'), text: z.string().min(1).max(commandTextCharsMax) }),
  z.strictObject({ kind: z.literal('spotlight'), project: slugSchema }),
  z.strictObject({ kind: z.literal('attract') }),
  z.strictObject({ kind: z.literal('reload') }),
  z.strictObject({ kind: z.literal('pause'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('identify') }),
  z.strictObject({ kind: z.literal('picture') }),
  z.strictObject({ kind: z.literal('theme'), theme: z.enum(['day', 'night']) }),
  z.strictObject({ kind: z.literal('emergency'), on: z.boolean(), text: z.string().max(commandTextCharsMax).optional() }),
]);

export type Answer<T> = ({ ok: true } & T) | { ok: false; error: Refusal };
/** `wire`: the version that the hub speaks; left out by hubs older than 8. */
export type HelloAnswer = { verdict: Verdict; through: number; nowMs: number; device: string; showcase: string; zone: string; pack: string; wire?: number };

/** What each event asks: the capability needed, the schema of what it says, and a quick way to the schema's value, null where only that can tell. */
export type Asks = { [event: string]: { capability: Capability; schema: z.ZodType; quick?: (raw: unknown) => unknown } };
export const KIOSK_ASKS = {
  hello: { capability: 'stream.send', schema: helloSchema },
  record: { capability: 'stream.send', schema: recordSchema, quick: quickRecord },
  heartbeat: { capability: 'stream.send', schema: heartbeatSchema },
} as const satisfies Asks;

export const STAFF_ASKS = {
  watch: { capability: 'live.read', schema: watchSchema },
  'count.click': { capability: 'click.record', schema: clickSchema },
  'count.void': { capability: 'click.record', schema: voidSchema },
} as const satisfies Asks;

type Ack<T> = (answer: Answer<T>) => void;
/**
 * What any visitor may know: today's visits and how they light the hill. `visits` is null while nothing was counted today. `votes` is how
 * the votes are spread, null while they are too few to be told; left out where it was told a short while ago. `direct`: the short links'
 * address does not answer now, so that codes had better carry their destinations themselves. `until`: when an open show closes, or one that
 * is not opens next; left out where that is not known. `vote`: how the visitors' vote stands; left out while staff have never set it.
 */
export type PublicTally = { showcase: string; asOf: string; visits: number | null; open: boolean; until?: string; votes?: Votes | null; vote?: PublicVote; direct?: true };

export type KioskStatus = 'ok' | 'warn' | 'offline' | 'never';
/** A device as staff see it. */
export type DeviceView = {
  id: string;
  kind: 'kiosk' | 'counter';
  name: string;
  showcase: string;
  zone: string | null;
  point: string | null;
  status: KioskStatus;
  /** when it was last heard, by the hub's clock */
  heardMs: number | null;
  waiting: number | null;
  oldestMs: number | null;
  screen: string | null;
  fps: number | null;
  heapBytes: number | null;
  pack: string | null;
  offsetMs: number | null;
  faults: string[];
  revoked: boolean;
  /** a kiosk's short number, no other kiosk's of its showcase */
  number?: number;
  /** the kiosks that it is told together with */
  group?: string;
  /** what it records is kept out of every total; absent where it counts */
  rehearsing?: true;
  /** orders that stand for a kiosk, and whether it said that it follows them; absent where there are none */
  orders?: { given: Order[]; followed: boolean };
};

export type StaffToHub = {
  watch(ask: z.infer<typeof watchSchema>, ack: Ack<{ position: number; live: Live; devices: DeviceView[]; names: ShowcaseNames; alerts: Alert[]; n?: number }>): void;
  'count.click'(ask: z.infer<typeof clickSchema>, ack: Ack<{ position: number }>): void;
  'count.void'(ask: z.infer<typeof voidSchema>, ack: Ack<{ position: number }>): void;
};
/**
 * What a terse screen hears: what changed of what it holds (`l` of the figures, `d` of devices by id) since frame `n - 1`. The answer to
 * `watch` says which frame its snapshot is; a screen that missed one watches again.
 */
export type Frame = { n: number; l?: Patch; d?: { [device: string]: Patch } };
/** A tally delta carries only the parts of `Live` that changed since the last one sent. */
export type HubToStaff = {
  tally(delta: Partial<Live> & { position: number; asOf: string }): void;
  frame(frame: Frame): void;
  device(device: DeviceView): void;
  alert(news: AlertNews): void;
};

export type ShowcaseNames = {
  projects: { [id: string]: { name: { [lang: string]: string }; area: Area } };
  zones: { [id: string]: { [lang: string]: string } };
  points: { [id: string]: { [lang: string]: string } };
};

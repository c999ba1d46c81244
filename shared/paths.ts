/** HTTP paths and the schemas of what they take, for hub, screens and scripts alike. */
import { z } from 'zod';
import { GROUPINGS } from './attendance.ts';
import { LOG_TOPICS } from './entry.ts';
import { daySchema, daysPerShowcaseMax, showDaySchema, slugSchema } from './pack.ts';
import { DEVICE_KINDS, ROLES } from './roles.ts';
import { langSchema } from './text-schema.ts';
import { VOTE_STATES } from './vote.ts';

export const jsonBodyBytesMax = 1024 * 1024;
export const passphraseCharsMin = 15;
export const passphraseBytesMax = 1_024;

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}]*$/u);
/** no NUL: a hash of this kind takes a text and the same text with NULs behind it for one */
const passphrase = z
  .string()
  .min(1)
  .max(passphraseBytesMax)
  .refine((text) => !text.includes('\0'), 'bad_passphrase');
/** what people write: lines are fine, other control characters are not */
const written = /^(?:[^\p{Cc}]|[\t\n\r])*$/u;
export const sessionBody = z.strictObject({ name, passphrase });
export const accountBody = z.strictObject({ name, role: z.enum(ROLES), passphrase });
export const tokenBody = z.strictObject({ name, role: z.enum(ROLES), readOnly: z.boolean().default(false) });
export const groupCharsMax = 40;
/** a group's name; empty: in none */
const group = z.string().trim().max(groupCharsMax);
export const deviceBody = z.strictObject({ kind: z.enum(DEVICE_KINDS), name, showcase: slugSchema, zone: slugSchema.optional(), point: slugSchema.optional() });
export const devicePatch = z.strictObject({
  name: name.optional(),
  showcase: slugSchema.optional(),
  zone: slugSchema.optional(),
  point: slugSchema.optional(),
  group: group.optional(),
});
export const approveBody = z.strictObject({ userCode: z.string().min(1).max(16), name, showcase: slugSchema, zone: slugSchema });
export const findBody = z.strictObject({ userCode: z.string().min(1).max(16) });
export const claimBody = z.strictObject({ secret: z.string().min(16).max(128) });
export const correctionBody = z.strictObject({
  point: slugSchema,
  hour: z.iso.datetime({ offset: true }),
  in: z.number().int().min(-100_000).max(100_000),
  out: z.number().int().min(-100_000).max(100_000),
  reason: z.string().trim().min(3).max(500).regex(written),
  /** a second person, for more than `unapprovedCorrectionMax` either way */
  approver: z.strictObject({ name, passphrase }).optional(),
});
/** without `waive` whatever is silent is waived; with it only these devices */
export const closeBody = z.strictObject({ waive: z.array(z.string().min(1).max(64)).max(5_000).optional() });
export const authorityBody = z.strictObject({
  point: slugSchema,
  source: z.enum(['sensor', 'clicker']),
  device: z.string().min(1).max(64).optional(),
  from: z.iso.datetime({ offset: true }),
});
export const noteCharsMax = 500;
export const peopleMax = 100_000;
const note = z.string().trim().max(noteCharsMax).regex(written);
export const acknowledgeBody = z.strictObject({ note: note.default('') });
export const headsBody = z.strictObject({ people: z.number().int().min(0).max(peopleMax) });
export const capacityBody = z.strictObject({ people: z.number().int().min(1).max(peopleMax).nullable() });
export const logBody = z.strictObject({ topic: z.enum(LOG_TOPICS), text: note.min(1) });
/** without `devices`: the whole showcase, doors and links too */
export const rehearsalBody = z.strictObject({ on: z.boolean(), devices: z.array(z.string().min(1).max(64)).min(1).max(5_000).optional() });
/** `opens`: only of a vote that waits; `closes`: of one that waits or is open. Both are in the future, one after the other. */
export const voteBody = z.strictObject({ state: z.enum(VOTE_STATES), opens: z.iso.datetime({ offset: true }).optional(), closes: z.iso.datetime({ offset: true }).optional() });
export const votePublicationBody = z.strictObject({ on: z.boolean() });
export const daysBody = z.strictObject({ days: z.array(showDaySchema).max(daysPerShowcaseMax) });
/** A day, or an instant, which means its Hong Kong day. */
const dayOrInstant = z.union([daySchema, z.iso.datetime({ offset: true })]);
export const attendanceQuery = z.strictObject({
  by: z.enum(GROUPINGS).optional(),
  from: dayOrInstant.optional(),
  to: dayOrInstant.optional(),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: langSchema.default('zh-HK'),
});
export const eventsQuery = z.strictObject({ from: dayOrInstant.optional(), to: dayOrInstant.optional(), format: z.enum(['ndjson', 'csv']).default('ndjson') });

export type DeviceCreated = { id: string; token: string };
export type Session = { name: string; role: (typeof ROLES)[number] };
export const reportQuery = z.strictObject({ lang: langSchema.default('zh-HK') });

/** How a route reads what it is asked: JSON within its limits, one value a query parameter, a capability. Refuses by throwing `Refused`. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { jsonBodyBytesMax } from '../../shared/paths.ts';
import { type Capability, can } from '../../shared/roles.ts';
import type { Caller, HubEnv } from './env.ts';
import { hasDoubleKey } from './json-keys.ts';
import { Refused } from './problem.ts';

export const jsonDepthMax = 16;
export const jsonKeysMax = 20_000;
/** bodies of acts are small; what is longer is a batch of readings or a list of days */
const keysLookedAtBytesMax = 64 * 1024;

/** Nothing of a JSON value lies deeper than `jsonDepthMax`, and it has at most `jsonKeysMax` members in all. */
export const withinLimits = (value: unknown): boolean => {
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  let members = 0;
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth > jsonDepthMax) return false;
    for (const child of Array.isArray(next.value) ? next.value : Object.values(next.value)) {
      if (++members > jsonKeysMax) return false;
      if (typeof child === 'object') stack.push({ value: child, depth: next.depth + 1 });
    }
  }
  return true;
};

const codeOf = (issue: z.core.$ZodIssue): string => (issue.code === 'custom' ? issue.message : issue.code === 'unrecognized_keys' ? 'unknown_key' : issue.code);

/** The value by this schema, or 400 with the path and code of each fault. */
export const parse = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((i) => ({ path: i.path.map(String).join('.'), code: codeOf(i) }));
  throw new Refused('validation_failed', 'Some values are missing or not right.', { errors });
};

/** The body's bytes; refused as soon as they are more than so many. */
export const bytesWithin = async (c: Context<HubEnv>, bytesMax: number): Promise<Buffer> => {
  const told = Number(c.req.header('content-length') ?? 0);
  if (told > bytesMax) throw new Refused('body_too_large', `A body may hold ${bytesMax} bytes.`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Refused('body_too_large', `A body may hold ${bytesMax} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const readBytes = async (c: Context<HubEnv>): Promise<string> => (await bytesWithin(c, jsonBodyBytesMax)).toString('utf8');

/** A body of one of these media types as text. */
export const text = async (c: Context<HubEnv>, types: RegExp): Promise<string> => {
  if (!types.test(c.req.header('content-type') ?? '')) throw new Refused('unsupported_media_type', 'This media type is not taken here.');
  return readBytes(c);
};

/** A JSON body within its limits. */
export const json = async (c: Context<HubEnv>): Promise<unknown> => {
  const sent = await text(c, /^application\/json\s*(;|$)/i);
  let value: unknown;
  try {
    value = JSON.parse(sent);
  } catch {
    throw new Refused('bad_json', 'The body is not JSON.');
  }
  if (!withinLimits(value)) throw new Refused('too_deep', 'The body is nested too deeply or has too many members.');
  // a people counter's batches are thousands of keys a second, and each record is checked by itself
  if (sent.length <= keysLookedAtBytesMax && hasDoubleKey(sent)) throw new Refused('duplicate_key', 'A key is given more than once.');
  return value;
};

/** The JSON body by this schema. */
export const body = async <S extends z.ZodType>(c: Context<HubEnv>, schema: S): Promise<z.output<S>> => parse(schema, await json(c));

/** The JSON body by this schema; an empty one is taken for `{}`. */
export const bodyOrNone = async <S extends z.ZodType>(c: Context<HubEnv>, schema: S): Promise<z.output<S>> => {
  if (c.req.header('content-type') !== undefined) return body(c, schema);
  if ((await readBytes(c)) !== '') throw new Refused('unsupported_media_type', 'This media type is not taken here.');
  return parse(schema, {});
};

/** The query by this schema; a parameter given twice is refused. */
export const query = <S extends z.ZodType>(c: Context<HubEnv>, schema: S): z.output<S> => {
  const all = c.req.queries();
  for (const [name, values] of Object.entries(all)) if (values.length > 1) throw new Refused('duplicate_param', `${name} is given more than once.`);
  return parse(schema, c.req.query());
};

/** Who asks, if they may do this; 401 where nobody is known, 403 where somebody may not. */
export const allowed = (c: Context<HubEnv>, capability: Capability): Caller => {
  const caller = c.get('caller');
  if (!caller) throw new Refused('auth_required', 'Sign in or send a token.');
  if (!can(caller.as === 'device' ? caller.device.kind : caller.role, capability, caller.as === 'token' && caller.readOnly)) throw new Refused('forbidden', 'You may not do this.');
  return caller;
};

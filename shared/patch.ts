/**
 * What changed between two JSON values, as small as it can be said, and put into what the other side holds. A part that is an array with
 * one item replaces, one that is an object goes on inside (also into a list, by index), anything else is the new value itself.
 */

export type Patch = null | boolean | number | string | readonly [unknown] | { readonly [part: string]: Patch };
type Held = { readonly [part: string]: unknown };

const isHeld = (value: unknown): value is Held => typeof value === 'object' && value !== null;
/** Its own part alone: what every object inherits (`toString`) is no part of a value. */
const own = (held: Held, part: string): unknown => (Object.hasOwn(held, part) ? held[part] : undefined);
const present = (held: Held): string[] => Object.keys(held).filter((part) => held[part] !== undefined);
const whole = (value: unknown): Patch => (isHeld(value) ? [value] : (value as Patch));

/** What makes `after` of `before`, both JSON; undefined where nothing changed. Linear in their size. */
export const patchOf = (before: unknown, after: unknown): Patch | undefined => {
  if (before === after) return undefined;
  if (!isHeld(before) || !isHeld(after) || Array.isArray(before) !== Array.isArray(after)) return whole(after);
  // what became shorter is said anew: nothing else takes a part away
  if (present(before).some((part) => own(after, part) === undefined)) return whole(after);
  const changed = present(after).flatMap((part) => {
    const was = own(before, part);
    const more = was === undefined ? whole(after[part]) : patchOf(was, after[part]);
    return more === undefined ? [] : [[part, more] as const];
  });
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
};

/** `before` with a patch that was made from it; what did not change is the very same object. */
export const patched = (before: unknown, patch: Patch): unknown => {
  if (Array.isArray(patch)) return patch[0];
  if (!isHeld(patch)) return patch;
  const held = before as Held;
  const changed = Object.entries(patch).map(([part, more]) => [part, patched(own(held, part), more)] as const);
  if (!Array.isArray(held)) return { ...held, ...Object.fromEntries(changed) };
  const list = [...held];
  for (const [at, value] of changed) list[Number(at)] = value;
  return list;
};

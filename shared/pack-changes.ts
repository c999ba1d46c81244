/** What showing another version of a pack changes. */
import type { Pack, Project } from './pack.ts';
import type { Text } from './words.ts';

type Named = { id: string; name: Text };
/** `head`: what else of the pack is other, by its key. `against`: the version that is shown now, null where the showcase is new. */
export type PackChanges = {
  version: string;
  showcase: string;
  against: string | null;
  added: Named[];
  dropped: Named[];
  changed: Named[];
  head: string[];
};

const named = ({ id, name }: Project): Named => ({ id, name });
const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** not told as changes of the head */
const APART: ReadonlySet<string> = new Set(['version', 'projects']);

/** From what is shown now (null: nothing) to another version of the same showcase. */
export const packChanges = (now: Pack | null, next: Pack): PackChanges => {
  const [before, after] = [now, next].map((p) => new Map((p?.projects ?? []).map((x) => [x.id, x]))) as [Map<string, Project>, Map<string, Project>];
  const keys = now === null ? [] : [...new Set([...Object.keys(now), ...Object.keys(next)])].filter((key) => !APART.has(key));
  return {
    version: next.version,
    showcase: next.id,
    against: now?.version ?? null,
    added: [...after.values()].filter((x) => !before.has(x.id)).map(named),
    dropped: [...before.values()].filter((x) => !after.has(x.id)).map(named),
    changed: [...after.values()].filter((x) => before.has(x.id) && !alike(before.get(x.id), x)).map(named),
    head: keys.filter((key) => !alike(now?.[key as keyof Pack], next[key as keyof Pack])),
  };
};

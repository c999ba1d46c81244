/** What a start reads of the documents, and what it adds to the journal, so that counting needs nothing else. */
import type { Logger } from 'pino';
import type { Entry } from '../shared/entry.ts';
import type { Pack } from '../shared/pack.ts';
import { linkMode, showcaseOf } from '../shared/tally.ts';
import { emptyRegister, type RegisterState, registerSchema } from './access/register.ts';
import type { Recorder } from './counting/recorder.ts';
import type { Folds } from './counting/replay.ts';
import type { Documents } from './documents/documents.ts';

/** Something that must be right before the hub can start; told in one line. */
export class StartFault extends Error {}

/** Accounts and devices: as the journal has them, else as the document has them; the document is brought up to date. Throws `StartFault` where neither can be read. */
export const readRegister = async (folds: Folds, documents: Documents, log: Logger): Promise<RegisterState> => {
  const journaled = folds.tally.documents.get('register');
  const stored = await documents.read('register');
  if (stored.status === 'corrupt') {
    if (journaled === undefined) throw new StartFault('The document "register" (accounts and devices) is damaged and the journal has no copy. Restore it from a backup.');
    log.warn('The document "register" was damaged; it was restored from the journal.');
  }
  const parsed = registerSchema.safeParse(journaled ?? (stored.status === 'ok' ? stored.value : emptyRegister()));
  if (!parsed.success) throw new StartFault('The document "register" (accounts and devices) does not have the expected form. Restore it from a backup.');
  if (journaled !== undefined && (stored.status !== 'ok' || JSON.stringify(stored.value) !== JSON.stringify(parsed.data)))
    await documents.write('register', parsed.data).catch(() => undefined);
  return parsed.data;
};

/** A document that holds a list; empty where it is missing, or damaged, which is logged. */
export const readList = async <T>(documents: Documents, name: string, log: Logger): Promise<T[]> => {
  const stored = await documents.read(name);
  if (stored.status === 'corrupt') log.warn(`The document "${name}" was damaged and is made anew.`);
  return stored.status === 'ok' && Array.isArray(stored.value) ? (stored.value as T[]) : [];
};

/** Records the register as it becomes; made when its turn comes, so that of two hubs none overwrites the other. */
export const saveRegister = async (recorder: Recorder, make: () => RegisterState | null, nowMs: number): Promise<boolean> => {
  const recorded = await recorder.record(() => {
    const value = make();
    return { entry: value && { kind: 'document.saved', receivedMs: nowMs, name: 'register', value }, answer: null };
  });
  return recorded.ok;
};

/** What the journal must say about the installed packs and the links, so that counting needs nothing else. */
export const definitions = (folds: Folds, packs: readonly Pack[], mode: 'direct' | 'redirect', nowMs: number): Entry[] => {
  const entries: Entry[] = [];
  for (const pack of packs) {
    const doors = showcaseOf(folds.tally, pack.id).doors;
    const points = pack.points.map(({ id, zone, perimeter }) => ({ id, zone, perimeter }));
    // days that an organiser set stay; the pack's own count only where it names any
    const days = pack.days.length > 0 ? pack.days : doors.days;
    if (JSON.stringify([...doors.points.values()]) !== JSON.stringify(points) || JSON.stringify(doors.days) !== JSON.stringify(days))
      entries.push({ kind: 'showcase.defined', receivedMs: nowMs, showcase: pack.id, points, days });
  }
  const now = linkMode(folds.tally, mode);
  if (folds.tally.modes.at(-1)?.mode !== now) entries.push({ kind: 'links.mode-set', receivedMs: nowMs, mode: now });
  return entries;
};

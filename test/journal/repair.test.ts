/** F10, F11 repaired: whatever was changed, cut or taken away, what is left is entries as they were written at their positions, and every gap is told. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { FileJournal } from '../../server/journal/file-journal.ts';
import { headerBytes } from '../../server/journal/frame.ts';
import { finishRepair, rebuildJournal, type Survey, surveyJournal } from '../../server/journal/repair.ts';
import { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { planBatch, verdictOf } from '../../shared/streams.ts';
import { FaultFs, seeded } from '../faults/fault-fs.ts';
import { entries, folder, openJournal, readAll } from './open-journal.ts';

// thousands of runs, on a machine that may be busy
vi.setConfig({ testTimeout: 120_000 });

const made = '/data/journal.repaired';
const segment = (n: number): string => `${folder}/${String(n).padStart(8, '0')}.kj`;
const none = (): void => undefined;

/** A journal of these entries, one frame each, in segments of about 700 bytes. */
const built = async (all: readonly Entry[], each = 1): Promise<FaultFs> => {
  const files = new FaultFs();
  const { journal } = await openJournal(files, { segmentBytes: 700 });
  for (let i = 0; i < all.length; i += each) await journal.append(all.slice(i, i + each));
  await journal.close();
  return files;
};

const copyOf = (files: FaultFs): FaultFs => {
  const copy = new FaultFs();
  for (const path of files.paths()) copy.put(path, Buffer.from(files.get(path)));
  return copy;
};

const rebuild = (files: FaultFs, more: { closing?: (survey: Survey) => Entry[] } = {}): Promise<Survey> =>
  rebuildJournal({
    files,
    folder,
    into: made,
    nowMs: () => 1_744_600_000_000,
    random: randomBytes,
    after: () => none,
    by: 'operator:test',
    kept: none,
    closing: () => [],
    progress: none,
    ...more,
  });

const survey = (files: FaultFs): Promise<Survey> => surveyJournal(files, folder, none);

/** Repairs, and answers what is read after it; checks that it opens writable and verifies. */
const repaired = async (files: FaultFs): Promise<{ survey: Survey; read: Entry[] }> => {
  const told = await rebuild(files);
  await finishRepair(files, folder, made);
  const { journal } = await openJournal(files);
  if (journal.state !== 'writable') throw new Error(`the journal is ${journal.state}: ${journal.cause}`);
  const { findings } = await journal.verify();
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  const read = await readAll(journal);
  await journal.close();
  return { survey: told, read };
};

/** How many of the entries are there unchanged, each at its position; throws where something else stands in one's place than that it is lost. */
const keptOf = (all: readonly Entry[], read: readonly Entry[]): number => {
  let kept = 0;
  for (const [i, entry] of all.entries()) {
    const found = read[i];
    if (JSON.stringify(found) === JSON.stringify(entry)) kept++;
    else if (found !== undefined && (found.kind !== 'audit.noted' || !['journal.entry-lost', 'journal.gap-accepted', 'journal.repaired'].includes(found.action)))
      throw new Error(`position ${i + 1}: ${JSON.stringify(found)}`);
  }
  return kept;
};

describe('a changed bit', () => {
  it('[F10] anywhere: costs at most its own frame and the one after it, and every other entry keeps its position', async () => {
    const all = entries(1, 14);
    const files = await built(all);
    const segments = files.paths().filter((p) => p.endsWith('.kj'));
    expect(segments.length).toBeGreaterThan(2);
    const lost = new Map<number, number>();
    const random = seeded(7);
    for (const path of segments)
      for (let at = 0; at < files.get(path).length; at++) {
        const broken = copyOf(files);
        const bytes = broken.get(path);
        bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
        broken.put(path, bytes);
        const { survey: told, read } = await repaired(broken);
        const kept = keptOf(all, read);
        if (kept !== told.kept) throw new Error(`${path} byte ${at}: told ${told.kept}, kept ${kept}`);
        lost.set(all.length - kept, (lost.get(all.length - kept) ?? 0) + 1);
      }
    // the many: a flip in the content costs that frame; a flip in a head, a line feed or a header costs nothing
    expect([...lost.keys()].sort()).toEqual([0, 1]);
    expect(lost.get(1)).toBeGreaterThan(lost.get(0) as number);
  });

  it('a block of zeros costs what it covers and one frame more', async () => {
    const all = entries(1, 14);
    const files = await built(all);
    const path = segment(2);
    for (let at = headerBytes; at + 100 < files.get(path).length; at += 13) {
      const broken = copyOf(files);
      broken.put(path, Buffer.from(broken.get(path).fill(0, at, at + 100)));
      const { read } = await repaired(broken);
      expect(all.length - keptOf(all, read)).toBeLessThanOrEqual(3);
    }
  });
});

describe('segments', () => {
  it('[F11] one that is missing is a gap, whichever it is; the others keep their positions', async () => {
    const all = entries(1, 14);
    const files = await built(all);
    const segments = files.paths().filter((p) => p.endsWith('.kj'));
    for (const path of segments) {
      const broken = copyOf(files);
      await broken.remove(path);
      const { survey: told, read } = await repaired(broken);
      expect(told.losses).toHaveLength(1);
      expect(keptOf(all, read)).toBe(told.kept);
      expect(told.losses[0]?.to === null).toBe(path === segments.at(-1));
      expect(read.at(-1)).toMatchObject({ kind: 'audit.noted', action: 'journal.gap-accepted', by: 'operator:test', target: expect.stringContaining('position') });
    }
  });

  it('[F11] swapped or carried under another name: nothing is lost', async () => {
    const all = entries(1, 14);
    const files = await built(all);
    const [one, two] = [files.get(segment(1)), files.get(segment(2))];
    files.put(segment(1), two);
    files.put(segment(2), one);
    const { survey: told, read } = await repaired(files);
    expect(told.findings.length).toBeGreaterThan(0);
    expect(told.losses).toEqual([]);
    expect(keptOf(all, read)).toBe(all.length);
    expect(read.at(-1)).toMatchObject({ action: 'journal.repaired' });
  });

  it('one that is cut short at any byte loses what is cut and no more', async () => {
    const all = entries(1, 14);
    const files = await built(all);
    const length = files.get(segment(2)).length;
    for (let at = 0; at < length; at += 3) {
      const broken = copyOf(files);
      broken.put(segment(2), Buffer.from(files.get(segment(2)).subarray(0, at)));
      const { survey: told, read } = await repaired(broken);
      expect(keptOf(all, read)).toBe(told.kept);
      expect(read.length).toBeGreaterThan(all.length);
    }
  });

  it('one of another journal, or of another history of this one, is not taken', async () => {
    const files = await built(entries(1, 14));
    const other = await built(entries(100, 14));
    files.put(segment(2), other.get(segment(2)));
    expect((await survey(files)).findings).toMatchObject([{ what: expect.stringContaining('another journal') }, { what: expect.stringContaining('missing') }]);

    // the same journal, put back after its second segment and gone on with: whole, and not written after the one before it
    const line = await built(entries(1, 14));
    const branch = copyOf(line);
    for (const path of branch.paths()) if (path.endsWith('.kj') && path > segment(2)) await branch.remove(path);
    branch.put(`${folder}/last`, Buffer.from('00000002\n'));
    const { journal } = await openJournal(branch, { segmentBytes: 700 });
    const position = journal.position;
    for (const entry of entries(500, 8)) await journal.append([entry]);
    await journal.close();
    line.put(segment(4), branch.get(segment(4)));
    const told = await survey(line);
    expect(told.findings).toMatchObject([{ segment: 4 }]);
    expect(told.kept).toBeGreaterThan(position);
    expect(told.losses).toMatchObject([{ to: null }]);
  });
});

const batch = (from: number, n: number): Entry => ({
  kind: 'kiosk.recorded',
  receivedMs: 1_744_500_000_000 + from,
  showcase: 'show',
  zone: 'zone',
  device: 'kiosk-1',
  epoch: 'epoch-one',
  from,
  offsetMs: 0,
  items: Array.from({ length: n }, (_, i) => ({
    id: `event-${String(from + i).padStart(6, '0')}`,
    atMs: 1_744_500_000_000,
    kind: 'session.started' as const,
    session: `session-${from + i}`,
    lang: 'en' as const,
  })),
});

describe('kiosks after a gap', () => {
  it('whose stream has a hole are told that the hub is behind, and what they send again counts once', async () => {
    const all = [1, 3, 5, 7, 9, 11].map((from) => batch(from, 2));
    const files = await built(all);
    await files.remove(segment(2));
    const { survey: told, read } = await repaired(files);
    const gap = told.losses[0];
    expect(gap?.to).toBeGreaterThanOrEqual(gap?.from ?? 1);
    const admission = new Admission();
    for (const entry of read) admission.apply(entry);
    const last = { seq: 12, id: 'event-000012' };
    const { verdict, through } = verdictOf(admission, 'kiosk-1', 'epoch-one', last);
    expect(verdict).toBe('behind');
    expect(through).toBe(((gap?.from ?? 1) - 1) * 2);
    // as a kiosk does then: everything it kept, in a fresh epoch
    const events = all.flatMap((e) => (e.kind === 'kiosk.recorded' ? e.items : [])).map((item, i) => ({ ...item, seq: i + 1 }));
    const planned = planBatch(admission, { device: 'kiosk-1', showcase: 'show', zone: 'zone' }, { epoch: 'epoch-two', events }, { nowMs: 1, offsetMs: 0 });
    if (!('entry' in planned) || planned.entry?.kind !== 'kiosk.recorded') throw new Error(JSON.stringify(planned));
    expect(planned.entry.items.filter((item) => 'kind' in item)).toHaveLength(((gap?.to ?? 0) - (gap?.from ?? 0) + 1) * 2);
    expect(read.flatMap((e) => (e.kind === 'kiosk.recorded' ? e.items : []))).toHaveLength(told.kept * 2);
  });

  it('of a history that counts an event a second time are not taken from there on', async () => {
    const files = await built([batch(1, 2), batch(3, 2), batch(5, 2), batch(1, 2), batch(7, 2), batch(9, 2)]);
    const bytes = files.get(segment(2));
    bytes[bytes.indexOf('event-000003')] = 0x45;
    files.put(segment(2), bytes);
    const told = await survey(files);
    expect(told.kept).toBe(2);
    expect(told.losses.at(-1)).toMatchObject({ to: null });
  });
});

describe('a repair that is cut off', () => {
  const damaged = async (): Promise<{ files: FaultFs; all: Entry[] }> => {
    const all = entries(1, 14);
    const files = await built(all);
    await files.remove(segment(2));
    return { files, all };
  };

  it('while the sound journal is made: the damaged one is untouched, and it is made anew', async () => {
    const { files, all } = await damaged();
    const before = new Map(files.paths().map((p) => [p, files.get(p)]));
    const whole = copyOf(files);
    await rebuild(whole);
    for (let n = 1; n <= whole.operations; n += 5) {
      const cut = copyOf(files);
      cut.stopAt(n);
      await expect(rebuild(cut)).rejects.toThrow();
      const after = cut.cut(n);
      for (const [path, bytes] of before) expect(after.get(path)).toEqual(bytes);
      expect(keptOf(all, (await repaired(after)).read)).toBeGreaterThan(5);
    }
  });

  it('while they change places: a hub refuses or finds the sound journal, and the same again finishes it', async () => {
    const { files, all } = await damaged();
    await rebuild(files);
    const whole = copyOf(files);
    await finishRepair(whole, folder, made);
    const kept = keptOf(all, await readAll((await openJournal(whole)).journal));
    const steps = whole.operations;
    for (let n = 1; n <= steps; n++) {
      const cut = copyOf(files);
      cut.stopAt(n);
      await finishRepair(cut, folder, made).catch(none);
      const after = cut.cut(n);
      const opened = await FileJournal.open({ folder, files: copyOf(after), nowMs: () => 1, random: randomBytes, after: () => none }).catch(() => null);
      if (opened && opened.state === 'writable') {
        expect(keptOf(all, await readAll(opened))).toBe(kept);
        expect(opened.position).toBeGreaterThan(all.length);
      }
      await opened?.close();
      await finishRepair(after, folder, made);
      const { journal } = await openJournal(after);
      expect(journal.state).toBe('writable');
      expect(keptOf(all, await readAll(journal))).toBe(kept);
      await journal.close();
      expect(after.paths().filter((p) => p.includes('.kj.broken-')).length).toBe(files.paths().filter((p) => p.startsWith(`${folder}/`) && p.endsWith('.kj')).length);
    }
  });

  it('run twice: the second finds nothing to do', async () => {
    const { files } = await damaged();
    await repaired(files);
    const told = await survey(files);
    expect(told).toMatchObject({ findings: [], losses: [], torn: false });
    expect(await finishRepair(files, folder, made)).toBe(false);
  });
});

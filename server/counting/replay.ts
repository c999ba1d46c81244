/**
 * Folds a long journal from its bytes: kiosks' batches by the scanner, everything else parsed as JSON and folded entry by entry, as it was
 * when it was recorded. Both ways come to the same folds (tested side by side).
 */
import type { Admission } from '../../shared/admission.ts';
import { applyRecorded } from '../../shared/engagement.ts';
import type { Entry } from '../../shared/entry.ts';
import type { KioskEvent } from '../../shared/event.ts';
import { HashedTexts } from '../../shared/hash-index.ts';
import { applyEntry, showcaseOf, type Tally } from '../../shared/tally.ts';
import type { Frame } from '../journal/frame.ts';
import type { Journal } from '../journal/journal.ts';
import { entriesOf } from '../journal/segment.ts';
import { CLOSE, CLOSE_LIST, COMMA, OPEN, OPEN_LIST, QUOTE } from './batch-form.ts';
import { BatchScanner } from './batch-scanner.ts';

export type Folds = { tally: Tally; admission: Admission };

const applyOne = ({ tally, admission }: Folds, entry: Entry, position: number): void => {
  admission.apply(entry);
  applyEntry(tally, entry, position);
};

const ids = new HashedTexts();
const views = new HashedTexts();
let fresh = new Uint8Array(1_024);

/** The batch that was scanned, at `position`. */
const applyScanned = ({ tally, admission }: Folds, batch: BatchScanner, position: number): void => {
  tally.position = position;
  tally.asOfMs = batch.receivedMs;
  const { engagement } = showcaseOf(tally, batch.showcase);
  const stream = admission.begun(batch.device, batch.epoch);
  const { bytes, items, count } = batch;
  // in a rehearsal it depends on the event whether a view is one
  const together = engagement.rehearsals.size === 0;
  ids.clear();
  views.clear();
  for (let i = 0; i < count; i++) {
    const item = items[i] as (typeof items)[number];
    ids.push(bytes, item.idFrom, item.idTo);
    if (together && item.kind === 'project.opened') views.push(bytes, item.sessionFrom, item.sessionTo, item.projectFrom, item.projectTo);
  }
  if (count > fresh.length) fresh = new Uint8Array(2 * count);
  admission.ids.addAll(ids, fresh, stream.index, batch.from);
  engagement.viewed.addAll(views, fresh);
  let view = 0;
  for (let i = 0; i < count; i++) {
    const item = items[i] as (typeof items)[number];
    // it has what its kind needs: the scanner saw to it
    applyRecorded(engagement, item as unknown as KioskEvent, batch, together && item.kind === 'project.opened' ? fresh[view++] === 1 : undefined);
  }
  stream.hw = batch.from + count - 1;
  const last = items[count - 1] as (typeof items)[number];
  stream.lastId = bytes.toString('latin1', last.idFrom, last.idTo);
};

/** The byte behind the JSON object, without escapes, that begins at `at`; `end` where it doesn't end before. */
const behindObject = (bytes: Buffer, at: number, end: number): number => {
  let depth = 0;
  for (let i = at; i < end; i++) {
    const c = bytes[i];
    if (c === QUOTE) {
      for (i++; i < end && bytes[i] !== QUOTE; ) i++;
    } else if (c === OPEN) depth++;
    else if (c === CLOSE && --depth === 0) return i + 1;
  }
  return end;
};

/** Folds a whole frame. Where anything in it doesn't stand as this program writes it, the parser has the rest of it. */
const applyFrame = (folds: Folds, batch: BatchScanner, bytes: Buffer, frame: Frame): void => {
  let done = 0;
  let at = bytes.indexOf(OPEN_LIST, frame.from) + 1;
  const plain = batch.plain(frame.from, frame.to);
  while (plain && done < frame.count) {
    const behind = batch.scan(at);
    const next = behind > 0 ? behind : behindObject(bytes, at, frame.to);
    if (bytes[next] !== (done === frame.count - 1 ? CLOSE_LIST : COMMA)) break;
    if (behind > 0) applyScanned(folds, batch, frame.first + done);
    else applyOne(folds, JSON.parse(bytes.toString('latin1', at, next)) as Entry, frame.first + done);
    done++;
    at = next + 1;
  }
  if (done < frame.count || at !== frame.to - 1 || bytes[at] !== CLOSE)
    for (const [i, entry] of entriesOf(bytes, frame).entries()) if (i >= done) applyOne(folds, entry, frame.first + i);
};

/** Folds everything after the folds' own position in. `told` hears how far it is. Throws the journal's JournalFault. */
export const replay = async (journal: Journal, folds: Folds, told: (position: number) => void): Promise<void> => {
  const from = folds.tally.position;
  if (!journal.readFrames) {
    for await (const { first, entries } of journal.read(from)) {
      for (const [i, entry] of entries.entries()) applyOne(folds, entry, first + i);
      told(folds.tally.position);
    }
    return;
  }
  const batch = new BatchScanner();
  for await (const { bytes, frames } of journal.readFrames(from)) {
    batch.look(bytes);
    for (const frame of frames) {
      if (frame.first > from) applyFrame(folds, batch, bytes, frame);
      else for (const [i, entry] of entriesOf(bytes, frame).entries()) if (frame.first + i > from) applyOne(folds, entry, frame.first + i);
    }
    told(folds.tally.position);
  }
};

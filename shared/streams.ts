/**
 * The record protocol's rules, for hub and kiosk alike (SPEC P1 to P9): a stream is contiguous, an id counts once, a malformed event
 * uses up its seq and blocks nothing, a batch is recorded whole or not at all.
 */
import { type Admission, refusedKey } from './admission.ts';
import type { Entry, StreamItem } from './entry.ts';
import { readEvent, seqMax } from './event.ts';
import { idSchema } from './id-schema.ts';
import { type Refusal, refusal } from './refusal.ts';

export type Verdict = 'ok' | 'behind' | 'diverged';
export type Recorder = { device: string; showcase: string; zone: string };
export type RecordAnswer = { through: number; lastId: string | null; rejected: { seq: number; code: string }[] };

/** What the hub tells a kiosk that says what it last had acknowledged: it has that, it has less, or it has something else there. */
export const verdictOf = (admission: Admission, device: string, epoch: string, last: { seq: number; id: string } | null): { verdict: Verdict; through: number } => {
  const stream = admission.stream(device, epoch);
  const through = stream?.hw ?? 0;
  if (last === null) return { verdict: 'ok', through };
  if (!stream || last.seq > stream.hw) return { verdict: 'behind', through };
  return { verdict: admission.holds(stream, last.seq, last.id) ? 'ok' : 'diverged', through };
};

const seqOf = (raw: unknown): number | null => {
  const seq = (raw as { seq?: unknown } | null)?.seq;
  return typeof seq === 'number' && Number.isInteger(seq) && seq >= 1 && seq <= seqMax ? seq : null;
};

const idOf = (raw: unknown): string | null => {
  const parsed = idSchema.safeParse((raw as { id?: unknown } | null)?.id);
  return parsed.success ? parsed.data : null;
};

/**
 * Plans a batch: the entry to append (null when everything in it was recorded before) and the answer once that is durable; or why
 * nothing of it can be recorded. Changes nothing. What the batch says that it follows must stand there: so that whoever is told that an
 * event is recorded may believe it of every event before that one too.
 */
export const planBatch = (
  admission: Admission,
  who: Recorder,
  batch: { epoch: string; events: readonly unknown[]; after?: string | undefined },
  time: { nowMs: number; offsetMs: number },
): { entry: Entry | null; answer: RecordAnswer } | Refusal => {
  const stream = admission.stream(who.device, batch.epoch);
  const hw = stream?.hw ?? 0;
  const first = seqOf(batch.events[0]);
  if (first === null) return refusal('not_contiguous', 'Every event needs a seq.');
  if (first > hw + 1) return refusal('seq_gap', `The stream is recorded through ${hw}; events from ${hw + 1} are missing.`);
  if (batch.after !== undefined && !(stream && admission.holds(stream, first - 1, batch.after)))
    return refusal('stream_diverged', `Not the event that the batch follows is recorded at seq ${first - 1}.`);
  const items: StreamItem[] = [];
  const fresh = new Set<string>();
  const rejected: { seq: number; code: string }[] = [];
  let seq = first;
  for (const raw of batch.events) {
    if (seqOf(raw) !== seq) return refusal('not_contiguous', 'The events of a batch must be numbered without a hole.');
    if (stream && seq <= hw) {
      const id = idOf(raw);
      if (admission.ids.has(refusedKey(stream, seq, id))) {
        // what was refused here cannot be right now: a good event at this place is another one
        if ('event' in readEvent(raw)) return refusal('stream_diverged', `Another event is recorded at seq ${seq}.`);
        rejected.push({ seq, code: 'rejected_before' });
      } else if (id === null || !admission.holds(stream, seq, id)) return refusal('stream_diverged', `Another event is recorded at seq ${seq}.`);
    } else {
      const read = readEvent(raw);
      if ('code' in read) {
        const id = idOf(raw);
        items.push(id === null ? { rejected: read.code } : { rejected: read.code, id });
        rejected.push({ seq, code: read.code });
      } else if (fresh.has(read.event.id) || admission.ids.has(read.event.id)) items.push({ repeat: read.event.id });
      else {
        fresh.add(read.event.id);
        items.push(read.event);
      }
    }
    seq++;
  }
  const through = seq - 1;
  const entry: Entry | null =
    items.length === 0
      ? null
      : {
          kind: 'kiosk.recorded',
          receivedMs: time.nowMs,
          showcase: who.showcase,
          zone: who.zone,
          device: who.device,
          epoch: batch.epoch,
          from: through - items.length + 1,
          offsetMs: time.offsetMs,
          items,
        };
  return { entry, answer: { through, lastId: idOf(batch.events.at(-1)), rejected } };
};

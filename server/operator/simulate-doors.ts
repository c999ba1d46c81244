/**
 * A people counter: sends its batches in order, each unchanged until the hub answers 200, and some a second time. Keeps account of what the
 * hub must hold as duplicates: an answer that was lost leaves in doubt only whether its batch was recorded, and the next answer settles that.
 */
import { API } from '../../shared/api.ts';
import { type Miss, refusedBy, type SimulatedHub } from './simulate-hub.ts';
import type { Pace } from './simulate-pace.ts';
import type { DoorBatch, DoorPlan, Interval } from './simulate-plan.ts';

export type DoorAccount = {
  batches: number;
  requests: number;
  records: number;
  /** entries in records that were surely recorded as duplicates, and in those that may have been besides */
  duplicateEntries: number;
  doubtfulEntries: number;
  duplicateRecords: number;
  repeats: number;
  lostAnswers: number;
  misses: { [M in Miss]: number };
  problems: string[];
};

export const emptyDoorAccount = (): DoorAccount => ({
  batches: 0,
  requests: 0,
  records: 0,
  duplicateEntries: 0,
  doubtfulEntries: 0,
  duplicateRecords: 0,
  repeats: 0,
  lostAnswers: 0,
  misses: { lost: 0, refused: 0 },
  problems: [],
});

const entriesIn = (records: readonly Interval[]): number => records.reduce((n, r) => n + r.in, 0);

type Answer = { accepted: number; duplicates: number; quarantined: number };

/** Whether the answer says that everything was known, or that what is fresh was taken in now; null: it says neither. */
const readAnswer = (batch: DoorBatch, { accepted, duplicates, quarantined }: Answer): 'known' | 'taken' | null => {
  const { fresh, again, conflict } = batch;
  if (accepted === 0 && quarantined === 0 && duplicates === fresh.length + again.length) return 'known';
  if (duplicates === again.length && (conflict ? quarantined : accepted) === fresh.length && (conflict ? accepted : quarantined) === 0) return 'taken';
  return null;
};

/** Sends the door's day. Resolves when everything was answered; throws `CommandFault` where the hub refuses or stays away. */
export const runDoor = async (hub: SimulatedHub, token: string, plan: DoorPlan, pace: Pace, account: DoorAccount, sentBefore: boolean): Promise<void> => {
  const send = async (batch: DoorBatch, first: boolean): Promise<void> => {
    const records = [...batch.again, ...batch.fresh];
    const reply = await hub.insist('POST', `${API}/readings`, { body: { records }, headers: { authorization: `Bearer ${token}` } });
    if (reply.status !== 200) throw refusedBy(reply, `a batch at ${plan.point}`);
    account.requests += 1 + reply.lost + reply.refused;
    account.records += records.length;
    account.misses.lost += reply.lost;
    account.misses.refused += reply.refused;
    const answer = reply.json as Answer;
    const told = readAnswer(batch, answer);
    account.duplicateRecords += answer.duplicates;
    const [all, again] = [entriesIn(records), entriesIn(batch.again)];
    if (told === null || (first && told === 'known' && reply.lost === 0) || (!first && told === 'taken'))
      account.problems.push(`${plan.point}: a batch of ${batch.again.length} + ${batch.fresh.length} was answered ${JSON.stringify(answer)}`);
    if (told !== 'known') {
      account.duplicateEntries += again;
      return;
    }
    account.duplicateEntries += all;
    if (reply.lost === 0) return;
    if (first) {
      // of the lost ones at least one was recorded: as it was meant at first, then as duplicates
      account.duplicateEntries += again;
      account.doubtfulEntries += (reply.lost - 1) * all;
    } else account.doubtfulEntries += reply.lost * all;
  };
  for (const batch of plan.batches) {
    await pace.until(batch.dueMs);
    account.batches++;
    await send(batch, !sentBefore);
    if (batch.second === null) continue;
    if (batch.second === 'repeat') account.repeats++;
    else account.lostAnswers++;
    await send(batch, false);
  }
};

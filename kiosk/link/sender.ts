/**
 * One sender for all tabs of this browser. Web Locks where there are any: the browser itself passes the lock on when a tab dies. On a
 * plain http address there are none; then a lease in the storage that is renewed while its owner lives, and runs out within
 * `leaseMs` when it dies. Two senders for a moment would be harmless: what both send counts once.
 */
import { makeId } from '../../shared/ids.ts';
import type { Clock, RandomBytes } from './clock.ts';
import type { OutboxStorage } from './storage.ts';

export const leaseMs = 4_000;
const leaseRenewMs = 1_000;
const lockName = 'harbourlight-sender';

type SenderParts = { storage: OutboxStorage; clock: Clock; random: RandomBytes; locks: LockManager | undefined; begin(): void; end(): void };

/** Calls `begin` when this tab becomes the sender and `end` when it is no longer. Answers how to step back. */
export const becomeSender = (parts: SenderParts): (() => void) => (parts.locks ? byLock(parts, parts.locks) : byLease(parts));

const byLock = (parts: SenderParts, locks: LockManager): (() => void) => {
  const { begin, end } = parts;
  const giveUp = new AbortController();
  let stepBack = (): void => giveUp.abort();
  const hold = (): Promise<void> =>
    new Promise((release) => {
      stepBack = () => {
        end();
        release();
      };
      begin();
    });
  locks.request(lockName, { signal: giveUp.signal }, hold).catch(() => {
    // refused, for instance to a page without an origin of its own
    if (!giveUp.signal.aborted) stepBack = byLease(parts);
  });
  return () => stepBack();
};

const byLease = ({ storage, clock, random, begin, end }: SenderParts): (() => void) => {
  const owner = makeId(random);
  let holds = false;
  let stopped = false;
  let cancel: () => void = () => undefined;
  const set = (now: boolean): void => {
    if (now === holds) return;
    holds = now;
    if (now) begin();
    else end();
  };
  const turn = async (): Promise<void> => {
    const nowMs = clock.nowMs();
    let got: boolean;
    try {
      got = await storage.takeLease(owner, nowMs, nowMs + leaseMs);
    } catch {
      got = holds; // a full disk: nobody else can take it either
    }
    if (stopped) return;
    set(got);
    cancel = clock.after(leaseRenewMs, () => void turn());
  };
  void turn();
  return () => {
    stopped = true;
    cancel();
    // the next one need not wait for it to run out; if this fails, it waits
    if (holds) storage.takeLease(owner, clock.nowMs(), 0).catch(() => undefined);
    set(false);
  };
};

/**
 * Hints from other hubs: a connection that listens, and comes back by itself. A notice may be lost while it is away, so `told` is also
 * called whenever it is back; who needs the truth asks the tables.
 */
import pg from 'pg';
import { connectionOf } from './pool.ts';

export const listenAgainMs = 1_000;

/** Calls `told` with each notice's text, and with null when notices may have been missed. Answers how to stop. */
export const hearNotices = (url: string, channel: string, told: (payload: string | null) => void): (() => Promise<void>) => {
  let closed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;

  const again = (lost: pg.Client): void => {
    if (client !== lost) return;
    client = null;
    void lost.end().catch(() => undefined); // it is broken already
    if (!closed) timer = setTimeout(() => void listen(), listenAgainMs);
  };
  const listen = async (): Promise<void> => {
    const fresh = new pg.Client(connectionOf(url));
    client = fresh;
    fresh.on('error', () => again(fresh));
    fresh.on('end', () => again(fresh));
    fresh.on('notification', (notice) => told(notice.payload ?? null));
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      told(null);
    } catch {
      again(fresh); // the database is away: tried again soon
    }
  };
  void listen();
  return async () => {
    closed = true;
    if (timer) clearTimeout(timer);
    const last = client;
    client = null;
    await last?.end().catch(() => undefined);
  };
};

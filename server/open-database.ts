/**
 * The store that several hubs share: journal, documents, sessions and pairings in PostgreSQL, and Socket.IO's rooms across hubs. Only
 * checkpoints stay in each hub's own data folder: they are a cache of what the journal says.
 */
import path from 'node:path';
import { createAdapter } from '@socket.io/postgres-adapter';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import { PgShelf, SHELF_TABLE } from './access/pg-shelf.ts';
import type { Shelf } from './access/shelf.ts';
import type { CheckpointStore } from './counting/checkpoint.ts';
import { LowDocuments } from './documents/low-documents.ts';
import { DOCUMENTS_TABLE, PgDocuments } from './documents/pg-documents.ts';
import { nodeFileSystem } from './journal/file-system.ts';
import { JOURNAL_TABLE, journalChannel, PgJournal } from './journal/pg-journal.ts';
import { hearNotices } from './postgres/notices.ts';
import { openPool, prepareTables } from './postgres/pool.ts';
import type { Crossing } from './sockets/floor.ts';

/** The adapter's own limit loses packets just under 8,000 bytes, which is what a notice may hold. */
const noticeBytesMax = 7_000;
const ATTACHMENTS_TABLE = 'create table if not exists attachments (id bigserial unique, created_at timestamptz default now(), payload bytea)';

export type Database = { journal: PgJournal; documents: PgDocuments; checkpoints: CheckpointStore; shelf: Shelf; crossing(): Crossing; close(): Promise<void> };

/** how long a pool may take to end: the adapter can keep a connection that broke while it was being made */
const poolEndMsMax = 1_000;
const ended = async (pools: readonly { end(): Promise<void> }[]): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, poolEndMsMax);
  });
  await Promise.race([Promise.all(pools.map((pool) => pool.end())), enough]);
  clearTimeout(timer);
};

/** Gives a broken connection back to its pool, unless that was done. */
const giveBack = (client: PoolClient): void => {
  try {
    client.release(true);
  } catch {
    // the pool has it already
  }
};

type Lost = (error: Error) => void;
const lostTo =
  (log: Logger): Lost =>
  (error) =>
    log.warn({ code: (error as { code?: string }).code ?? error.message }, 'a connection to the database was lost');

const openTables = async (url: string, pool: Pool, log: Logger): Promise<{ journal: PgJournal; documents: PgDocuments }> => {
  await prepareTables(pool, [JOURNAL_TABLE, DOCUMENTS_TABLE, SHELF_TABLE, ATTACHMENTS_TABLE]);
  const journal = await PgJournal.open({ pool, hear: (told) => hearNotices(url, journalChannel, told), news: (news) => log.warn(news, 'journal') });
  return { journal, documents: new PgDocuments(pool) };
};

/** Journal and documents of DATABASE_URL alone, as a command needs them: nothing on this machine is touched. Throws a `DatabaseFault`. */
export const openShared = async (url: string, log: Logger): Promise<Pick<Database, 'journal' | 'documents' | 'close'>> => {
  const pool = openPool(url, lostTo(log));
  try {
    return { ...(await openTables(url, pool, log)), close: () => ended([pool]) };
  } catch (error) {
    await ended([pool]);
    throw error;
  }
};

/** Opens the store of DATABASE_URL and makes its tables. Throws a `DatabaseFault` in one line. */
export const openDatabase = async (url: string, dataDir: string, log: Logger): Promise<Database> => {
  const lost = lostTo(log);
  const pool = openPool(url, lost);
  // a pool of its own: the adapter keeps a connection that listens, and when that breaks never gives it back
  const adapterPool = openPool(url, lost);
  adapterPool.on('connect', (client) => client.once('end', () => giveBack(client as PoolClient)));
  try {
    const { journal, documents } = await openTables(url, pool, log);
    return {
      journal,
      documents,
      checkpoints: await LowDocuments.open({ files: nodeFileSystem, folder: path.join(dataDir, 'documents') }),
      shelf: new PgShelf(pool),
      crossing: () =>
        createAdapter(adapterPool, {
          tableName: 'attachments',
          channelPrefix: 'harbourlight',
          payloadThreshold: noticeBytesMax,
          errorHandler: (error) => log.warn({ code: (error as { code?: string }).code ?? error.message }, 'hubs could not hear each other'),
        }) as unknown as Crossing,
      close: () => ended([pool, adapterPool]),
    };
  } catch (error) {
    await ended([pool, adapterPool]);
    throw error;
  }
};

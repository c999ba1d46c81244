/**
 * The way to PostgreSQL: one pool a hub, whose every wait has an end, and which survives that the database stops or is failed over. Tables
 * live in a schema of their own. What is acknowledged was committed with `synchronous_commit = on`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export const poolConnectionsMax = 8;
export const connectMsMax = 2_000;
export const statementMsMax = 5_000;
/** a hub that stands still inside a turn must not hold the others up for longer */
export const idleInTurnMsMax = 5_000;
export const schemaName = 'harbourlight';
/** PostgreSQL's number for version 15 */
const serverVersionMin = 150_000;
/** the key of the advisory lock under which tables are made */
const prepareLock = 4_824_001;

/** The database is not fit: too old, or its tables cannot be made; told in one line. */
export class DatabaseFault extends Error {}

/** How every connection is made, those of the pool and those that listen. */
export const connectionOf = (url: string): pg.PoolConfig => ({
  connectionString: url,
  application_name: 'harbourlight',
  connectionTimeoutMillis: connectMsMax,
  statement_timeout: statementMsMax,
  query_timeout: statementMsMax + 1_000,
  idle_in_transaction_session_timeout: idleInTurnMsMax,
  keepAlive: true,
  options: `-c search_path=${schemaName} -c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c lock_timeout=${statementMsMax - 1_000}`,
});

/** A pool that tells broken connections to `lost` instead of ending the process. */
export const openPool = (url: string, lost: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({ ...connectionOf(url), max: poolConnectionsMax, idleTimeoutMillis: 30_000 });
  pool.on('error', lost);
  // an idle client that is handed out has no listener of the pool's: without one of its own a stop of the database would end the process
  pool.on('connect', (client) => void client.on('error', lost));
  return pool;
};

/** a connection that its program has closed is still listed by the database for a moment */
const leavingMsMax = 3_000;
const leavingPollMs = 100;

/** Whether a hub, or a command, is connected to this database and stays so for `leavingMsMax`. Throws `DatabaseFault`. */
export const databaseInUse = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ ...connectionOf(url), application_name: 'harbourlight-asks' });
  client.on('error', () => undefined); // what breaks is told by the query that waits
  try {
    await client.connect();
    for (let waitedMs = 0; ; waitedMs += leavingPollMs) {
      const { rows } = await client.query("select 1 from pg_stat_activity where datname = current_database() and application_name = 'harbourlight' limit 1");
      if (rows.length === 0) return false;
      if (waitedMs >= leavingMsMax) return true;
      await sleep(leavingPollMs);
    }
  } catch (error) {
    throw new DatabaseFault(`the database of DATABASE_URL can't be used: ${textOf(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Makes the schema and its tables where they are missing, one hub at a time. Throws `DatabaseFault`. */
export const prepareTables = async (pool: pg.Pool, tables: readonly string[]): Promise<void> => {
  try {
    const client = await pool.connect();
    try {
      const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
      if (Number(rows[0]?.version) < serverVersionMin) throw new DatabaseFault('DATABASE_URL must lead to PostgreSQL 15 or newer');
      await client.query(`begin; select pg_advisory_xact_lock(${prepareLock}); create schema if not exists ${schemaName}; ${tables.join('; ')}; commit`);
    } finally {
      client.release();
    }
  } catch (error) {
    if (error instanceof DatabaseFault) throw error;
    throw new DatabaseFault(`the database of DATABASE_URL can't be used: ${textOf(error)}`);
  }
};

/** What went wrong, without the address or a password. */
const textOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}${/^[0-9A-Z]{5}$/.test(code) && message ? ` ${message}` : ''}` : (message ?? String(error));
};

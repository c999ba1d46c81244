/**
 * A real PostgreSQL for tests, started from the machine's own binaries in a folder of its own: it can be killed and started again, and be
 * set back to an older copy of itself. Where there are no binaries, `pgBinaries` says so and the tests that need it are skipped by name.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const places = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt/postgresql@15'];
const startSecondsMax = 30;

/** The folder of initdb and pg_ctl, of version 15 or newer; null where there is none. */
export const pgBinaries = ((): string | null => {
  const given = process.env['PG_BIN'];
  if (given && existsSync(path.join(given, 'initdb'))) return given;
  for (const place of places) {
    const folders = existsSync(place) ? [place, ...readdirSync(place).map((version) => path.join(place, version))] : [];
    const found = folders.map((f) => path.join(f, 'bin')).find((bin) => existsSync(path.join(bin, 'initdb')) && versionOf(bin) >= 15);
    if (found) return found;
  }
  return null;
})();

function versionOf(bin: string): number {
  return Number(/(\d+)/.exec(spawnSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0);
}

/** PostgreSQL refuses to run as root: then everything is run as the user that its package made, or nobody. */
const owner = ((): { uid: number; gid: number } | null => {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout));
    if (uid) return { uid, gid: gid ?? uid };
  }
  return null;
})();

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });

export type PgServer = {
  port: number;
  /** A fresh database, and its URL. */
  database(): Promise<string>;
  start(): void;
  /** As a power cut would: nothing is flushed, recovery runs at the next start. */
  stopAtOnce(): void;
  /** A copy of the stopped data folder. */
  keep(): string;
  /** Puts a copy in the place of the (stopped) data folder. */
  putBack(copy: string): void;
  /** Runs one statement as the owner of everything, in the first database or the one of `url`. */
  sql(text: string, url?: string): Promise<Record<string, unknown>[]>;
  close(): void;
};

export const startPg = async (): Promise<PgServer> => {
  if (!pgBinaries) throw new Error('no PostgreSQL binaries on this machine');
  const home = mkdtempSync(path.join(tmpdir(), 'harbourlight-pg-'));
  const data = path.join(home, 'data');
  const port = await freePort();
  const password = randomBytes(9).toString('hex');
  const run = (tool: string, args: readonly string[]): void => {
    execFileSync(path.join(pgBinaries as string, tool), args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: home,
      env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] },
      ...owner,
    });
  };
  writeFileSync(path.join(home, 'password'), password);
  chmodSync(home, 0o755);
  if (owner) for (const file of [home, path.join(home, 'password')]) chownSync(file, owner.uid, owner.gid);
  run('initdb', ['-D', data, '-A', 'scram-sha-256', `--pwfile=${home}/password`, '-U', 'hub', '-E', 'UTF8', '--locale=C.UTF-8']);
  const options = `-p ${port} -k ${home} -c listen_addresses=127.0.0.1 -c max_connections=60 -c shared_buffers=32MB`;
  const urlOf = (database: string): string => `postgres://hub:${password}@127.0.0.1:${port}/${database}`;
  const server: PgServer = {
    port,
    database: async () => {
      const name = `hl_${randomBytes(6).toString('hex')}`;
      await server.sql(`create database ${name}`);
      return urlOf(name);
    },
    start: () => run('pg_ctl', ['-D', data, '-w', '-t', String(startSecondsMax), '-l', path.join(home, 'log'), '-o', options, 'start']),
    stopAtOnce: () => run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']),
    keep: () => {
      const copy = mkdtempSync(path.join(home, 'copy-'));
      cpSync(data, copy, { recursive: true, preserveTimestamps: true });
      return copy;
    },
    putBack: (copy) => {
      rmSync(data, { recursive: true });
      cpSync(copy, data, { recursive: true, preserveTimestamps: true });
      chmodSync(data, 0o700);
      if (owner) execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, data]);
    },
    sql: async (text, url = urlOf('postgres')) => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined); // the test stops the database under it
      await client.connect();
      try {
        const { rows } = await client.query<Record<string, unknown>>(text);
        return rows;
      } finally {
        await client.end();
      }
    },
    close: () => {
      try {
        server.stopAtOnce();
      } catch {
        // it was stopped already
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
  server.start();
  return server;
};

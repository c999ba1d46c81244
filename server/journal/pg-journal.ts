/**
 * The journal in PostgreSQL, written by several hubs in turns. A turn is one transaction under one advisory lock: it hears what others
 * committed before, plans, inserts and commits, so positions have no holes and no hub plans on an old state. A row holds the entries of
 * one turn (up to about 256 KiB of them) and a hash that chains it to the row before: it tells a store that was put back to an older
 * state, and a row that was changed. Notices only hint; what counts is read from the table.
 */
import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Entry } from '../../shared/entry.ts';
import { type EntriesText, type Finding, JournalFault, type JournalState, type SharedJournal, type Turn } from './journal.ts';

const rowCharsGoal = 256 << 10;
/** rows read at once: about 4 MiB */
const rowsPerRead = 16;
/** how often a hub asks for what others appended, notices or not */
const askOthersMs = 1_000;
export const journalChannel = 'harbourlight_journal';
/** the key of the advisory lock that a turn holds */
const turnLock = 4_824_002;

export const JOURNAL_TABLE = `create table if not exists journal (
  first bigint primary key, count integer not null check (count > 0), hash text not null, entries text not null)`;

type Row = { first: string; count: number; hash: string; entries: string | null };
/** The last row that this hub has heard. */
type Mark = { first: number; next: number; hash: string };
const start: Mark = { first: 0, next: 1, hash: '' };

export type PgJournalNews = { kind: 'state'; state: JournalState; cause: string | null };
export type PgJournalSetup = { pool: Pool; hear(told: (payload: string | null) => void): () => Promise<void>; news?(news: PgJournalNews): void };

const chained = (before: string, first: number, text: string): string => createHash('sha256').update(`${before}\n${first}\n${text}`).digest('hex');

/** The entries dealt out to rows. */
function* inRows(entries: readonly Entry[]): Generator<{ count: number; text: string }> {
  let texts: string[] = [];
  let chars = 0;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    if (texts.length > 0 && chars + text.length > rowCharsGoal) {
      yield { count: texts.length, text: `[${texts.join(',')}]` };
      texts = [];
      chars = 0;
    }
    texts.push(text);
    chars += text.length;
  }
  if (texts.length > 0) yield { count: texts.length, text: `[${texts.join(',')}]` };
}

/** Codes of a server that has no room: its disk, its memory, its own limits. */
const FULL = /^53[12]00$/;

export class PgJournal implements SharedJournal {
  readonly #setup: PgJournalSetup;
  #mark: Mark;
  #state: JournalState = 'writable';
  #busy: Promise<unknown> | null = null;
  #closed = false;
  #findings: readonly Finding[] = [];

  private constructor(setup: PgJournalSetup, mark: Mark) {
    this.#setup = setup;
    this.#mark = mark;
  }

  /** Opens the journal as it stands now. Throws a JournalFault when the database cannot be asked. */
  static async open(setup: PgJournalSetup): Promise<PgJournal> {
    try {
      return new PgJournal(setup, await newest(setup.pool));
    } catch (cause) {
      throw faultOf(cause);
    }
  }

  /** The last entry that this hub has heard of. */
  get position(): number {
    return this.#mark.next - 1;
  }

  get state(): JournalState {
    return this.#state;
  }

  head(): { segment: number; hash: string } {
    return { segment: 1, hash: this.#mark.hash };
  }

  /** What `verify` found last. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  append(entries: readonly Entry[]): Promise<number> {
    return this.turn({ missed: () => undefined, plan: () => entries });
  }

  async turn(turn: Turn): Promise<number> {
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    if (this.#busy) throw new JournalFault('busy', 'a turn began while another was running');
    const running = this.#take(turn);
    this.#busy = running;
    try {
      const position = await running;
      this.#become('writable', null);
      return position;
    } catch (cause) {
      const fault = faultOf(cause);
      if (fault.code !== 'set_back') this.#become(fault.code === 'storage_full' ? 'full' : 'poisoned', fault.message);
      // from now on the journal is what the store holds; should that not be known now, the next turn finds the same again
      else this.#mark = await newest(this.#setup.pool).catch(() => this.#mark);
      throw fault;
    } finally {
      this.#busy = null;
    }
  }

  others(told: (position: number) => void): () => void {
    const timer = setInterval(() => told(Number.POSITIVE_INFINITY), askOthersMs);
    timer.unref();
    const stop = this.#setup.hear((payload) => told(payload === null ? Number.POSITIVE_INFINITY : Number(payload)));
    return () => {
      clearInterval(timer);
      void stop();
    };
  }

  read(after: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
    // what counts is the position now, not when the first chunk is asked for
    return this.#read(after, this.position);
  }

  readTexts(): AsyncGenerator<EntriesText> {
    return this.#texts(this.position);
  }

  async *#texts(end: number): AsyncGenerator<EntriesText> {
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    let next = 1;
    if (end >= next)
      for await (const row of this.#rows(next)) {
        const mark = markOf(row);
        if (mark.first !== next) throw damaged(next, mark.first);
        yield { first: next, text: row.entries ?? '[]' };
        next = mark.next;
        if (next > end) return;
      }
    if (next <= end) throw damaged(next, end + 1);
  }

  /** Reads everything and checks that no row is missing and every hash follows from the one before. */
  async verify(progress: (row: number, rows: number) => void = () => undefined): Promise<{ entries: number; segments: number; findings: Finding[]; hash: string }> {
    const rows = Number((await this.#setup.pool.query<{ n: string }>('select count(*) as n from journal')).rows[0]?.n ?? 0);
    const findings: Finding[] = [];
    let mark = start;
    let seen = 0;
    for await (const row of this.#rows(0)) {
      const next = markOf(row);
      const what =
        next.first !== mark.next
          ? `entries from ${mark.next} to ${next.first - 1} are missing`
          : next.hash !== chained(mark.hash, next.first, row.entries ?? '')
            ? 'changed'
            : null;
      if (what) findings.push({ segment: 1, offset: next.first, position: mark.next, what });
      mark = next;
      if (++seen % 64 === 0) progress(seen, rows);
    }
    this.#findings = findings;
    return { entries: mark.next - 1, segments: 1, findings, hash: mark.hash };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#busy?.catch(() => undefined);
  }

  async #take({ missed, plan }: Turn): Promise<number> {
    const client = await this.#setup.pool.connect();
    let broken = true;
    try {
      if (plan) await client.query(`begin; select pg_advisory_xact_lock(${turnLock})`);
      await this.#hear(client, missed);
      const mark = plan ? await this.#insert(client, plan()) : this.#mark;
      this.#mark = mark;
      broken = false;
      return mark.next - 1;
    } catch (error) {
      // what can be taken back is; a connection that does not answer any more is given up, and the server takes back by itself
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Hands on what follows the last heard row, after a look whether that row is still the one that was heard. */
  async #hear(client: PoolClient, missed: Turn['missed']): Promise<void> {
    for (;;) {
      const { first } = this.#mark;
      const { rows } = await client.query<Row>({
        name: 'hear',
        text: `select first, count, hash, case when first = $1 then null else entries end as entries from journal where first >= $1 order by first limit ${rowsPerRead}`,
        values: [first],
      });
      if (first !== 0 && (Number(rows[0]?.first) !== first || rows[0]?.hash !== this.#mark.hash))
        throw new JournalFault('set_back', `the shared journal no longer holds what it held at position ${this.position}`);
      for (const row of first === 0 ? rows : rows.slice(1)) {
        const mark = markOf(row);
        if (mark.first !== this.#mark.next) throw damaged(this.#mark.next, mark.first);
        missed(mark.first, entriesOf(row));
        this.#mark = mark;
      }
      if (rows.length < rowsPerRead) return;
    }
  }

  async #insert(client: PoolClient, entries: readonly Entry[]): Promise<Mark> {
    if (entries.length === 0) {
      await client.query('rollback');
      return this.#mark;
    }
    let mark = this.#mark;
    for (const { count, text } of inRows(entries)) {
      const hash = chained(mark.hash, mark.next, text);
      await client.query({ name: 'insert', text: 'insert into journal (first, count, hash, entries) values ($1, $2, $3, $4)', values: [mark.next, count, hash, text] });
      mark = { first: mark.next, next: mark.next + count, hash };
    }
    await client.query(`notify ${journalChannel}, '${mark.next - 1}'; commit`);
    return mark;
  }

  async *#read(after: number, end: number): AsyncGenerator<{ first: number; entries: Entry[] }> {
    if (!Number.isSafeInteger(after) || after < 0) throw new RangeError(`no position to read after: ${after}`);
    if (this.#closed) throw new JournalFault('closed', 'the journal is closed');
    if (after >= end) return;
    let next = after + 1;
    for await (const row of this.#rows(next)) {
      const mark = markOf(row);
      if (mark.first > next) throw damaged(next, mark.first);
      const entries = entriesOf(row).slice(next - mark.first, end - mark.first + 1);
      if (entries.length > 0) yield { first: next, entries };
      next += entries.length;
      if (next > end) return;
    }
    throw damaged(next, end + 1);
  }

  /** The rows from the one that holds `position` on. */
  async *#rows(position: number): AsyncGenerator<Row> {
    try {
      let from = Number((await this.#setup.pool.query<{ first: string | null }>('select max(first) as first from journal where first <= $1', [position])).rows[0]?.first ?? 0);
      for (;;) {
        const { rows } = await this.#setup.pool.query<Row>(`select first, count, hash, entries from journal where first >= $1 order by first limit ${rowsPerRead}`, [from]);
        yield* rows;
        if (rows.length < rowsPerRead) return;
        from = Number((rows.at(-1) as Row).first) + 1;
      }
    } catch (cause) {
      throw faultOf(cause);
    }
  }

  #become(state: JournalState, cause: string | null): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#setup.news?.({ kind: 'state', state, cause });
  }
}

const newest = async (pool: Pool): Promise<Mark> => {
  const { rows } = await pool.query<Row>('select first, count, hash from journal order by first desc limit 1');
  return rows[0] ? markOf(rows[0]) : start;
};

const markOf = (row: Row): Mark => ({ first: Number(row.first), next: Number(row.first) + row.count, hash: row.hash });

const entriesOf = (row: Row): Entry[] => {
  const entries = JSON.parse(row.entries ?? '[]') as Entry[];
  if (entries.length !== row.count) throw new JournalFault('damaged', `the row of position ${row.first} holds ${entries.length} entries and states ${row.count}`);
  return entries;
};

const damaged = (from: number, to: number): JournalFault =>
  new JournalFault('damaged', `the shared journal is damaged: entries from ${from} to ${to - 1} are missing`, {
    finding: { segment: 1, offset: from, position: from, what: 'missing' },
  });

const faultOf = (cause: unknown): JournalFault => {
  if (cause instanceof JournalFault) return cause;
  const { code, message } = cause as { code?: string; message?: string };
  const full = code !== undefined && FULL.test(code);
  return new JournalFault(full ? 'storage_full' : 'storage_failed', `the shared journal can't be used now: ${code ?? message ?? String(cause)}`, { cause });
};

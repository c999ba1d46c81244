/** Documents in PostgreSQL, one row each: several hubs see the same, the newest write stands. */
import type { Pool } from 'pg';
import { checkName, DocumentFault, type DocumentRead, type Documents, decodeValue, documentsMax, encodeValue } from './documents.ts';

export const DOCUMENTS_TABLE = 'create table if not exists documents (name text primary key, value text not null)';

/** PostgreSQL's text holds no NUL: JSON text has none but escaped. */
export class PgDocuments implements Documents {
  readonly #pool: Pool;
  /** what this hub asked for last: its reads see its writes, and its newest write stands */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async read(name: string): Promise<DocumentRead> {
    this.#check(name);
    const { rows } = await this.#ask<{ value: string }>('select value from documents where name = $1', [name]);
    if (!rows[0]) return { status: 'missing' };
    try {
      return { status: 'ok', value: decodeValue(rows[0].value), from: 'main' };
    } catch (error) {
      return { status: 'corrupt', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async write(name: string, value: unknown): Promise<void> {
    this.#check(name);
    const text = encodeValue(value);
    const { rowCount } = await this.#ask(
      `insert into documents (name, value) select $1, $2 where (select count(*) from documents where name <> $1) < ${documentsMax}
       on conflict (name) do update set value = excluded.value`,
      [name, text],
    );
    if (rowCount === 0) throw new DocumentFault('too_many', `there are at most ${documentsMax} documents`);
  }

  /** The names of all documents. */
  async names(): Promise<string[]> {
    return (await this.#ask<{ name: string }>('select name from documents order by name', [])).rows.map(({ name }) => name);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }

  async #ask<R extends object>(text: string, values: readonly string[]): Promise<{ rows: R[]; rowCount: number | null }> {
    const running = this.#last.then(() => this.#pool.query<R>(text, [...values]));
    this.#last = running.catch(() => undefined);
    try {
      return await running;
    } catch (cause) {
      throw new DocumentFault('storage_failed', `the documents can't be used now: ${(cause as { code?: string }).code ?? String(cause)}`, { cause });
    }
  }

  #check(name: string): void {
    checkName(name);
    if (this.#closed) throw new DocumentFault('closed', 'the documents are closed');
  }
}

/** The shelf of several hubs, in PostgreSQL: what runs out goes when something is put. */
import type { Pool } from 'pg';
import { type Shelf, type ShelfKind, shelfItemsMax } from './shelf.ts';

export const SHELF_TABLE = `create table if not exists shelf (
  kind text not null, key text not null, value jsonb not null, put_at timestamptz not null default now(), until timestamptz not null, primary key (kind, key))`;

export class PgShelf implements Shelf {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async get(kind: ShelfKind, key: string): Promise<unknown> {
    const { rows } = await this.#pool.query<{ value: unknown }>('select value from shelf where kind = $1 and key = $2 and until > now()', [kind, key]);
    return rows[0]?.value;
  }

  async all(kind: ShelfKind): Promise<{ key: string; value: unknown }[]> {
    const { rows } = await this.#pool.query<{ key: string; value: unknown }>('select key, value from shelf where kind = $1 and until > now() order by put_at limit 5000', [kind]);
    return rows;
  }

  async put(kind: ShelfKind, key: string, value: unknown, keepMs: number): Promise<void> {
    await this.#pool.query(
      `with gone as (
         delete from shelf where until <= now() or (kind, key) in
           (select kind, key from shelf where kind = $1 and key <> $2 order by put_at desc offset ${shelfItemsMax[kind] - 1}))
       insert into shelf (kind, key, value, until) values ($1, $2, $3::jsonb, now() + $4::bigint * interval '1 millisecond')
       on conflict (kind, key) do update set value = excluded.value, until = excluded.until`,
      [kind, key, JSON.stringify(value), Math.round(keepMs)],
    );
  }

  async take(kind: ShelfKind, key: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('delete from shelf where kind = $1 and key = $2 and until > now()', [kind, key]);
    return rowCount === 1;
  }
}

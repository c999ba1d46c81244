/** Looks at an export cost one fold for all tables of a position, not one each; none is older than it may be, and none outlives its failure. */
import { afterEach, describe, expect, test } from 'vitest';
import { KeptLooks, looksMax, staleMsMax } from '../../server/exports/kept-looks.ts';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { threadHere } from '../hub/thread-here.ts';

const kept = () => {
  const clock = { ms: 0 };
  const made: { position: number; done(): void; fail(): void }[] = [];
  const looks = new KeptLooks<number>(() => clock.ms);
  const at = (position: number, name = 'show'): Promise<number> =>
    looks.of(
      name,
      position,
      () =>
        new Promise((resolve, reject) => {
          made.push({ position, done: () => resolve(position), fail: () => reject(new Error('a disk that fails')) });
        }),
    );
  return { clock, made, at };
};

let hub: SmallHub | null = null;
afterEach(async () => {
  await hub?.close();
  hub = null;
});

describe('kept looks', () => {
  test('[X17] one at the same position is made once; whoever comes while it is made waits for it', async () => {
    const { clock, made, at } = kept();
    const first = at(7);
    const second = at(9);
    expect(made.length).toBe(1);
    made[0]?.done();
    expect(await Promise.all([first, second])).toEqual([7, 7]);
    clock.ms = 1e9;
    expect([await at(7), made.length]).toEqual([7, 1]);
    void at(7, 'another');
    expect(made.length).toBe(2);
  });

  test('[X17] one that was quick is made anew at the next position; one that took long is good for as long as it took, up to half a minute', async () => {
    const { clock, made, at } = kept();
    for (const [tookMs, goodMs] of [
      [900, 0],
      [10_000, 10_000],
      [500_000, staleMsMax],
    ] as const) {
      const from = made.length;
      const look = at(1_000 * from + 1);
      clock.ms += tookMs;
      made[from]?.done();
      await look;
      await Promise.resolve();
      if (goodMs > 0) {
        clock.ms += goodMs - 1;
        void at(1_000 * from + 2);
        expect([tookMs, made.length]).toEqual([tookMs, from + 1]);
        clock.ms += 1;
      }
      const next = at(1_000 * from + 2);
      expect([tookMs, made.length]).toEqual([tookMs, from + 2]);
      made[from + 1]?.done();
      expect(await next).toBe(1_000 * from + 2);
    }
    // one that never ends does not keep others waiting for it for ever
    const from = made.length;
    void at(90_000);
    clock.ms += staleMsMax;
    void at(90_001);
    expect(made.length).toBe(from + 2);
  });

  test('[X17] one that failed is not kept, and no more are kept than a few', async () => {
    const { made, at } = kept();
    const failing = at(1);
    made[0]?.fail();
    await expect(failing).rejects.toThrow('a disk that fails');
    void at(1);
    expect(made.length).toBe(2);
    for (let n = 0; n < looksMax; n++) {
      const look = at(1, `show-${n}`);
      made.at(-1)?.done();
      await look;
    }
    const before = made.length;
    void at(1, `show-${looksMax - 1}`);
    expect(made.length).toBe(before);
    void at(1);
    expect(made.length).toBe(before + 1);
  });

  test('[X17] a hub folds its journal once for the tables of a position, and again for what came after it', async () => {
    let folds = 0;
    const small = await smallHub({
      openThread: (heard, ended) => {
        const thread = threadHere(heard, ended);
        return {
          ...thread,
          post: (message, transfer) => {
            if (message.kind === 'make') folds++;
            thread.post(message, transfer);
          },
        };
      },
    });
    hub = small;
    const cookie = await small.cookie('organiser');
    const at = `/api/v1/showcases/${showcase}`;
    const look = async (table: string, rows = 12) => (await small.ask('GET', `${at}/attendance?format=json&tables=${table}&rows=${rows}`, { cookie })).body;
    const day = await look('day');
    for (const table of ['hour', 'point', 'corrections', 'project']) {
      const told = await look(table);
      expect(Object.keys(told.tables)).toEqual([table]);
      expect(told.position).toBe(day.position);
    }
    expect((await look('project', 1)).tables.project.rows.length).toBe(1);
    expect(folds).toBe(1);
    const whole = (await small.ask('GET', `${at}/attendance?format=json`, { cookie })).body;
    expect(folds).toBe(2);
    expect((await look('project', 500)).tables.project).toEqual(whole.tables.project);
    await small.ask('POST', `${at}/corrections`, {
      cookie: await small.cookie('supervisor'),
      body: { point: 'door-a', hour: new Date(Date.now() - 60_000).toISOString(), in: 4, out: 0, reason: 'checked on film' },
    });
    await expect.poll(async () => (await look('corrections')).tables.corrections.rowCount, { timeout: 60_000 }).toBe(1);
    expect(folds).toBe(3);
  });
});

/** An export made by a real thread beside a real journal on the disk: the same bytes, behind everything else of this process. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventLines } from '../../server/exports/events.ts';
import { Exporter } from '../../server/exports/exporter.ts';
import { exportNice } from '../../server/exports/step-back.ts';
import { workerThreads } from '../../server/exports/worker-thread.ts';
import type { FileJournal } from '../../server/journal/file-journal.ts';
import { nodeFileSystem, waitingFileSystem } from '../../server/journal/file-system.ts';
import { openJournal } from '../bench/disk-journal.ts';
import { batchEntry, benchShowcase } from '../bench/sample.ts';
import { threadHere } from '../hub/thread-here.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'harbourlight-thread-'));
const source = new URL('../../server/exports/source-thread.mjs', import.meta.url);
/** many more than the buffers hold that go to and fro */
const batches = 2_000;
let journal: FileJournal;
beforeAll(async () => {
  journal = await openJournal(folder);
  for (let n = 0; n < batches; n += 500)
    await journal.append(Array.from({ length: 500 }, (_, i) => batchEntry((n + i) % 7, Math.floor((n + i) / 7) * 20 + 1, 20, Date.parse('2026-11-20T10:00:00+08:00') + n + i)));
});
afterAll(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

/** The priority of every thread of this process, as the kernel tells it. */
const nices = (): number[] =>
  readdirSync('/proc/self/task').flatMap((id) => {
    try {
      return Number(
        readFileSync(`/proc/self/task/${id}/stat`, 'latin1')
          .replace(/^.*\) /s, '')
          .split(' ')[16],
      );
    } catch {
      return []; // it has ended meanwhile
    }
  });

describe('the thread of an export', () => {
  test('[X12] reads the journal by itself and hands over the same bytes; only it goes behind the others, where the system can do that', async () => {
    const abreast: string[] = [];
    const exporter = new Exporter(journal, workerThreads(source), (why) => abreast.push(why));
    const before = process.platform === 'linux' ? nices().filter((n) => n === exportNice).length : 0;
    const ask = { showcase: benchShowcase, upTo: journal.position, range: {}, format: 'csv', turns: [] } as const;
    const running = await exporter.run('events', ask);
    if (process.platform === 'linux') {
      // it waits for its buffers to be taken
      expect(nices().filter((n) => n === exportNice).length - before).toBe(1);
      expect(abreast).toEqual([]);
    } else expect(abreast.length).toBe(1);
    let got = '';
    for await (const chunk of running.chunks) got += Buffer.from(chunk).toString('latin1');
    running.end();
    // the same thread, as far behind, makes the next one
    const again = await exporter.run('events', ask);
    if (process.platform === 'linux') expect(nices().filter((n) => n === exportNice).length - before).toBe(1);
    let twice = '';
    for await (const chunk of again.chunks) twice += Buffer.from(chunk).toString('latin1');
    expect(twice === got).toBe(true);
    exporter.close();
    let want = '';
    for await (const chunk of eventLines(journal, benchShowcase, ask.upTo, {}, 'csv', [])) want += Buffer.from(chunk).toString('latin1');
    expect(want.length).toBeGreaterThan(4_000_000);
    expect(got === want).toBe(true);
  });

  test('[X12] where a thread cannot go behind the others it is told once, and exports are made all the same', async () => {
    const abreast: string[] = [];
    const exporter = new Exporter(
      journal,
      (heard, ended) => {
        heard({ kind: 'abreast', why: 'no such system' });
        return threadHere(heard, ended);
      },
      (why) => abreast.push(why),
    );
    for (let n = 0; n < 2; n++) {
      const { head, end } = await exporter.run('versions', { showcase: benchShowcase, upTo: 1, day: '2026-11-20' });
      expect(head).toMatchObject([{ position: 1 }]);
      end();
    }
    expect(abreast).toEqual(['no such system']);
  });

  test('[X12] its own way of reading files gives what the usual one gives, at every edge, and writes nothing', async () => {
    const file = path.join(folder, 'journal.none');
    await expect(waitingFileSystem.open(file, 'read')).rejects.toMatchObject({ code: 'ENOENT' });
    const name = path.join(folder, readdirSync(folder).find((n) => n.endsWith('.kj')) as string);
    const [waiting, usual] = [await waitingFileSystem.open(name, 'read'), await nodeFileSystem.open(name, 'read')];
    const size = await usual.size();
    expect(await waiting.size()).toBe(size);
    for (const [bytes, at] of [
      [100, 0],
      [1_000, size - 10],
      [10, size],
      [1 << 20, 5],
    ] as const) {
      const [a, b] = [Buffer.alloc(bytes), Buffer.alloc(bytes)];
      expect(await waiting.read(a, at)).toBe(await usual.read(b, at));
      expect(a.equals(b)).toBe(true);
    }
    for (const refused of [waiting.write(Buffer.from('x'), 0), waiting.truncate(0), waiting.datasync()]) await expect(refused).rejects.toThrow();
    await waiting.close();
    await usual.close();
    expect(readFileSync(name).length).toBe(size);
  });
});

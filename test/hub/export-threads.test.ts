/**
 * How exports are made beside a working hub: in buffers that are counted, held back by a slow reader, ended with whoever asked, and never
 * taken for whole where they are not. The two ends talk over a real message channel; real threads are in `processes/big-journal.test.ts`.
 */
import { get, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { eventLines } from '../../server/exports/events.ts';
import { pieceBytes, piecesMax } from '../../server/exports/export-wire.ts';
import type { OpenThread } from '../../server/exports/thread-pool.ts';
import { JournalFault } from '../../server/journal/journal.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { exportsAtOnceMax } from '../../server/routes/exports.ts';
import type { Entry } from '../../shared/entry.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';
import { threadHere } from './thread-here.ts';

const waiting = { timeout: 20_000, interval: 20 };
const itemsPerBatch = 50;
const batch = (n: number, receivedMs: number): Entry => ({
  kind: 'kiosk.recorded',
  receivedMs,
  showcase,
  zone: 'living',
  device: `kiosk-${n % 7}`,
  epoch: `epoch-of-long-${n % 7}`,
  from: Math.floor(n / 7) * itemsPerBatch + 1,
  offsetMs: 0,
  items: Array.from({ length: itemsPerBatch }, (_, i) => ({
    id: `id-${String(n).padStart(8, '0')}-${String(i).padStart(4, '0')}`,
    atMs: receivedMs - i,
    session: `session-${n}`,
    kind: 'project.opened',
    project: 'hkemobility',
    via: 'hill',
  })),
});
const longJournal = async (events: number, journal = new MemoryJournal()): Promise<MemoryJournal> => {
  const startMs = Date.parse('2026-11-20T10:00:00+08:00');
  await journal.append(Array.from({ length: events / itemsPerBatch }, (_, n) => batch(n, startMs + n * 100)));
  return journal;
};

/** A thread that counts what is on its way, and what it was asked. */
const counting = () => {
  const seen = { pieces: 0, out: 0, outMax: 0, bytesMax: 0, texts: 0, textsMax: 0, stopped: 0, opened: 0 };
  const open: OpenThread = (heard, ended) => {
    seen.opened++;
    const thread = threadHere((message) => {
      if (message.kind === 'piece') {
        seen.pieces++;
        seen.outMax = Math.max(seen.outMax, ++seen.out);
        seen.bytesMax = Math.max(seen.bytesMax, message.bytes.byteLength);
      } else if (message.kind === 'more') seen.textsMax = Math.max(seen.textsMax, ++seen.texts);
      heard(message);
    }, ended);
    return {
      post: (message, transfer) => {
        if (message.kind === 'taken') seen.out--;
        else if (message.kind === 'text') seen.texts--;
        thread.post(message, transfer);
      },
      stop: () => {
        seen.stopped++;
        thread.stop();
      },
    };
  };
  return { seen, open };
};

let hub: SmallHub | null = null;
afterEach(async () => {
  await hub?.close();
  hub = null;
});
const csvAt = `/api/v1/showcases/${showcase}/events?format=csv`;
const answerOf = (small: SmallHub, cookie: string, at = csvAt): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(small.origin + at, { headers: { cookie }, agent: false }, resolve).once('error', reject));
/** Every byte of an answer, or why it was not whole. */
const all = async (answer: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
const expected = async (journal: MemoryJournal, upTo: number): Promise<string> => {
  let text = '';
  for await (const chunk of eventLines(journal, showcase, upTo, {}, 'csv', [])) text += chunk;
  return text;
};
const paired = async (small: SmallHub) => {
  const { token } = await small.device('kiosk');
  const socket = await small.kiosk(token);
  const epoch = 'epoch-beside-01';
  await socket.emitWithAck('hello', { epoch, last: null, nowMs: Date.now() });
  let seq = 0;
  return async (): Promise<unknown> => {
    seq++;
    const event = { seq, id: `id-beside-${String(seq).padStart(8, '0')}`, atMs: Date.now(), kind: 'session.started', session: 'session-beside', lang: 'en' };
    return socket.emitWithAck('record', { epoch, events: [event] });
  };
};

describe('an export beside a working hub', () => {
  test('[X12] however long the journal, the same few buffers go to and fro, and one text at a time is read', async () => {
    const pieces: number[] = [];
    for (const events of [5_000, 50_000]) {
      const journal = await longJournal(events);
      const { seen, open } = counting();
      const small = await smallHub({ journal, openThread: open });
      hub = small;
      const cookie = await small.cookie();
      const whole = await all(await answerOf(small, cookie));
      expect(whole === (await expected(journal, journal.position))).toBe(true);
      expect(whole.split('\r\n').length).toBe(events + 2);
      expect(seen.outMax).toBeLessThanOrEqual(piecesMax);
      expect(seen.bytesMax).toBe(pieceBytes);
      expect(seen.textsMax).toBeLessThanOrEqual(2);
      // all of it again, by the thread that waits for the next
      expect((await all(await answerOf(small, cookie))) === whole).toBe(true);
      expect([seen.opened, seen.stopped]).toEqual([1, 0]);
      pieces.push(seen.pieces);
      await small.close();
      hub = null;
      expect([seen.opened, seen.stopped]).toEqual([1, 1]);
    }
    expect(pieces[1]).toBeGreaterThan(8 * (pieces[0] as number));
  });

  test('[X12] a reader that takes nothing holds the export back while kiosks are acknowledged, and then gets all of it as of its beginning', async () => {
    const journal = await longJournal(60_000);
    const { seen, open } = counting();
    const small = await smallHub({ journal, openThread: open });
    hub = small;
    const send = await paired(small);
    const cookie = await small.cookie();
    const upTo = journal.position;
    const answer = await answerOf(small, cookie);
    // as much as the connection itself takes, and no more
    let before = -1;
    await expect
      .poll(
        () => {
          const rests = seen.pieces > 0 && seen.pieces === before;
          before = seen.pieces;
          return rests;
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe(true);
    const held = seen.pieces;
    for (let n = 0; n < 20; n++) expect(await send()).toMatchObject({ ok: true });
    expect(journal.position).toBe(upTo + 20);
    expect(seen.pieces).toBe(held);
    const whole = await all(answer);
    expect(seen.pieces).toBeGreaterThan(held);
    expect(whole === (await expected(journal, upTo))).toBe(true);
  });

  test('[X12] who goes, or a hub that stops, ends the export at once and frees its place; one too many is told to come again', async () => {
    const { seen, open } = counting();
    const small = await smallHub({ journal: await longJournal(60_000), openThread: open });
    hub = small;
    const cookie = await small.cookie();
    const answers = await Promise.all(Array.from({ length: exportsAtOnceMax }, () => answerOf(small, cookie)));
    expect(answers.map((a) => a.statusCode)).toEqual(answers.map(() => 200));
    expect(await small.ask('GET', csvAt, { cookie })).toMatchObject({ status: 503, body: { code: 'busy' } });
    for (const answer of answers.slice(1)) answer.destroy();
    await expect.poll(() => seen.stopped, waiting).toBe(exportsAtOnceMax - 1);
    const head = await fetch(small.origin + csvAt, { method: 'HEAD', headers: { cookie } });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    await expect.poll(() => seen.stopped, waiting).toBe(exportsAtOnceMax);
    const broken = all(answers[0] as IncomingMessage).then(
      () => 'whole',
      () => 'broken off',
    );
    await small.close();
    hub = null;
    expect([await broken, seen.stopped]).toEqual(['broken off', exportsAtOnceMax + 1]);
  });

  test('[X12] one thread makes what is asked for in turn, whatever it is; of those that work at once one waits for the next, and none that was broken off or has fallen', async () => {
    const journal = await longJournal(20_000);
    const { seen, open } = counting();
    const falls: (() => void)[] = [];
    const small = await smallHub({
      journal,
      openThread: (heard, ended) => {
        falls.push(() => ended(new Error('out of memory')));
        return open(heard, ended);
      },
    });
    hub = small;
    const cookie = await small.cookie();
    const at = `/api/v1/showcases/${showcase}`;
    const want = await expected(journal, journal.position);
    const turn = async (): Promise<void> => {
      expect((await small.ask('GET', `${at}/statement`, { cookie })).status).toBe(200);
      expect((await small.ask('GET', `${at}/report`, { cookie })).status).toBe(200);
      expect((await all(await answerOf(small, cookie))) === want).toBe(true);
    };
    await turn();
    await turn();
    expect([seen.opened, seen.stopped]).toEqual([1, 0]);
    // three at once: two more begin, two are let go
    const three = await Promise.all([1, 2, 3].map(async () => all(await answerOf(small, cookie))));
    expect(three.every((text) => text === want)).toBe(true);
    expect([seen.opened, seen.stopped]).toEqual([3, 2]);
    (await answerOf(small, cookie)).destroy();
    await expect.poll(() => seen.stopped, waiting).toBe(3);
    await turn();
    expect([seen.opened, seen.stopped]).toEqual([4, 3]);
    // it falls while nobody needs it
    falls[3]?.();
    await turn();
    expect([seen.opened, seen.stopped]).toEqual([5, 3]);
  });

  test('[X12] a thread that falls before it begins is a refusal by its code, one that falls later a download that breaks; the hub goes on', async () => {
    let fallsAfter = 0;
    const falling: OpenThread = (heard, ended) => {
      let pieces = 0;
      const thread = threadHere((message) => {
        if (message.kind === 'piece' ? ++pieces > fallsAfter : fallsAfter === 0) {
          thread.stop();
          ended(new Error('out of memory'));
        } else heard(message);
      }, ended);
      return thread;
    };
    const small = await smallHub({ journal: await longJournal(10_000), openThread: falling });
    hub = small;
    const send = await paired(small);
    const cookie = await small.cookie();
    for (const what of ['events?format=csv', 'attendance?format=xlsx', 'statement', 'report'])
      expect(await small.ask('GET', `/api/v1/showcases/${showcase}/${what}`, { cookie })).toMatchObject({ status: 503, body: { code: 'export_failed' } });
    fallsAfter = 2;
    for (let n = 0; n < exportsAtOnceMax + 1; n++) await expect(all(await answerOf(small, cookie))).rejects.toThrow(/aborted/);
    expect(await send()).toMatchObject({ ok: true });
    fallsAfter = Number.POSITIVE_INFINITY;
    expect((await all(await answerOf(small, cookie))).length).toBeGreaterThan(1_000_000);
  });

  test('[X12] a journal that cannot be read on breaks the download, and is a refusal where nothing was sent yet', async () => {
    const journal = new (class extends MemoryJournal {
      broken = false;
      override async *read(after: number) {
        for await (const chunk of super.read(after)) {
          yield chunk;
          if (this.broken) throw new JournalFault('storage_failed', 'a disk that fails');
        }
      }
    })();
    await longJournal(20_000, journal);
    const small = await smallHub({ journal, openThread: threadHere });
    hub = small;
    const cookie = await small.cookie();
    journal.broken = true;
    await expect(all(await answerOf(small, cookie))).rejects.toThrow(/aborted/);
    expect(await small.ask('GET', `/api/v1/showcases/${showcase}/statement`, { cookie })).toMatchObject({ status: 503, body: { code: 'storage_failed' } });
    journal.broken = false;
    expect((await small.ask('GET', `/api/v1/showcases/${showcase}/statement`, { cookie })).status).toBe(200);
  });
});

/** The whole journal folded anew, beside reading, parsing and the least of folds; and the hub's start with a checkpoint and without. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { foldJournal } from '../../server/counting/checkpoint.ts';
import type { Entry } from '../../shared/entry.ts';
import { openJournal } from './disk-journal.ts';
import { atLeast, type Figure, under } from './figure.ts';
import { startHub } from './load.ts';
import { inTurns, median, timed } from './measure.ts';
import { batchEntry } from './sample.ts';

const itemsPerEntry = 20;
const entriesPerAppend = 500;
const startMsMax = 1_000;

/** A journal of so many events, and the same entries as lines of JSON. */
const make = async (dataDir: string, lines: string, events: number): Promise<void> => {
  const journal = await openJournal(path.join(dataDir, 'journal'));
  const file: FileHandle = await open(lines, 'w');
  const sent = new Map<number, number>();
  const startMs = Date.now() - 8 * 3_600_000;
  for (let made = 0; made < events; ) {
    const entries: Entry[] = [];
    for (let i = 0; i < entriesPerAppend && made < events; i++, made += itemsPerEntry) {
      const kiosk = (made / itemsPerEntry) % 60;
      const from = (sent.get(kiosk) ?? 0) + 1;
      sent.set(kiosk, from + itemsPerEntry - 1);
      entries.push(batchEntry(kiosk, from, itemsPerEntry, startMs + Math.floor((made / events) * 8 * 3_600_000)));
    }
    await journal.append(entries);
    await file.write(entries.map((e) => `${JSON.stringify(e)}\n`).join(''));
  }
  await file.close();
  await journal.close();
};

/** Chunks, lines, JSON.parse, and how many events of each kind there are. */
const bareFold = async (lines: string): Promise<number> => {
  const kinds = new Map<string, number>();
  let rest = '';
  for await (const chunk of createReadStream(lines, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const parts = (rest + (chunk as string)).split('\n');
    rest = parts.pop() as string;
    for (const part of parts) {
      const entry = JSON.parse(part) as Extract<Entry, { kind: 'kiosk.recorded' }>;
      for (const item of entry.items) if ('kind' in item) kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + 1);
    }
  }
  return [...kinds.values()].reduce((sum, n) => sum + n, 0);
};

export const replay: Figure = async ({ quick, folder, built }) => {
  const events = quick ? 100_000 : 1_000_000;
  const dataDir = path.join(folder, 'data');
  const lines = path.join(folder, 'lines');
  await make(dataDir, lines, events);
  const journal = await openJournal(path.join(dataDir, 'journal'));
  const ours = async (): Promise<number> =>
    timed(async () => {
      const { admission } = await foldJournal(journal, null);
      if (admission.ids.size !== events) throw new Error(`${admission.ids.size} of ${events} ids`);
    });
  const peer = async (): Promise<number> =>
    timed(async () => {
      if ((await bareFold(lines)) !== events) throw new Error('the bare fold lost events');
    });
  const told = await inTurns(3, ours, peer);
  await journal.close();
  const rate = (ms: number): number => (events * 1_000) / ms;
  const many = events.toLocaleString('en-US');
  const replayed = atLeast(
    { name: `replay of ${many} events`, ours: rate(median(told.ours)), peer: rate(median(told.peer)), beside: 'read, JSON.parse, trivial fold', unit: 'events/s' },
    0.95,
  );

  const start = async (): Promise<{ ms: number; cpuMs: number }> => {
    const hub = await startHub(built, { dataDir, kiosks: 1, publicOrigin: null });
    await hub.stop();
    return { ms: hub.ready.startMs, cpuMs: hub.ready.startCpuMs };
  };
  // the first start folds everything and its stop leaves a checkpoint
  await start();
  const forget = async (): Promise<void> => {
    const documents = path.join(dataDir, 'documents');
    for (const name of await readdir(documents)) if (name.startsWith('checkpoint')) await rm(path.join(documents, name));
  };
  const withIt: { ms: number; cpuMs: number }[] = [];
  const without: { ms: number; cpuMs: number }[] = [];
  for (let i = 0; i < 3; i++) {
    await forget();
    without.push(await start());
    withIt.push(await start());
  }
  const of = (rounds: typeof withIt, what: 'ms' | 'cpuMs'): number => Math.round(median(rounds.map((r) => r[what])));
  // what else runs on the machine lengthens the clock's time, hardly the processor's
  const limit = under(`start with ${many} events, CPU`, of(withIt, 'cpuMs'), startMsMax, 'ms');
  return [replayed, { ...limit, peer: `${limit.peer}; ${of(withIt, 'ms')} ms on the clock; without a checkpoint ${of(without, 'cpuMs')} and ${of(without, 'ms')} ms` }];
};

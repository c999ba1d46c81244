/**
 * Exports of a running hub: the CSV of all events beside the same bytes by hand from a bare server, what it costs the hub's memory and its
 * loop, and what kiosks notice who go on sending meanwhile, beside what they notice of any process that keeps a processor busy at the same
 * priority: on two cores that is the limit. A workbook likewise.
 */
import path from 'node:path';
import type { ByHandGiven, ByHandReady } from './by-hand-program.ts';
import { openJournal } from './disk-journal.ts';
import type { Download } from './download-program.ts';
import { atLeast, atMost, type Figure, toldOnly, under } from './figure.ts';
import type { Watched } from './hub-program.ts';
import { openFleet, startHub } from './load.ts';
import { inTurns, median, percentile, sleep } from './measure.ts';
import { startProgram } from './program.ts';
import { batchEntry, benchShowcase } from './sample.ts';

const itemsPerEntry = 20;
const entriesPerAppend = 500;
const kiosks = 20;
const sentPerSecond = 200;
const extraMiBMax = 64;
const holdMsMax = 10;
const at = `/api/v1/showcases/${benchShowcase}`;
const csvPath = `${at}/events?format=csv`;
const bookPath = `${at}/attendance?format=xlsx&raw=on`;

const writeJournal = async (folder: string, events: number): Promise<void> => {
  const journal = await openJournal(folder);
  const startMs = Date.now() - 3_600_000;
  for (let n = 0; n < events / itemsPerEntry; n += entriesPerAppend)
    await journal.append(
      Array.from({ length: entriesPerAppend }, (_, i) => batchEntry((n + i) % 60, Math.floor((n + i) / 60) * itemsPerEntry + 1, itemsPerEntry, startMs + n + i)),
    );
  await journal.close();
};

type Round = { acks: number[]; watched: Watched };

export const exports: Figure = async ({ quick, folder, built }) => {
  const rows = quick ? 100_000 : 1_000_000;
  const dataDir = path.join(folder, 'hub');
  const journalFolder = path.join(dataDir, 'journal');
  await writeJournal(journalFolder, rows);
  const peer = await startProgram<ByHandReady>(built, 'by-hand-program', { journalFolder } satisfies ByHandGiven);
  const hub = await startHub(built, { dataDir, kiosks, publicOrigin: null });
  const reader = await startProgram<null>(built, 'download-program', {});
  const busy = await startProgram<null>(built, 'busy-program', {});
  const download = (port: number, what: string, hashed = false): Promise<Download> => reader.ask('download', port, what, hashed);
  const ours = (what = csvPath, hashed = false): Promise<Download> => download(hub.ready.port, what, hashed);
  const theirs = (hashed = false): Promise<Download> => download(peer.ready.port, '/', hashed);

  // the first export of a hub costs it most
  await hub.ask('watch');
  const [first, byHand] = [await ours(csvPath, true), await theirs(true)];
  const extraMiB = (await hub.ask<Watched>('watched')).extraMiB;
  if (first.hash !== byHand.hash) throw new Error('the export and the one made by hand differ');
  const rate = await inTurns(
    quick ? 3 : 5,
    () => ours(),
    () => theirs(),
  );

  const fleet = await openFleet(hub, kiosks, 1);
  /** Kiosks send until what runs meanwhile is over. */
  const meanwhile = async (run: () => Promise<unknown>): Promise<Round> => {
    await hub.ask('watch');
    const over = { yet: false };
    const sending = fleet.openLoop(() => !over.yet, sentPerSecond);
    await run();
    over.yet = true;
    return { acks: await sending, watched: await hub.ask<Watched>('watched') };
  };
  const roundMs = quick ? 2_000 : 5_000;
  /** One download after the other for as long as a round takes: a hundredth of few acknowledgements tells nothing. */
  const during = (take: () => Promise<Download>): Promise<Round> =>
    meanwhile(async () => {
      for (const since = performance.now(); performance.now() - since < roundMs; ) await take();
    });
  const beside = (): Promise<Round> => meanwhile(() => busy.ask('burn', roundMs));
  const quiet = (): Promise<Round> => meanwhile(() => sleep(roundMs));
  const rounds = quick ? 3 : 7;
  const csv = await inTurns(rounds, () => during(() => ours()), beside);
  const book = await inTurns(rounds, () => during(() => ours(bookPath)), beside);
  const alone = await inTurns(rounds, beside, quiet);
  fleet.close();
  await Promise.all([hub.stop(), peer.stop(), reader.stop(), busy.stop()]);

  const acks = (name: string, told: { ours: Round[]; peer: Round[] }, share: number, than = 'the same kiosks beside a busy processor') => {
    const [ms, withoutMs] = [told.ours, told.peer].map((side) => side.map((r) => percentile(r.acks, share))) as [number[], number[]];
    // a round beside the one that was next to it: what else the machine does meanwhile is the same for both
    const ratio = median(ms.map((m, i) => m / (withoutMs[i] as number)));
    return atMost({ name, ours: median(ms), peer: median(withoutMs), beside: than, unit: 'ms' }, 1.5, ratio);
  };
  const hold = (rounds: Round[], of: 'maxMs' | 'p99Ms'): number => Math.min(...rounds.map((r) => r.watched[of]));
  const perSecond = (side: 'ours' | 'peer') => (rows * 1_000) / median(rate[side].map((d) => d.ms));
  const many = rows.toLocaleString('en-US');
  const lines = [
    atLeast({ name: `CSV of ${many} events`, ours: perSecond('ours'), peer: perSecond('peer'), beside: 'by hand, bare server, same bytes, same priority', unit: 'rows/s' }, 0.9),
    under('CSV, extra memory', extraMiB, extraMiBMax, 'MiB'),
  ];
  for (const [name, told] of [
    ['CSV', csv],
    ['workbook', book],
  ] as const)
    lines.push(
      // what else runs on the machine only ever adds to a hold: the least of the rounds' longest is nearest to the truth
      {
        ...under(`${name}, longest hold of the loop`, hold(told.ours, 'maxMs'), holdMsMax, 'ms'),
        peer: `${holdMsMax} ms (limit); ${hold(told.peer, 'maxMs').toFixed(1)} ms beside a busy processor`,
      },
      acks(`${name}, ack p50 meanwhile`, told, 0.5),
      acks(`${name}, ack p99 meanwhile`, told, 0.99),
      toldOnly(acks(`${name}, slowest ack meanwhile`, told, 1)),
    );
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const)
    lines.push(toldOnly(acks(`beside a busy processor, ack ${name}`, alone, share, 'the same kiosks with nothing beside them')));
  return lines;
};

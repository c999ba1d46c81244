/** The export of all events as CSV, beside a loop written by hand for just these rows, byte for byte the same; its memory and its hold on the loop. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { csvBom } from '../../server/exports/csv.ts';
import { eventLines } from '../../server/exports/events.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { EVENT_COLUMNS } from '../../shared/event-columns.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { openJournal } from './disk-journal.ts';
import { atLeast, type Figure, under } from './figure.ts';
import { inTurns, median } from './measure.ts';
import { batchEntry, benchShowcase } from './sample.ts';

const itemsPerEntry = 20;
const holdMsMax = 10;
const extraMiBMax = 64;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** Of these rows only ids can look like a formula. */
const inertId = (text: string): string => (text.startsWith('-') ? `'${text}` : text);

/** Knows that there are only kiosk events, all in the range, of this showcase. */
async function* byHand(journal: Journal): AsyncGenerator<string> {
  yield `${csvBom}${Object.keys(EVENT_COLUMNS).join(',')}\r\n`;
  for await (const { first, entries } of journal.read(0)) {
    let text = '';
    for (const [i, e] of entries.entries()) {
      if (e.kind !== 'kiosk.recorded' || e.showcase !== benchShowcase) continue;
      const head = `${first + i},${rfc3339(e.receivedMs)},`;
      for (const [k, item] of e.items.entries()) {
        if (!('kind' in item)) continue;
        const f = item as { [field: string]: string | number | undefined };
        const cell = (name: string): string => (f[name] === undefined ? '' : quoted(String(f[name])));
        text += `${head}${rfc3339(item.atMs)},${item.kind},${e.showcase},${e.zone},,${e.device},${e.epoch},${e.from + k},${inertId(item.id)},recorded,${inertId(cell('session'))},${cell('lang')},${cell('project')},${cell('code')},${cell('via')},${cell('reason')},${cell('seconds')},${cell('inputs')},${cell('mode')},,,,,,synced,,,,,,,,,\r\n`;
      }
    }
    yield text;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Drained = { ms: number; hash: string; holdMs: number; extraMiB: number };
const drain = async (lines: AsyncIterable<string>): Promise<Drained> => {
  (globalThis as { gc?: () => void }).gc?.();
  const hash = createHash('sha256');
  const before = process.memoryUsage().rss;
  let peak = before;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const since = performance.now();
  for await (const chunk of lines) {
    hash.update(chunk);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const ms = performance.now() - since;
  delay.disable();
  return { ms, hash: hash.digest('hex'), holdMs: delay.max / 1e6, extraMiB: (peak - before) / 2 ** 20 };
};

export const csv: Figure = async ({ quick, folder }) => {
  const rows = quick ? 20_000 : 100_000;
  const journal = await openJournal(path.join(folder, 'journal'));
  const startMs = Date.now() - 3_600_000;
  const entries = Array.from({ length: rows / itemsPerEntry }, (_, n) => batchEntry(n % 60, Math.floor(n / 60) * itemsPerEntry + 1, itemsPerEntry, startMs + n));
  for (let at = 0; at < entries.length; at += 500) await journal.append(entries.slice(at, at + 500));
  const told = await inTurns(
    5,
    () => drain(eventLines(journal, benchShowcase, {}, 'csv')),
    () => drain(byHand(journal)),
  );
  await journal.close();
  if (told.ours[0]?.hash !== told.peer[0]?.hash) throw new Error('the export and the one made by hand differ');
  const rate = (side: 'ours' | 'peer') => (rows * 1_000) / median(told[side].map((t) => t.ms));
  return [
    atLeast({ name: `CSV of ${rows.toLocaleString('en-US')} rows`, ours: rate('ours'), peer: rate('peer'), beside: 'by hand, the same bytes', unit: 'rows/s' }, 0.9),
    // what else runs on the machine only ever adds to a hold: the least of the rounds' longest is nearest to the truth
    under('CSV, longest hold of the loop', Math.min(...told.ours.map((t) => t.holdMs)), holdMsMax, 'ms'),
    under('CSV, extra memory', median(told.ours.map((t) => t.extraMiB)), extraMiBMax, 'MiB'),
  ];
};

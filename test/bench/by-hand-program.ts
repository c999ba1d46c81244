/** The CSV of all events from a bare `node:http` server, by a loop written by hand for just these rows: what the hub's export is compared with. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setPriority } from 'node:os';
import { csvBom } from '../../server/exports/csv.ts';
import { exportNice } from '../../server/exports/step-back.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { EVENT_COLUMNS } from '../../shared/event-columns.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { openJournal } from './disk-journal.ts';
import { given, serve } from './program.ts';
import { benchShowcase } from './sample.ts';

export type ByHandGiven = { journalFolder: string };
export type ByHandReady = { port: number };

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

// as the hub's own threads for exports: on a busy machine the one that stands back is the slower one
setPriority(exportNice);
const journal = await openJournal(given<ByHandGiven>().journalFolder, true);
const server = createServer(async (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' });
  for await (const text of byHand(journal)) if (!response.write(text)) await once(response, 'drain');
  response.end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
serve({ port: (server.address() as AddressInfo).port } satisfies ByHandReady, { stop: () => server.close() });

/**
 * `import FILE`: takes a kiosk's rescued outbox into the journal the way the kiosk itself would have sent it: in batches, through the
 * recorder, planned by the same rules. Its stream is named by the SHA-256 of what is imported, and every event keeps its id, so that a
 * second import, one that was cut off, and the kiosk coming back later count nothing twice. An embedded store's hub must be stopped
 * meanwhile; hubs on PostgreSQL go on.
 */
import { userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Admission } from '../../shared/admission.ts';
import type { OutboxHead } from '../../shared/outbox-file.ts';
import { planBatch } from '../../shared/streams.ts';
import type { Tally } from '../../shared/tally.ts';
import { batchEventsMax } from '../../shared/wire-limits.ts';
import { foldJournal } from '../counting/checkpoint.ts';
import { Recorder } from '../counting/recorder.ts';
import type { Documents } from '../documents/documents.ts';
import type { Journal } from '../journal/journal.ts';
import { progressOf } from '../progress.ts';
import { type Command, CommandFault, type Console, exit, readArgs } from './command.ts';
import { readOutboxText } from './outbox-text.ts';
import { withWritable } from './store.ts';
import { totalsLinesOf } from './totals-line.ts';

const rejectedListedMax = 200;

/** what an import needs to know of the register's devices */
const devicesSchema = z.object({ devices: z.array(z.object({ id: z.string(), kind: z.string() })) });

type Import = { events: number; fresh: number; counted: number; rejected: { line: number; code: string }[]; position: number };

/** Who works here, for the audit: the name of this machine's account, which is a member of staff's and no visitor's. */
export const operatorName = (): string => {
  try {
    return `operator:${userInfo().username}`;
  } catch {
    // an account without a name, as containers have
    return 'operator';
  }
};

const kioskIds = async (tally: Tally, documents: Documents): Promise<Set<string>> => {
  const stored = await documents.read('register');
  const parsed = devicesSchema.safeParse(tally.documents.get('register') ?? (stored.status === 'ok' ? stored.value : null));
  return new Set(parsed.success ? parsed.data.devices.filter((d) => d.kind === 'kiosk').map((d) => d.id) : []);
};

/** Whose events they are: the file's device, or the one that the operator names where the hub does not know the file's. */
const ownerOf = (head: OutboxHead, known: ReadonlySet<string>, named: string | undefined): string => {
  if (named === undefined) {
    if (known.has(head.device)) return head.device;
    throw new CommandFault(`the file is of device ${head.device}, which this hub does not know as a kiosk; say with --device ID whose it is`);
  }
  if (known.has(head.device) && named !== head.device)
    throw new CommandFault(`the file is of device ${head.device}, which this hub knows; --device is for one that it does not know`);
  if (!known.has(named)) throw new CommandFault(`this hub knows no kiosk ${named}`);
  return named;
};

/** The events numbered for a stream of their own; what is no object stays something that will be rejected at its place. */
const numbered = (events: readonly unknown[]): object[] => events.map((event, i) => ({ ...(typeof event === 'object' && !Array.isArray(event) ? event : {}), seq: i + 1 }));

type Store = { journal: Journal; admission: Admission; tally: Tally };

const recordAll = async (
  store: Store,
  head: OutboxHead,
  device: string,
  events: readonly object[],
  sha256: string,
  progress: (done: number, of: number) => void,
): Promise<Import> => {
  const bugs: unknown[] = [];
  const recorder = new Recorder({ ...store, applied: () => undefined, bug: (error) => bugs.push(error) });
  const who = { device, showcase: head.showcase, zone: head.zone };
  const epoch = `import-${sha256.slice(0, 48)}`;
  const done: Import = { events: events.length, fresh: 0, counted: 0, rejected: [], position: store.journal.position };
  for (let at = 0; at < events.length; at += batchEventsMax) {
    const batch = { epoch, events: events.slice(at, at + batchEventsMax) };
    let fresh = 0;
    const recorded = await recorder.record((admission) => {
      const planned = planBatch(admission, who, batch, { nowMs: Date.now(), offsetMs: head.offsetMs });
      const items = 'entry' in planned && planned.entry?.kind === 'kiosk.recorded' ? planned.entry.items : [];
      fresh = items.filter((item) => 'kind' in item).length;
      return planned;
    });
    if (!recorded.ok)
      throw new CommandFault(
        `the import stopped after ${at} of ${events.length} events: ${recorded.error.code}${bugs.length > 0 ? ` (${String(bugs[0])})` : ''}; what is in counts once, so run it again`,
      );
    done.fresh += fresh;
    done.counted += batch.events.length - fresh - recorded.answer.rejected.length;
    for (const { seq, code } of recorded.answer.rejected) done.rejected.push({ line: seq + 1, code });
    progress(at + batch.events.length, events.length);
  }
  const target = `${device} sha256:${sha256} events:${done.events} new:${done.fresh} rejected:${done.rejected.length}${head.device === device ? '' : ` file-device:${head.device}`}`;
  const noted = await recorder.record(() => ({ entry: { kind: 'audit.noted', receivedMs: Date.now(), by: operatorName(), action: 'outbox.imported', target }, answer: null }));
  if (!noted.ok) throw new CommandFault(`the events are in, but that they were imported could not be noted: ${noted.error.code}; run it again`);
  return { ...done, position: noted.position };
};

const importInto = async (console: Console, file: string, named: string | undefined): Promise<Import & { device: string; sha256: string; totals: string[] }> => {
  const { outbox, sha256 } = await readOutboxText(file);
  return withWritable(console, async (journal, documents, checkpoints) => {
    const folding = progressOf(console, 'reading the journal');
    const folds = await foldJournal(journal, checkpoints, (position) => folding(position, journal.position));
    const device = ownerOf(outbox.head, await kioskIds(folds.tally, documents), named);
    if (!folds.tally.showcases.has(outbox.head.showcase)) throw new CommandFault(`the file is of showcase ${outbox.head.showcase}, which this hub does not know`);
    const store = { journal, admission: folds.admission, tally: folds.tally };
    const done = await recordAll(store, outbox.head, device, numbered(outbox.events), sha256, progressOf(console, 'importing'));
    return { ...done, device, sha256, totals: totalsLinesOf(folds.tally, Date.now()) };
  });
};

export const importOutbox: Command = {
  name: 'import',
  usage: 'import FILE [--device ID] [--json]',
  about: "takes a kiosk's rescued outbox into the journal: a file (.gz or plain), or a text of its QR frames, one a line; the hub must be stopped",
  run: async (args, console) => {
    const { values, positionals } = readArgs(args, { device: { type: 'string' }, json: { type: 'boolean' } }, 1);
    const done = await importInto(console, path.resolve(positionals[0] as string), values.device);
    const { totals, ...report } = done;
    if (values.json) console.out(JSON.stringify(report));
    else {
      console.out(`device    ${done.device}`);
      console.out(`sha-256   ${done.sha256}`);
      console.out(`events    ${done.events}`);
      console.out(`new       ${done.fresh}`);
      console.out(`counted   ${done.counted} already`);
      console.out(`rejected  ${done.rejected.length}`);
      for (const { line, code } of done.rejected.slice(0, rejectedListedMax)) console.out(`  line ${line}: ${code}`);
      if (done.rejected.length > rejectedListedMax) console.out(`  and ${done.rejected.length - rejectedListedMax} more (see: --json)`);
      console.out(`position  ${done.position}`);
      for (const line of totals) console.out(line);
    }
    return exit.ok;
  },
};

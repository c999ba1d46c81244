/**
 * A count statement against somebody who wants a yes: every class of byte of a segment, whole segments, every value of the statement, and the
 * CSV in every way a hand or a spreadsheet changes it. Each is a no with its reason; what was put back as it was is a yes.
 */
import { copyFile, cp, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldTo } from '../../server/exports/folding.ts';
import { canonicalOf, checkStatement, makeStatement } from '../../server/exports/statement.ts';
import { headerBytes } from '../../server/journal/frame.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { openJournal } from '../../server/open-storage.ts';
import type { Statement } from '../../shared/report/statement.ts';
import { days, showcase as show, entriesOf as showEntries } from '../exports/show.ts';
import { operate } from './operate.ts';
import { entriesOf, makeFolder, segmentsOf, showcase } from './small-folder.ts';

/** A show of some entries, with all kinds of them. */
const few = () => showEntries().filter((e, i) => i < 20 || i % 7 === 0 || e.kind !== 'readings.recorded');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-tampered-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a tampered journal', () => {
  test('[X5] no for one changed byte of any class in any segment, for segments missing, swapped, doubled, cut, of another journal, or put back from before', async () => {
    const [sound, other, at, statement] = ['sound', 'other', 'tampered', 'statement.json'].map((n) => path.join(folder, n)) as [string, string, string, string];
    const entries = entriesOf(60);
    await makeFolder(sound, entries, 4_096);
    await makeFolder(other, entries, 4_096);
    const segments = await segmentsOf(sound);
    expect(segments.length).toBeGreaterThanOrEqual(4);
    const journal = await openJournal(sound, Date.now, () => undefined, true);
    await writeFile(statement, JSON.stringify(await makeStatement(await foldTo(journal, showcase, journal.position), {})));
    await journal.close();
    const seg = (n: number, of = at): string => path.join(of, 'journal', segments[n] as string);
    const last = segments.length - 1;
    const answer = async (): Promise<string> => {
      const { code, out } = await operate(['verify', '--statement', statement], { DATA_DIR: at });
      const said = out.split('\n')[1]?.split(' ')[0];
      return `${code} ${said} ${[...new Set([...out.matchAll(/^ {2}(\w+): /gm)].map((m) => m[1]))].join(' ')}`.trim();
    };
    const fresh = async (): Promise<void> => {
      await rm(at, { recursive: true, force: true });
      await cp(sound, at, { recursive: true });
    };
    const flipped = (n: number, offset: (bytes: Buffer) => number) => async (): Promise<void> => {
      const bytes = await readFile(seg(n));
      const i = offset(bytes);
      bytes[i] = (bytes[i] as number) ^ 1;
      await writeFile(seg(n), bytes);
    };
    await fresh();
    expect(await answer()).toBe('0 yes');
    const within =
      (mark: string, more = 0) =>
      (bytes: Buffer) =>
        bytes.indexOf(mark, headerBytes) + more;
    const byte: { [what: string]: () => Promise<void> } = {};
    // the header: its word, version, journal, segment, first position, hash of the segment before, salt, crc, line end
    for (const [what, offset] of Object.entries({
      word: 3,
      version: 21,
      journal: 30,
      segment: 60,
      first: 75,
      previous: 100,
      salt: 160,
      crc: headerBytes - 3,
      end: headerBytes - 1,
    }))
      byte[`header ${what}`] = flipped(1, () => offset);
    // a frame: length, blank, crc, blank, brace, a key, a digit, a quote, its line end
    for (const [what, more] of Object.entries({ length: 7, blank: 8, crc: 12, 'second blank': 17, brace: 18, key: 21 }))
      byte[`frame ${what}`] = flipped(1, () => headerBytes + more);
    byte['a count'] = flipped(1, within('"in":', 5));
    byte['a comma'] = flipped(1, within(','));
    byte['a quote'] = flipped(1, within('"kind"'));
    byte['a line end'] = flipped(1, within('\n', 0));
    byte['the last byte of a segment'] = flipped(1, (b) => b.length - 1);
    for (const n of [0, 2, last]) byte[`a payload byte of segment ${n}`] = flipped(n, (b) => headerBytes + Math.floor((b.length - headerBytes) / 2));
    const whole: { [what: string]: () => Promise<void> } = {
      'the first missing': () => rm(seg(0)),
      'one in the middle missing': () => rm(seg(1)),
      'the last missing': () => rm(seg(last)),
      'two swapped': async () => {
        await rename(seg(1), seg(1).replace('.kj', '.x'));
        await rename(seg(2), seg(1));
        await rename(seg(1).replace('.kj', '.x'), seg(2));
      },
      'one twice': () => copyFile(seg(1), seg(2)),
      'one of another journal': () => copyFile(seg(1, other), seg(1)),
      'one empty': () => truncate(seg(1), 0),
      'one cut in a frame': async () => truncate(seg(1), (await readFile(seg(1))).length - 20),
      'one cut after a frame': async () => truncate(seg(1), (await readFile(seg(1))).lastIndexOf('\n', (await readFile(seg(1))).length - 2) + 1),
      'the last cut after a frame': async () => truncate(seg(last), (await readFile(seg(last))).lastIndexOf('\n', (await readFile(seg(last))).length - 2) + 1),
      'the last with a frame of its own again': async () => {
        const bytes = await readFile(seg(last));
        await writeFile(seg(last), Buffer.concat([bytes, bytes.subarray(bytes.lastIndexOf('\n', bytes.length - 2) + 1)]));
      },
    };
    const answers: [string, string][] = [];
    for (const [what, tamper] of [...Object.entries(byte), ...Object.entries(whole)]) {
      await fresh();
      await tamper();
      answers.push([what, await answer()]);
    }
    // of the newest segment a cut end is only fewer entries; a frame that was there already is no entry
    const short = new Set(['the last missing', 'the last cut after a frame', `a payload byte of segment ${last}`]);
    for (const [what, said] of answers)
      if (what === 'the last with a frame of its own again') expect([what, said]).toEqual([what, expect.stringMatching(/^(0 yes|1 no journal_damaged)$/)]);
      else expect([what, said]).toEqual([what, expect.stringMatching(short.has(what) ? /^1 no journal_(short|damaged)$/ : /^1 no journal_damaged$/)]);
    await fresh();
    expect(await answer()).toBe('0 yes');
  }, 60_000);

  test('[X5] no for an entry taken out, doubled, moved, or taken out and told again, also where every total comes out the same and the journal is whole', async () => {
    const entries = showEntries();
    const journal = new MemoryJournal();
    await journal.append(entries);
    const statement = await makeStatement(await foldTo(journal, show, journal.position), {});
    const n = entries.findIndex((e) => e.kind === 'readings.recorded' && e.readings.length > 0);
    const one = entries[n] as (typeof entries)[number];
    const rest = entries.toSpliced(n, 1);
    const ways = {
      'taken out, and something harmless at the end': [...rest, { kind: 'links.mode-set' as const, receivedMs: 0, mode: 'redirect' as const }],
      'taken out and told again at the end': [...rest, one],
      doubled: entries.toSpliced(n, 0, one),
      'two in each other’s place': entries.with(n, entries[n + 1] as typeof one).with(n + 1, one),
      'received a millisecond later': entries.with(n, { ...one, receivedMs: one.receivedMs + 1 }),
    };
    for (const [what, changed] of Object.entries(ways)) {
      const forged = new MemoryJournal();
      await forged.append(changed);
      const { ok, reasons } = await checkStatement(statement, forged);
      expect([what, ok, reasons[0]?.code]).toEqual([what, false, 'journal_differs']);
    }
  });
});

describe('a tampered statement', () => {
  test('[X5] no for any one value in it, a row more, a row fewer or another order', async () => {
    const journal = new MemoryJournal();
    await journal.append(few());
    const statement = await makeStatement(await foldTo(journal, show, journal.position), {});
    expect((await checkStatement(statement, journal)).ok).toBe(true);
    const forged: [string, Statement][] = [];
    const changed = (value: unknown): unknown =>
      typeof value === 'number'
        ? value + 1
        : typeof value === 'boolean'
          ? !value
          : value === null
            ? 0
            : /^\d{4}-/.test(String(value))
              ? String(value).replace('2026', '2025')
              : `${value}0`;
    const walk = (value: unknown, at: readonly (string | number)[]): void => {
      const put = (next: unknown): void => {
        const copy = structuredClone(statement);
        // biome-ignore lint/suspicious/noExplicitAny: any place of it
        let holder: any = copy;
        for (const key of at.slice(0, -1)) holder = holder[key];
        holder[at.at(-1) as string] = next;
        forged.push([at.join('.'), copy]);
      };
      if (Array.isArray(value)) {
        if (value.length > 0) put(value.slice(1));
        if (value.length > 0) put([...value, value[0]]);
        if (value.length > 1) put(value.toReversed());
        if (value.length > 0) walk(value[0], [...at, 0]);
      } else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, [...at, key]);
      // a wider range of the same days would be as true
      else put(at[0] === 'from' ? statement.to : at[0] === 'to' ? statement.from : changed(value));
    };
    walk(statement, []);
    expect(forged.length).toBeGreaterThan(60);
    for (const [where, said] of forged) {
      const { ok, reasons } = await checkStatement(JSON.parse(JSON.stringify(said)), journal);
      expect([where, ok, reasons.length > 0]).toEqual([where, false, true]);
    }
  }, 60_000);
});

describe('a tampered CSV', () => {
  const made = async () => {
    const journal = new MemoryJournal();
    await journal.append(few());
    const folded = await foldTo(journal, show, journal.position);
    const statement = await makeStatement(folded, {});
    const csv = await canonicalOf(folded, statement);
    return { csv, check: async (given: string | Uint8Array) => (await checkStatement(statement, journal, given)).reasons };
  };

  test('[X5] no for a cell, a row taken out, doubled, or taken out and put in again elsewhere, with the row and the column by name', async () => {
    const { csv, check } = await made();
    expect(await check(csv)).toEqual([]);
    const rows = csv.split('\r\n');
    const heads = (rows[0] as string).slice(1).split(',');
    const visits = heads.indexOf('visits');
    const cells = (rows[1] as string).split(',');
    const more = rows.with(1, cells.with(visits, String(Number(cells[visits]) + 1)).join(','));
    expect(await check(more.join('\r\n'))).toEqual([
      { code: 'csv_differs', detail: `row 2 (${days[0]}), visits: the CSV has "${Number(cells[visits]) + 1}", the journal comes to "${cells[visits]}"` },
    ]);
    const put: { [what: string]: string[] } = {
      'a row out': rows.toSpliced(2, 1),
      'a row twice': rows.toSpliced(2, 0, rows[2] as string),
      'a row out and in again at the end': [...rows.toSpliced(1, 1).slice(0, -1), rows[1] as string, ''],
      'two rows in each other’s place': rows.with(1, rows[2] as string).with(2, rows[1] as string),
      'a blank that became 0': rows.with(1, (rows[1] as string).replace(',,', ',0,')),
      'a head': rows.with(0, (rows[0] as string).replace('visits', 'people')),
      'a row more': [...rows.slice(0, -1), `${days[1]},east-gate,1,0,0,0,0,0,1,0,0,1`, ''],
    };
    for (const [what, changed] of Object.entries(put)) {
      const [reason, ...others] = await check(changed.join('\r\n'));
      expect([what, reason?.code, others]).toEqual([what, 'csv_differs', []]);
      expect(reason?.detail, what).toMatch(/^(row \d+|the CSV has \d+ rows)/);
    }
  });

  test('[X5] no for one byte of any class', async () => {
    const { csv, check } = await made();
    const bytes = Buffer.from(csv);
    const classes = [/\ufeff/, /[a-z]/, /,/, /\d/, /\r/, /\n/, /-/, /\./, /,,/];
    for (const one of classes) {
      const at = Buffer.byteLength(csv.slice(0, csv.search(one)));
      for (const bit of [1, 0x10, 0x80]) {
        const other = Buffer.from(bytes);
        other[at] = (other[at] as number) ^ bit;
        const reasons = await check(other);
        expect([String(one), bit, reasons.length, reasons[0]?.code.startsWith('csv_')]).toEqual([String(one), bit, 1, true]);
      }
    }
  });

  test('[X5] no, and said to be the same cells in other bytes, after another program has saved it again', async () => {
    const { csv, check } = await made();
    const bare = csv.replaceAll('\ufeff', '');
    const wide = csv.split('\r\n').map((row) => (row === '' ? row : `${row}${',,,,'}`));
    const saved: [RegExp, string | Uint8Array][] = [
      [/no byte order mark/, bare],
      [/do not end in CR LF/, csv.replaceAll('\r\n', '\n')],
      [/do not end in CR LF/, csv.replaceAll('\r\n', '\r')],
      [/no byte order mark, its lines do not end in CR LF/, bare.replaceAll('\r\n', '\n')],
      [/in quotes/, csv.replace(/[^,\r\n\ufeff]+/g, '"$&"')],
      [/not separated by commas/, csv.replaceAll(',', ';')],
      [/UTF-16LE, its cells are not separated by commas/, Buffer.from(`\ufeff${bare.replaceAll(',', '\t')}`, 'utf16le')],
      [/written otherwise/, wide.join('\r\n')],
      [/written otherwise/, csv.replace(/(\d{4})-0?(\d+)-0?(\d+)(?=,)/g, '$1/$2/$3')],
      [/written otherwise/, csv.replace(/(,\d+\.\d)(?=,)/g, '$10')],
      [/written otherwise/, `${csv} `.slice(0, -1).concat('\r\n')],
    ];
    for (const [why, given] of saved)
      expect(await check(given), String(why)).toEqual([
        { code: 'csv_not_canonical', detail: expect.stringMatching(new RegExp(`same cells but not the canonical bytes: .*${why.source}`)) },
      ]);
  });

  test('what is no CSV at all is a no as well, and quickly', async () => {
    const { check } = await made();
    for (const given of ['', '\ufeff', '"', '\0\0\0', '"'.repeat(1 << 16), Buffer.from([0xff, 0xfe, 0x00]), Buffer.alloc(1 << 16, 0xff)])
      expect((await check(given)).map((r) => r.code)).toEqual(['csv_differs']);
  });
});

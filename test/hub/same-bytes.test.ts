/** The same position, asked twice and of another hub that was started on a copy of the journal: every form of an export in the same bytes. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Journal } from '../../server/journal/journal.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { richDays, richEntries } from '../exports/rich-show.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

const firstDay = '2026-11-20';
const atMs = Date.parse('2026-11-25T09:00:00+08:00');
const at = `/api/v1/showcases/${showcase}`;
const [day = ''] = richDays(firstDay);
const forms = [
  'attendance?format=xlsx&lang=zh-CN&raw=on',
  `attendance?format=xlsx&lang=both&from=${day}&to=${day}`,
  'attendance?format=zip&raw=on',
  'attendance?format=json&lang=en',
  ...['zh-HK', 'zh-CN', 'en'].map((lang) => `report?lang=${lang}`),
  'statement?format=html&lang=zh-HK',
  'statement',
  'attendance?by=day&format=csv',
  `days/${day}/versions`,
  'events?format=csv',
];

let hubs: SmallHub[] = [];
beforeAll(async () => {
  const projects = (n: number) => `project-${n + 1}`;
  const names = {
    showcase,
    gates: ['door-a', 'door-b'],
    inner: 'inner-east',
    zones: ['living', 'mobility'],
    projects: Array.from({ length: 20 }, (_, i) => projects(i)),
    firstDay,
  } as const;
  const journal = new MemoryJournal();
  // the register in it names the devices of the show; a hub adds its own administrator
  await journal.append(richEntries(names).filter((e) => e.kind !== 'document.saved'));
  const first = await smallHub({ journal, atMs });
  await first.cookie('organiser');
  const copy: Journal = new MemoryJournal();
  for await (const { entries } of journal.read(0)) await copy.append(JSON.parse(JSON.stringify(entries)));
  // a day and a process later
  hubs = [first, await smallHub({ journal: copy, atMs: atMs + 86_400_000 })];
}, 60_000);
afterAll(() => Promise.all(hubs.map((h) => h.close())));

test('[X2] every form of an export is the same to the byte, again and from a second hub on a copy of the journal', async () => {
  const positions = hubs.map((h) => h.journal.position);
  expect(positions[1]).toBe(positions[0]);
  const told = async (small: SmallHub, form: string): Promise<string> => {
    const answer = await fetch(`${small.origin}${at}/${form}`, { headers: { cookie: await small.cookie('organiser') } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return `${answer.status} ${answer.headers.get('content-disposition')} ${bytes.length > 100} ${createHash('sha256').update(bytes).digest('hex')}`;
  };
  const first = hubs[0] as SmallHub;
  for (const form of forms) {
    const said = await told(first, form);
    expect(said, form).toMatch(/^200 .* true /);
    for (const small of [first, hubs[1] as SmallHub]) expect(await told(small, form), form).toBe(said);
  }
  expect(hubs.map((h) => h.journal.position)).toEqual(positions);
}, 120_000);

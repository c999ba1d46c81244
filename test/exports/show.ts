/** A small show in a journal, for the tests of exports: two days, two doors and an inner one, kiosks, corrections, hostile names. */
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import type { KioskEvent } from '../../shared/event.ts';
import type { Reading } from '../../shared/reading.ts';
import { planReadings } from '../../shared/readings.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';

export const showcase = 'maker-in-china';
export const days = ['2026-11-24', '2026-11-25'] as const;
export const at = (day: string, clock: string): string => `${day}T${clock}:00+08:00`;
export const ms = (day: string, clock: string): number => Date.parse(at(day, clock));
export const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', '  =cmd', 'a"b,c', '<b>&amp;_x0041_'];

const text = (en: string) => ({ 'zh-HK': `${en} 港`, 'zh-CN': `${en} 国`, en });
export const catalogue: Catalogue = {
  id: showcase,
  name: text('Maker in China'),
  event: text('Contest'),
  points: [
    { id: 'east-gate', name: text('=East gate') },
    { id: 'west-gate', name: text('West gate') },
    { id: 'inner', name: text('Inner') },
  ],
  zones: [{ id: 'life-health', name: text('Life') }],
  projects: ['alpha', 'beta', 'gamma'].map((id, i) => ({
    id,
    name: text(`${['@', '+', ''][i]}${id}`),
    area: 'living',
    pack: showcase,
    series: ['life-health', 'ai-data', null][i] ?? null,
    organisation: i === 0 ? text('-Team') : null,
    shape: 'seal' as const,
  })),
  packs: [
    {
      id: showcase,
      name: text('Maker in China'),
      series: [
        { id: 'life-health', name: text('Life and Health') },
        { id: 'ai-data', name: text('AI and Data') },
        { id: 'advanced-manufacturing-new-energy', name: text('Manufacturing') },
      ],
    },
  ],
  earlier: [
    {
      id: 'mic-2024',
      name: text('Maker in China 2024'),
      visits: 11_000,
      precision: 'approx',
      month: '2024-11',
      source: { title: text('LegCo paper'), date: '2025-04-28', para: 28 },
    },
  ],
};

/** A show's journal as it is written: entries as they stand, and a counter's readings as the hub would take them. */
export const showBook = (showcase: string) => {
  const admission = new Admission();
  const entries: Entry[] = [];
  const push = (entry: Entry): void => {
    admission.apply(entry);
    entries.push(entry);
  };
  const send = (device: string, point: string, nowMs: number, readings: Reading[]): void => push(planReadings(admission, { device, showcase, point }, readings, nowMs).entry);
  return { entries, push, send };
};

/** The entries of the show; `late` adds what came after the first day was closed. */
export const entriesOf = (late = false): Entry[] => {
  const { entries, push, send } = showBook(showcase);
  const begin = ms(days[0], '09:00');
  const points = ['east-gate', 'west-gate', 'inner'].map((id) => ({ id, zone: 'life-health', perimeter: id !== 'inner' }));
  const windows = [{ from: '10:00', to: '12:00', type: 'public' as const, counted: true }];
  push({
    kind: 'document.saved',
    receivedMs: begin,
    name: 'register',
    value: {
      devices: [
        { id: 'c-1', kind: 'counter', name: 'East counter', showcase, zone: null, point: 'east-gate', revoked: false },
        { id: 'k-1', kind: 'kiosk', name: '=Kiosk', showcase, zone: 'life-health', point: null, revoked: false },
        { id: 'k-9', kind: 'kiosk', name: 'Never on', showcase, zone: 'life-health', point: null, revoked: false },
      ],
    },
  });
  push({ kind: 'links.mode-set', receivedMs: begin, mode: 'redirect' });
  push({ kind: 'showcase.defined', receivedMs: begin, showcase, points, days: days.map((day) => ({ day, windows })) });
  push({ kind: 'authority.set', receivedMs: begin, showcase, by: 'hub', point: 'east-gate', source: 'sensor', device: 'c-1', fromMs: 0 });
  for (const [d, day] of days.entries()) {
    for (let m = 0; m < 120; m++) {
      const clock = (n: number) => `${String(10 + Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
      const reading: Reading = { kind: 'interval', from: at(day, clock(m)), to: at(day, clock(m + 1)), in: (m * 7 + d) % 13, out: (m * 5) % 11 };
      send('c-1', 'east-gate', ms(day, clock(m + 1)), m % 40 === 7 ? [reading, reading] : [reading]);
      if (m % 10 === 0) {
        send('c-2', 'west-gate', ms(day, clock(m + 1)), [{ ...reading, in: 2, out: 1, class: m % 20 === 0 ? 'staff' : 'visitor' }]);
        send('c-3', 'east-gate', ms(day, clock(m + 1)), [{ ...reading, in: 5, out: 5 }]);
      }
    }
    send('c-1', 'east-gate', ms(day, '12:30'), [
      { kind: 'interval', from: at(day, '09:00'), to: at(day, '09:01'), in: 4, out: 0 },
      { kind: 'interval', from: at(day, '10:00'), to: at(day, '10:01'), in: 99, out: 0 },
    ]);
    send('c-2', 'west-gate', ms(day, '12:31'), [{ kind: 'interval', from: at(day, '11:50'), to: at(day, '12:10'), in: 17, out: 3 }]);
    push({ kind: 'click.recorded', receivedMs: ms(day, '11:30'), showcase, point: 'inner', by: 'staff', id: `click-${d}`, direction: 'in', n: 5, atMs: ms(day, '11:30') });
    push({ kind: 'click.voided', receivedMs: ms(day, '11:31'), showcase, by: 'staff', id: `void-${d}`, of: `click-${d}`, reason: 'wrong door' });
    for (const [i, reason] of hostile.entries())
      push({
        kind: 'count.corrected',
        receivedMs: ms(day, '12:40'),
        showcase,
        by: '=supervisor',
        id: `fix-${d}-${i}`,
        point: 'west-gate',
        hour: `${day}T11`,
        in: i % 3,
        out: 0,
        reason,
      });
    const session = `session-${d}-000001`;
    const base = { atMs: ms(day, '11:00'), session };
    const events: KioskEvent[] = [
      { ...base, id: `e-${d}-1-00000000`, kind: 'session.started', lang: 'zh-HK' },
      { ...base, id: `e-${d}-2-00000000`, kind: 'project.opened', project: 'alpha', via: 'hill' },
      { ...base, id: `e-${d}-3-00000000`, kind: 'project.closed', project: 'alpha', seconds: 21 },
      { ...base, id: `e-${d}-4-00000000`, kind: 'project.saved', project: 'alpha' },
      { ...base, id: `e-${d}-5-00000000`, kind: 'link.shown', code: 'K7Q2M9', project: 'alpha' },
      { ...base, id: `e-${d}-6-00000000`, kind: 'mode.chosen', mode: 'contrast' },
      { ...base, id: `e-${d}-7-00000000`, kind: 'vote.cast', project: 'beta' },
      { ...base, id: `e-${d}-9-00000000`, kind: 'quiz.answered', project: 'alpha', right: d === 0 },
      { ...base, id: `e-${d}-a-00000000`, kind: 'quiz.answered', project: 'gamma', right: true },
      { ...base, id: `e-${d}-b-00000000`, kind: 'visit.rated', rating: d === 0 ? 'good' : 'poor' },
      { ...base, id: `e-${d}-8-00000000`, kind: 'session.ended', reason: 'idle', seconds: 40, inputs: 9 },
    ];
    push({ kind: 'kiosk.recorded', receivedMs: ms(day, '11:01'), showcase, zone: 'life-health', device: 'k-1', epoch: 'epoch-1', from: d * 11 + 1, offsetMs: 0, items: events });
    push({ kind: 'link.scanned', receivedMs: ms(day, '11:02'), showcase, code: 'K7Q2M9', project: 'alpha', n: 1 });
    push({ kind: 'link.scanned', receivedMs: ms(day, '11:02'), showcase: 'another', code: 'ZZZZZZ', project: null, n: 3 });
    if (d === 0) push({ kind: 'day.closed', receivedMs: ms(day, '13:00'), showcase, by: 'supervisor', day });
  }
  if (late) send('c-1', 'east-gate', ms(days[1], '14:00'), [{ kind: 'interval', from: at(days[0], '11:59'), to: at(days[0], '12:00'), in: 7, out: 0, class: 'child' }]);
  return entries;
};

/** The show in a journal of its own. */
export const showJournal = async (entries: readonly Entry[] = entriesOf()): Promise<MemoryJournal> => {
  const journal = new MemoryJournal();
  await journal.append(entries);
  return journal;
};

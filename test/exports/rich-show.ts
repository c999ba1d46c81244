/**
 * A whole show in a journal, from its names alone: five days with two windows, doors of every kind of counter, a door that goes over to the
 * clicker, kiosks in three languages, corrections, a rehearsal, traffic outside hours, late facts, conflicts, a closed day with a second
 * version, and a day of which nothing is known. Every free text in it is one that a spreadsheet might trip over.
 */
import type { Entry } from '../../shared/entry.ts';
import type { KioskEvent } from '../../shared/event.ts';
import { addDays } from '../../shared/hongkong-time.ts';
import type { Reading } from '../../shared/reading.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import { LANGS, type Text } from '../../shared/words.ts';
import { at, ms, showBook } from './show.ts';

/** Texts that a spreadsheet, a CSV or an XML reader might take for something else. */
export const trickyTexts: readonly string[] = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1:A9)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '  =cmd|calc',
  "'=quoted",
  "'",
  'a"b,c;d',
  '"',
  '<b>&amp;</b>]]><!--',
  '_x0041_ _x000D_',
  '{=1}',
  '1e5',
  '007',
  '2026-11-24',
  'TRUE',
  '#REF!',
  '12 %',
  'two\nlines',
  'two\r\nlines',
  'tab\there',
  ' spaces at both ends ',
  'bell\u0007null\u0000esc\u001b',
  'half \ud83d a pair \udc00',
  'no character \ufffe\uffff',
  '😀👩‍🚀 emoji 🏮',
  '\u202egnihsilbup\u202c العربية',
  '燈火闌珊處、維港：「夜」，測試',
  'é e\u0301 ﬁ ㎡',
  `long ${'長'.repeat(33_000)} end`,
];

const text = (n: number): Text => Object.fromEntries(LANGS.map((lang, i) => [lang, `${trickyTexts[(n * 3 + i) % trickyTexts.length]}${n}`])) as Text;

export type ShowNames = { showcase: string; gates: readonly [string, string]; inner: string; zones: readonly [string, string]; projects: readonly string[]; firstDay: string };
export const richNames: ShowNames = {
  showcase: 'maker-in-china',
  gates: ['east-gate', 'west-gate'],
  inner: 'inner',
  zones: ['life-health', 'ai-data'],
  projects: Array.from({ length: 40 }, (_, i) => `project-${i + 1}`),
  firstDay: '2026-11-24',
};

/** What the names of the show are called: nothing of it is harmless. */
export const richCatalogue: Catalogue = {
  id: richNames.showcase,
  name: text(0),
  event: text(1),
  points: [...richNames.gates, richNames.inner].map((id, i) => ({ id, name: text(2 + i) })),
  zones: richNames.zones.map((id, i) => ({ id, name: text(5 + i) })),
  projects: richNames.projects.map((id, i) => ({
    id,
    name: text(i),
    area: ['living', 'mobility', 'economy'][i % 3] as string,
    pack: richNames.showcase,
    series: [...richNames.zones, null][i % 3] ?? null,
    organisation: i % 4 === 0 ? null : text(i + 7),
    shape: (['seal', 'glb', 'sculpture'] as const)[i % 3] as 'seal',
  })),
  packs: [{ id: richNames.showcase, name: text(3), series: richNames.zones.map((id, i) => ({ id, name: text(9 + i) })) }],
  earlier: [
    { id: 'earlier-1', name: text(4), visits: 11_000, precision: 'approx', month: '2024-11', source: { title: text(5), date: '2025-04-28', para: 28 } },
    { id: 'earlier-2', name: text(8), visits: 3_210, precision: 'exact', month: '2023-11', source: { title: text(9), date: '2024-01-02' } },
  ],
};

export const richDays = (firstDay = richNames.firstDay): string[] => Array.from({ length: 5 }, (_, i) => addDays(firstDay, i));
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** day 4 has opening hours and not one sign of life */
const silentDay = 3;

/** The entries of the show. `scale` multiplies what comes through the doors. */
export const richEntries = ({ showcase, gates, inner, zones, projects, firstDay }: ShowNames = richNames, scale = 1): Entry[] => {
  const { entries, push, send } = showBook(showcase);
  const days = richDays(firstDay);
  const begin = ms(days[0] as string, '08:00');
  const kiosks = ['k-1', 'k-2', 'k-3'];
  const named = (id: string, kind: 'kiosk' | 'counter', n: number, point: string | null) => ({
    id,
    kind,
    name: trickyTexts[n % trickyTexts.length] as string,
    showcase,
    zone: kind === 'kiosk' ? zones[0] : null,
    point,
    revoked: false,
  });
  const devices = [
    named('c-1', 'counter', 0, gates[0]),
    named('c-2', 'counter', 6, gates[1]),
    named('c-3', 'counter', 24, gates[1]),
    named('k-1', 'kiosk', 28, null),
    named('k-2', 'kiosk', 31, null),
    named('k-3', 'kiosk', 13, null),
    named('k-9', 'kiosk', 3, null),
  ];
  push({ kind: 'document.saved', receivedMs: begin, name: 'register', value: { accounts: [{ name: 'admin', role: 'admin', salt: '00', hash: '00' }], tokens: [], devices } });
  push({ kind: 'links.mode-set', receivedMs: begin, mode: 'direct' });
  push({
    kind: 'showcase.defined',
    receivedMs: begin,
    showcase,
    points: [
      { id: gates[0], zone: zones[0], perimeter: true },
      { id: gates[1], zone: zones[1], perimeter: true },
      { id: inner, zone: zones[1], perimeter: false },
    ],
    days: days.map((day) => ({
      day,
      windows: [
        { from: '10:00', to: '12:00', type: 'public' as const, counted: true },
        { from: '12:00', to: '13:00', type: 'private' as const, counted: false },
        { from: '13:30', to: '15:00', type: 'trade' as const, counted: true },
      ],
    })),
  });
  for (const [point, device] of [
    [gates[0], 'c-1'],
    [gates[1], 'c-2'],
  ] as const)
    push({ kind: 'authority.set', receivedMs: begin, showcase, by: '=admin', point, source: 'sensor', device, fromMs: 0 });
  const seqs = new Map(kiosks.map((id) => [id, 1]));
  let click = 0;
  for (const [d, day] of days.entries()) {
    if (d === silentDay) continue;
    if (d === 1) push({ kind: 'links.mode-set', receivedMs: ms(day, '00:00'), mode: 'redirect' });
    if (d === 2)
      push({ kind: 'authority.set', receivedMs: ms(day, '11:07'), showcase, by: 'supervisor', point: gates[1], source: 'clicker', device: null, fromMs: ms(day, '11:07') });
    // every quarter of an hour, so that the fixture stays small; one of them lies across the end of a window
    for (let m = 9 * 60 + 50; m < 15 * 60 + 20; m += 15) {
      const span = { kind: 'interval' as const, from: at(day, clock(m)), to: at(day, clock(m + 15)) };
      const into = (((m * 7 + d * 11) % 23) + (m > 14 * 60 ? 9 : 0)) * scale;
      const reading: Reading = { ...span, in: into, out: Math.max(0, into - (m % 4)) };
      // a sensor that lost its line in the middle of day 2
      if (!(d === 1 && m > 13 * 60 && m < 14 * 60)) send('c-1', gates[0], ms(day, clock(m + 15)), m % 60 === 5 ? [reading, reading] : [reading]);
      send('c-2', gates[1], ms(day, clock(m + 15)), [{ ...span, in: 3 * scale, out: 2 * scale, class: m % 60 === 20 ? 'staff' : m % 60 === 35 ? 'child' : 'visitor' }]);
      if (m % 60 === 35)
        push({
          kind: 'click.recorded',
          receivedMs: ms(day, clock(m + 2)),
          showcase,
          point: gates[1],
          by: '+staff',
          id: `click-${++click}`,
          direction: 'in',
          n: 4,
          atMs: ms(day, clock(m + 1)),
        });
    }
    push({ kind: 'click.recorded', receivedMs: ms(day, '11:30'), showcase, point: inner, by: 'staff', id: `inner-${d}`, direction: 'in', n: 5, atMs: ms(day, '11:30') });
    push({ kind: 'click.voided', receivedMs: ms(day, '11:31'), showcase, by: 'staff', id: `void-${d}`, of: `inner-${d}`, reason: 'wrong door' });
    push({ kind: 'click.recorded', receivedMs: ms(day, '11:40'), showcase, point: inner, by: 'staff', id: `inner-b-${d}`, direction: 'in', n: 2, atMs: ms(day, '11:40') });
    // a counter that only ever says its sum, and starts again at noon
    for (const [m, n] of [
      [600, 70],
      [660, 95],
      [690, 12],
      [880, 40],
    ] as const)
      send('c-3', gates[1], ms(day, clock(m)), [{ kind: 'cumulative', at: at(day, clock(m)), in: n, out: n - 10 }]);
    // before opening, and the same key with other values
    send('c-1', gates[0], ms(day, '15:30'), [
      { kind: 'interval', from: at(day, '09:00'), to: at(day, '09:01'), in: 4, out: 0 },
      { kind: 'interval', from: at(day, '10:05'), to: at(day, '10:20'), in: 999, out: 0 },
    ]);
    for (const [i, reason] of trickyTexts.entries())
      push({
        kind: 'count.corrected',
        receivedMs: ms(day, '15:40'),
        showcase,
        by: trickyTexts[(i + 1) % trickyTexts.length] as string,
        id: `fix-${d}-${i}`,
        point: gates[i % 2] as string,
        hour: `${day}T${[10, 11, 14][i % 3]}`,
        in: (i % 5) - 1,
        out: i % 2,
        reason,
        ...(i % 4 === 0 && { approver: trickyTexts[(i + 5) % trickyTexts.length] as string }),
      });
    const rehearsed = d === 2;
    for (let h = rehearsed ? 9 : 10; h < 15; h++) {
      if (rehearsed && h <= 10) push({ kind: 'rehearsal.set', receivedMs: ms(day, `${clock(h * 60)}`), showcase, by: 'admin', on: h === 9, devices: null });
      for (const [k, device] of kiosks.entries()) {
        const session = `session-${d}-${h}-${k}`;
        const events: KioskEvent[] = [];
        // distributive: each kind keeps its own fields
        const add = <E extends KioskEvent>(e: E extends unknown ? Omit<E, 'id' | 'atMs'> : never, minute: number): void =>
          void events.push({ ...e, id: `e-${d}-${h}-${k}-${events.length}`.padEnd(16, '0'), atMs: ms(day, clock(h * 60 + minute)) } as unknown as KioskEvent);
        add({ kind: 'session.started', session, lang: LANGS[(h + k) % 3] as 'en' }, 1);
        for (let p = 0; p <= (h + k + d) % 4; p++) {
          const project = projects[(h * 5 + k * 3 + p * p + d) % projects.length] as string;
          add({ kind: 'project.opened', session, project, via: 'hill' }, 2 + p);
          add({ kind: 'project.closed', session, project, seconds: 5 + ((h * 7 + p * 11) % 40) }, 3 + p);
          add({ kind: 'link.shown', session, code: `K7Q2M${p}`, project }, 3 + p);
          if (p === 1) add({ kind: 'project.saved', session, project }, 4);
          if (p === 2) add({ kind: 'vote.cast', session, project }, 5);
          if (p === 3) add({ kind: 'quiz.answered', session, project, right: h % 2 === 0 }, 6);
        }
        if (k === 0) add({ kind: 'mode.chosen', session, mode: ['elder', 'large-text', 'high-contrast'][h % 3] as string }, 7);
        if (k === 1 && h === 12) add({ kind: 'device.fault', code: 'render_lost' }, 7);
        add({ kind: 'visit.rated', session, rating: (['good', 'good', 'fair', 'poor'] as const)[(h + k) % 4] as 'good' }, 8);
        add({ kind: 'session.ended', session, reason: 'idle', seconds: 20 + ((h * 13) % 90), inputs: (h + k) % 5 }, 9);
        push({
          kind: 'kiosk.recorded',
          receivedMs: ms(day, clock(h * 60 + 10)),
          showcase,
          zone: zones[k === 2 && h > 12 ? 1 : 0] as string,
          device,
          epoch: `epoch-of-${device}`,
          from: seqs.get(device) as number,
          offsetMs: 0,
          items: events,
        });
        seqs.set(device, (seqs.get(device) as number) + events.length);
      }
      push({ kind: 'link.scanned', receivedMs: ms(day, clock(h * 60 + 20)), showcase, code: 'K7Q2M1', project: projects[1] as string, n: 2 });
      push({ kind: 'link.scanned', receivedMs: ms(day, clock(h * 60 + 21)), showcase, code: 'HOME01', project: null, n: 1 });
    }
    if (d === 0) push({ kind: 'day.closed', receivedMs: ms(day, '16:00'), showcase, by: '=supervisor', day, heard: kiosks, waived: ['k-9'] });
    // what came after the close makes the day's second version
    if (d === 1)
      send('c-1', gates[0], ms(day, '16:10'), [{ kind: 'interval', from: at(days[0] as string, '11:50'), to: at(days[0] as string, '11:51'), in: 7, out: 0, class: 'child' }]);
    if (d === 4) push({ kind: 'day.closed', receivedMs: ms(day, '16:00'), showcase, by: 'organiser', day: days[1] as string });
  }
  return entries;
};

/** The visit's state machine: sessions, idle warnings and resets, and the facts it records. */
import { describe, expect, test } from 'vitest';
import {
  type Action,
  codeSeenMs,
  countdownMs,
  countdownOf,
  fingerStuckMs,
  idleWarnMs,
  noModes,
  parentOf,
  projectSeenMs,
  restVisit,
  type Screen,
  step,
  type Visit,
  warnAfterMs,
} from '../../kiosk/visitor/visit.ts';
import { eventSchema } from '../../shared/event.ts';
import { play, t0 } from './play.ts';

const session = 'sessionsession01';
const hill: Screen = { kind: 'hill' };
const project = (id: string): Screen => ({ kind: 'project', trail: 'area:living', project: id, via: 'walk' });
const takeaway = (id: string): Screen => ({ kind: 'takeaway', trail: 'area:living', project: id, via: 'walk', code: 'K7Q2M9' });

const tap = (afterMs: number): [number, Action][] => [
  [afterMs, { kind: 'touched', finger: 1 }],
  [afterMs + 80, { kind: 'lifted', finger: 1 }],
];
const startAt = (afterMs: number, lang: 'zh-HK' | 'zh-CN' | 'en' = 'zh-HK'): [number, Action][] => [
  ...tap(afterMs),
  [afterMs + 90, { kind: 'started', lang, session, screen: hill }],
];
const started = (): Visit => play(restVisit(t0), startAt(0)).visit;
const ticks = (fromMs: number, toMs: number): [number, Action][] =>
  Array.from({ length: Math.floor((toMs - fromMs) / 250) + 1 }, (_, i): [number, Action] => [fromMs + i * 250, { kind: 'ticked' }]);

describe('a session', () => {
  test('begins with the touch that chose the language', () => {
    const { visit, facts } = play(restVisit(t0), startAt(500, 'en'));
    expect(facts).toEqual([{ kind: 'session.started', atMs: t0 + 580, session, lang: 'en' }]);
    expect(visit).toMatchObject({ lang: 'en', session, inputs: 1, screen: hill });
  });

  test('ends at its last input, with the seconds from the first and the inputs counted', () => {
    const { visit, facts } = play(restVisit(t0), [...startAt(0), ...tap(4_000), ...tap(12_000), [12_090, { kind: 'ended', reason: 'start_over' }]]);
    expect(facts.at(-1)).toEqual({ kind: 'session.ended', atMs: t0 + 12_080, session, reason: 'start_over', seconds: 12, inputs: 3 });
    expect(visit).toEqual(restVisit(t0 + 12_090));
  });

  test('is not begun by touches of the resting screen', () => {
    const { visit, facts } = play(restVisit(t0), [...tap(0), ...tap(900), ...ticks(1_000, 200_000)]);
    expect(facts).toEqual([]);
    expect(visit.session).toBeNull();
    expect(visit.warnedMs).toBeNull();
  });

  test('begins when accessibility is opened on the resting screen, and keeps its modes into the visit', () => {
    const { visit, facts } = play(restVisit(t0), [
      ...tap(0),
      [90, { kind: 'sheet', open: true, session }],
      [2_000, { kind: 'chose', mode: 'large', on: true }],
      [3_000, { kind: 'sheet', open: false, session: 'unused-unused-01' }],
      [4_000, { kind: 'started', lang: 'zh-CN', session: 'unused-unused-02', screen: hill }],
    ]);
    expect(facts.map((f) => f.kind)).toEqual(['session.started', 'mode.chosen', 'language.chosen']);
    expect(visit).toMatchObject({ session, lang: 'zh-CN', screen: hill, modes: { large: true } });
  });

  test('[U1] begins when the elder mode is chosen on the resting screen, with one touch', () => {
    const { visit, facts } = play(restVisit(t0), [...tap(0), [90, { kind: 'chose', mode: 'elder', on: true, session }]]);
    expect(facts).toEqual([
      { kind: 'session.started', atMs: t0 + 80, session, lang: 'zh-HK' },
      { kind: 'mode.chosen', atMs: t0 + 90, session, mode: 'elder' },
    ]);
    expect(visit).toMatchObject({ session, modes: { elder: true, large: false, time: false } });
    expect(warnAfterMs(visit)).toBe(idleWarnMs.accessible);
  });

  test('leaves nothing behind', () => {
    const { visit } = play(started(), [
      [1_000, { kind: 'chose', mode: 'contrast', on: true }],
      [1_100, { kind: 'themed', theme: 'day' }],
      [1_200, { kind: 'spoke', lang: 'en' }],
      [1_300, { kind: 'went', screen: project('a') }],
      [9_000, { kind: 'ended', reason: 'idle' }],
    ]);
    expect(visit).toEqual(restVisit(t0 + 9_000));
    expect(visit.modes).toBe(noModes);
  });
});

describe('what is seen', () => {
  test('a project counts once it was visible three seconds, as of when it appeared', () => {
    const early = play(started(), [[1_000, { kind: 'went', screen: project('a') }], ...ticks(1_000, 1_000 + projectSeenMs - 250), [3_900, { kind: 'went', screen: hill }]]);
    expect(early.facts).toEqual([]);
    const { facts } = play(started(), [[1_000, { kind: 'went', screen: project('a') }], ...ticks(1_000, 5_000), [7_000, { kind: 'went', screen: project('b') }]]);
    expect(facts).toEqual([
      { kind: 'project.opened', atMs: t0 + 1_000, session, project: 'a', via: 'walk' },
      { kind: 'project.closed', atMs: t0 + 7_000, session, project: 'a', seconds: 6 },
    ]);
  });

  test('its code keeps it open, and is shown once it was visible two seconds', () => {
    const { facts } = play(started(), [
      [1_000, { kind: 'went', screen: project('a') }],
      ...ticks(1_000, 5_000),
      [6_000, { kind: 'went', screen: takeaway('a') }],
      ...ticks(6_000, 6_000 + codeSeenMs + 1_000),
      [10_000, { kind: 'returned' }],
      ...ticks(10_000, 14_000),
      [15_000, { kind: 'returned' }],
    ]);
    expect(facts).toEqual([
      { kind: 'project.opened', atMs: t0 + 1_000, session, project: 'a', via: 'walk' },
      { kind: 'link.shown', atMs: t0 + 6_000, session, code: 'K7Q2M9', project: 'a' },
      { kind: 'project.closed', atMs: t0 + 15_000, session, project: 'a', seconds: 14 },
    ]);
  });

  test('every fact is an event that the hub takes', () => {
    const { facts } = play(restVisit(t0), [
      ...startAt(0),
      [500, { kind: 'spoke', lang: 'zh-CN' }],
      [600, { kind: 'chose', mode: 'motion', on: true }],
      [700, { kind: 'themed', theme: 'day' }],
      [1_000, { kind: 'went', screen: project('a') }],
      ...ticks(1_000, 5_000),
      [5_000, { kind: 'went', screen: takeaway('a') }],
      ...ticks(5_000, 300_000),
    ]);
    expect(new Set(facts.map((f) => f.kind))).toEqual(
      new Set(['session.started', 'language.chosen', 'mode.chosen', 'project.opened', 'link.shown', 'project.closed', 'session.ended']),
    );
    for (const fact of facts) expect(eventSchema.safeParse({ id: 'aaaaaaaaaaaaaaaa', ...fact }).success).toBe(true);
  });
});

describe('nobody there', () => {
  const quiet = (visit: Visit): number => warnAfterMs(visit);

  test('is asked after 45, 60 or 90 seconds by screen, 120 with accessibility', () => {
    expect(quiet(started())).toBe(idleWarnMs.browse);
    expect(quiet(step(started(), { kind: 'went', screen: project('a') }, t0).visit)).toBe(60_000);
    expect(quiet(step(started(), { kind: 'went', screen: takeaway('a') }, t0).visit)).toBe(90_000);
    for (const mode of ['elder', 'large', 'contrast', 'low', 'motion', 'time', 'read'] as const) {
      const visit = step(started(), { kind: 'chose', mode, on: true }, t0).visit;
      expect(quiet(visit)).toBe(120_000);
      expect(countdownOf(visit)).toBe(countdownMs.accessible);
    }
    expect(countdownOf(started())).toBe(25_000);
  });

  test('warns, then resets when the countdown is over; the session ends at its last input', () => {
    const warned = play(started(), ticks(1_000, 45_250));
    expect(warned.visit.warnedMs).not.toBeNull();
    expect(warned.visit.session).toBe(session);
    const gone = play(warned.visit, ticks(45_500, 71_000));
    expect(gone.visit.session).toBeNull();
    expect(gone.facts).toEqual([{ kind: 'session.ended', atMs: t0 + 90, session, reason: 'idle', seconds: 0, inputs: 1 }]);
  });

  test('any touch or key takes the question away, as often as one likes', () => {
    let visit = started();
    for (let i = 1; i <= 20; i++) {
      const from = visit.quietMs - t0;
      visit = play(visit, ticks(from, from + 46_000)).visit;
      expect(visit.warnedMs).not.toBeNull();
      const input: [number, Action][] = i % 2 === 0 ? [[from + 50_000, { kind: 'pressed' }]] : tap(from + 50_000);
      visit = play(visit, [...input, [from + 50_500, { kind: 'ticked' }]]).visit;
      expect(visit.warnedMs).toBeNull();
    }
    expect(visit.session).toBe(session);
  });

  test('never resets while a finger is down, and forgets a contact that is no finger', () => {
    const held = play(started(), [[1_000, { kind: 'touched', finger: 7 }], ...ticks(1_250, 200_000)]);
    expect(held.visit).toMatchObject({ session, warnedMs: null });
    const duringCountdown = play(started(), [...ticks(1_000, 46_000), [50_000, { kind: 'touched', finger: 7 }], ...ticks(50_250, 150_000)]);
    expect(duringCountdown.visit.session).toBe(session);
    const stuck = play(held.visit, ticks(200_250, 1_000 + fingerStuckMs + 80_000));
    expect(stuck.visit.session).toBeNull();
  });

  test('a clock that is set back does not strand the visit', () => {
    const back = play(started(), [[-3_600_000, { kind: 'ticked' }], ...ticks(-3_599_000, -3_599_000 + 80_000)]);
    expect(back.visit.session).toBeNull();
  });

  test('ticks change nothing else', () => {
    const visit = started();
    expect(step(visit, { kind: 'ticked' }, t0 + 1_000).visit).toBe(visit);
  });
});

describe('back', () => {
  test('leads up one level and out of the hill', () => {
    const trail = 'area:living';
    expect(parentOf(takeaway('a'))).toEqual(project('a'));
    expect(parentOf(project('a'))).toEqual({ kind: 'walk', trail, project: 'a' });
    expect(parentOf({ kind: 'project', trail, project: 'a', via: 'list' })).toEqual({ kind: 'list', area: null });
    expect(parentOf({ kind: 'walk', trail, project: 'a' })).toEqual(hill);
    expect(parentOf({ kind: 'walk', trail: 'quay:x/y', project: 'a' })).toEqual({ kind: 'pier' });
    expect(parentOf({ kind: 'pier' })).toEqual(hill);
    const out = step(started(), { kind: 'returned' }, t0 + 5_000);
    expect(out.facts).toMatchObject([{ kind: 'session.ended', reason: 'start_over' }]);
  });

  test('closes the sheet first', () => {
    const opened = step(started(), { kind: 'sheet', open: true, session }, t0 + 100).visit;
    const closed = step(opened, { kind: 'returned' }, t0 + 200).visit;
    expect(closed).toMatchObject({ sheet: false, screen: hill, session });
  });
});

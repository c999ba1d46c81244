/** What the wall says of its figures: unknown is never 0. And alerts as they are merged and worded, in three languages. */
import { describe, expect, test } from 'vitest';
import { alertText } from '../../kiosk/staff/alert-text.ts';
import { occupancyNow, outPerIn, scanRate, visitsToday } from '../../kiosk/staff/figures.ts';
import { mergeAlert } from '../../kiosk/staff/live-merge.ts';
import { deskWords } from '../../kiosk/words/desk.ts';
import { floorWords } from '../../kiosk/words/floor.ts';
import { staffWords } from '../../kiosk/words/staff.ts';
import { ALERT_RULES, type Alert } from '../../shared/alerts.ts';
import { LANGS } from '../../shared/words.ts';
import { kiosk, live, nowMs } from './live.ts';

const alert = (more: Partial<Alert> = {}): Alert => ({
  id: 'kiosk.clock:k-1',
  rule: 'kiosk.clock',
  subject: 'k-1',
  level: 'amber',
  sinceMs: nowMs,
  value: 31_000,
  acknowledged: null,
  ...more,
});

describe('alerts on the page', () => {
  test('news are put in, changed and taken out, urgent ones first', () => {
    const one = mergeAlert([], alert());
    const two = mergeAlert(one, alert({ id: 'sensor.silent:a', level: 'red', sinceMs: nowMs + 1 }));
    expect(two.map((a) => a.id)).toEqual(['sensor.silent:a', 'kiosk.clock:k-1']);
    expect(mergeAlert(two, { ...alert(), level: 'clear' }).map((a) => a.id)).toEqual(['sensor.silent:a']);
    expect(mergeAlert(one, alert({ level: 'red' }))).toMatchObject([{ level: 'red' }]);
  });
  test('every rule is worded in three languages, with its subject’s name and without a gap', () => {
    const names = { projects: {}, zones: {}, points: { 'door-a': { 'zh-HK': 'A 門', 'zh-CN': 'A 门', en: 'Door A' } } };
    for (const lang of LANGS) {
      const say = { w: staffWords(lang), d: deskWords(lang), f: floorWords(lang), lang };
      const texts = ALERT_RULES.map((rule) => {
        const subject = rule.startsWith('sensor.') ? 'door-a' : rule === 'occ.drift' ? '2026-11-25' : /^(kiosk|pack|vote)/.test(rule) ? 'k-1' : 'nobody';
        return { rule, ...alertText(alert({ rule, subject, value: 0.825 }), names, [kiosk()], say) };
      });
      for (const { rule, what, advice } of texts) {
        expect(what + advice).not.toMatch(/undefined|NaN|null|nobody|door-a|k-1\b/);
        if (rule.startsWith('sensor.')) expect(what).toContain(names.points['door-a'][lang]);
        if (rule.startsWith('kiosk.')) expect(what).toContain(kiosk().name);
      }
      expect(new Set(texts.map((t) => t.what)).size).toBe(ALERT_RULES.length);
      expect(texts.find((t) => t.rule === 'occ.capacity')?.what).toContain('83%');
    }
  });
});

describe('figures', () => {
  test('no door ever heard: visits and occupancy are unknown, not 0', () => {
    const none = live({ points: [] });
    none.today = { ...none.today, visits: 0, entries: 0, occupancy: 0 };
    expect([visitsToday(none), occupancyNow(none)]).toEqual([null, null]);
    expect(visitsToday(live())).toBe(1_986);
  });
  test('rates of nothing are unknown', () => {
    expect([scanRate(0, 0), scanRate(5, null), scanRate(212, 138), outPerIn(0, 4), outPerIn(4, 3)]).toEqual([null, null, 65, null, 0.75]);
  });
});

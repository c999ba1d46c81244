/** The alerts of a show floor on recorded minutes: raised, held, cleared, and never flapping. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { ALERT_RULES, ALERT_TIMINGS, type AlertRule, byUrgency, lookAt, type Sign, watchedFrom } from '../../shared/alerts.ts';
import type { Reading } from '../../shared/reading.ts';
import { at, day, showcase, steps, watchedFloor } from './watched-floor.ts';

const both = async (f: Awaited<ReturnType<typeof watchedFloor>>, a: [number, number], b: [number, number]) => {
  await f.minute('door-a', ...a);
  await f.minute('door-b', ...b);
};

describe('doors', () => {
  test('[L1] a silent sensor is amber after three of its intervals and red after five, and its next word clears it', async () => {
    const f = await watchedFloor({ from: '10:00' });
    const levels = await f.run(10, 'sensor.silent:door-a', async (n) => {
      await f.minute('door-b', 5, 4);
      if (n <= 2 || n >= 9) await f.minute('door-a', 5, 4);
    });
    // heard in minute 2: silent for three minutes in minute 5, for five in minute 7
    expect(levels).toEqual(['clear', 'clear', 'clear', 'clear', 'amber', 'amber', 'red', 'red', 'clear', 'clear']);
    expect(f.standing()).toMatchObject({ 'sensor.gap:door-a': 'red' });
  });

  test('[L1] a sensor that tells every quarter of an hour is not silent after five minutes; one that tells crossings only is given five', async () => {
    const f = await watchedFloor({ from: '10:00' });
    f.wait(15 * 60_000);
    await f.send('door-a', [{ kind: 'interval', from: new Date(at('10:00')).toISOString(), to: new Date(at('10:15')).toISOString(), in: 9, out: 3 }]);
    await f.send('door-b', [{ kind: 'event', eventId: 'e-1', at: new Date(f.now()).toISOString(), direction: 'in', n: 1 }]);
    expect(await f.run(14, 'sensor.silent:door-b')).not.toContain('amber');
    expect(await f.run(1, 'sensor.silent:door-b')).toEqual(['amber']);
    expect(f.standing()['sensor.silent:door-a']).toBeUndefined();
    expect(await f.run(30, 'sensor.silent:door-a')).toEqual(expect.arrayContaining(['amber']));
  });

  test('[L1] nobody is told of a closed hall: what stands is cleared at closing time, and silence before opening is none', async () => {
    const f = await watchedFloor({ from: '08:00' });
    expect(await f.run(115, 'sensor.silent:door-a')).not.toContain('amber');
    f.to('17:58');
    await f.look();
    expect(f.standing()['sensor.silent:door-a']).toBe('red');
    f.to('18:00');
    expect(await f.look()).toEqual({});
  });

  test('[L1] a door that counts nothing while the others are busy; any count clears it; a quiet hall raises nothing', async () => {
    const busy = await watchedFloor({ from: '10:00' });
    const levels = await busy.run(50, 'sensor.zero:door-a', async (n) => both(busy, n === 50 ? [1, 0] : [0, 0], [2, 1]));
    expect([levels[18], levels[19], levels[38], levels[39], levels[49]]).toEqual(['clear', 'amber', 'amber', 'red', 'clear']);
    expect(steps(levels)).toEqual(['clear', 'amber', 'red', 'clear']);
    const quiet = await watchedFloor({ from: '10:00' });
    expect(await quiet.run(50, 'sensor.zero:door-a', () => both(quiet, [0, 0], [0, 1]))).not.toContain('amber');
  });

  test('[L1] a door whose ratio is strange, while the hall fills at every other: the strange one alone; clear after half an hour', async () => {
    const f = await watchedFloor({ from: '10:00', points: ['door-a', 'door-b', 'door-c', 'door-d'] });
    const fill = async (b: [number, number]) => {
      for (const p of ['door-a', 'door-c', 'door-d']) await f.minute(p, 6, 4);
      await f.minute('door-b', ...b);
    };
    // the whole hall fills: three in for two out at every door, and nobody is alarmed
    await f.run(45, 'x', () => fill([6, 4]));
    expect(Object.keys(f.standing()).filter((id) => id.startsWith('sensor.ratio'))).toEqual([]);
    // then the second sensor is turned round
    const swapped = await f.run(60, 'sensor.ratio:door-b', () => fill([4, 6]));
    expect(swapped).toContain('red');
    expect(Object.keys(f.standing()).filter((id) => id.startsWith('sensor.ratio'))).toEqual(['sensor.ratio:door-b']);
    const mended = await f.run(100, 'sensor.ratio:door-b', () => fill([6, 4]));
    expect(steps(mended).at(-1)).toBe('clear');
    const normalFrom = mended.indexOf('clear');
    expect(normalFrom).toBeGreaterThanOrEqual(30);
  });

  test('[L1] a sensor clock that is ahead at once, one that is behind only when everything it tells is late, never for one resend', async () => {
    const f = await watchedFloor({ from: '10:00' });
    await f.run(5, 'x', () => both(f, [5, 5], [5, 5]));
    // an outage: seven minutes come again at once
    await f.minute('door-a', 4, 4, 7 * 60_000);
    expect((await f.look())['sensor.clock:door-a']).toBeUndefined();
    const late = (n: number, skewMs: number): Reading[] => {
      const toMs = f.now() + skewMs - n;
      return [{ kind: 'interval', from: new Date(toMs - 60_000).toISOString(), to: new Date(toMs).toISOString(), in: 1, out: 1 }];
    };
    expect(steps(await f.run(6, 'sensor.clock:door-b', (n) => f.send('door-b', late(n, 45_000))))).toEqual(['amber']);
    expect(steps(await f.run(6, 'sensor.clock:door-a', (n) => f.send('door-a', late(n, -200_000))))).toEqual(['clear', 'red']);
    // a clock so far ahead that nothing of it can be believed
    expect(await f.run(1, 'sensor.clock:door-b', (n) => f.send('door-b', late(n, 600_000)))).toEqual(['red']);
  });

  test('[L1] missing minutes until they are told after all; minutes that were counted by hand are not missing', async () => {
    const f = await watchedFloor({ from: '10:00' });
    await f.run(3, 'x', () => both(f, [5, 5], [5, 5]));
    expect(await f.run(1, 'sensor.gap:door-a', () => f.minute('door-b', 5, 5))).toEqual(['clear']);
    expect(await f.run(2, 'sensor.gap:door-a', () => both(f, [5, 5], [5, 5]))).toEqual(['amber', 'amber']);
    await f.minute('door-a', 7, 5, 2 * 60_000);
    expect((await f.look())['sensor.gap:door-a']).toBeUndefined();
    await f.act({ kind: 'authority.set', by: 'chan', point: 'door-b', source: 'clicker', device: null, fromMs: f.now() });
    await f.run(10, 'x', () => f.minute('door-a', 5, 5));
    await f.act({ kind: 'authority.set', by: 'chan', point: 'door-b', source: 'sensor', device: 'c-door-b', fromMs: f.now() });
    await f.run(2, 'x', () => both(f, [5, 5], [5, 5]));
    expect(f.standing()).toEqual({});
  });

  test('[L1] no door that ever told is one line, not one a door', async () => {
    const f = await watchedFloor({ from: '12:00', points: ['door-a', 'door-b', 'door-c'] });
    for (const p of ['door-a', 'door-b', 'door-c']) await f.act({ kind: 'authority.set', by: 'hub', point: p, source: 'clicker', device: null, fromMs: 0 });
    expect(steps(await f.run(4, 'doors.none:hall'))).toEqual(['clear', 'amber']);
    expect(Object.keys(f.standing())).toEqual(['doors.none:hall']);
    await f.minute('door-a', 1, 0);
    expect(await f.look()).toEqual({});
  });
});

describe('the hall', () => {
  test('[L1] capacity: amber from 80 %, red from 95 %, clear only below 75 %, and nothing without a limit', async () => {
    const f = await watchedFloor({ from: '10:05', points: ['door-a'] });
    const id = 'occ.capacity:hall';
    expect(await f.run(1, id, () => f.minute('door-a', 85, 0))).toEqual(['clear']);
    await f.act({ kind: 'capacity.set', by: 'lee', people: 100 });
    expect(await f.run(3, id, (n) => f.minute('door-a', n === 3 ? 10 : 0, n === 2 ? 5 : 0))).toEqual(['amber', 'amber', 'amber']);
    expect(await f.run(1, id, () => f.minute('door-a', 5, 0))).toEqual(['red']);
    // 78: not bad enough to be raised, not good enough to be cleared
    expect(steps(await f.run(5, id, (n) => f.minute('door-a', 0, n === 1 ? 17 : 0)))).toEqual(['red', 'amber']);
    expect(steps(await f.run(3, id, (n) => f.minute('door-a', 0, n === 1 ? 5 : 0)))).toEqual(['amber', 'clear']);
  });

  test('[L1] more left than came: amber, and red beyond 2 % of the entries', async () => {
    const f = await watchedFloor({ from: '10:05', points: ['door-a'] });
    await f.minute('door-a', 200, 201);
    expect((await f.look())['occ.negative:hall']).toBe('amber');
    f.wait(60_000);
    await f.minute('door-a', 0, 5);
    expect((await f.look())['occ.negative:hall']).toBe('red');
    await f.act({ kind: 'heads.counted', by: 'chan', atMs: f.now(), people: 12 });
    expect(steps(await f.run(7, 'occ.negative:hall'))).toEqual(['red', 'clear']);
  });

  test('[L1][L3] drift at the close: amber beyond 3 %, red beyond 6 %; it stands until a note closes it', async () => {
    const f = await watchedFloor({ from: '10:05', points: ['door-a'] });
    await f.minute('door-a', 1_000, 955);
    f.to('18:30');
    await f.look();
    expect(f.standing()).toEqual({});
    await f.act({ kind: 'day.closed', by: 'lee', day });
    expect(await f.look()).toEqual({ [`occ.drift:${day}`]: 'amber' });
    f.wait(86_400_000);
    expect(await f.look()).toEqual({ [`occ.drift:${day}`]: 'amber' });
    await f.act({ kind: 'alert.acknowledged', by: 'lee', rule: 'occ.drift', subject: day, note: 'the back door stood open' });
    expect(await f.look()).toEqual({});
    expect(f.floor().log.at(-1)?.entry).toMatchObject({ kind: 'alert.acknowledged', by: 'lee', note: 'the back door stood open' });
  });
});

describe('the house', () => {
  test('[L1] a public address that does not answer, and a disk that fills', async () => {
    let ok: boolean | null = null;
    let free: number | null = 0.5;
    const f = await watchedFloor({ from: '08:00', parts: { relayOk: () => ok, freeShare: async () => free } });
    expect(steps(await f.run(3, 'qr.relay:hub'))).toEqual(['clear']);
    ok = false;
    expect(steps(await f.run(12, 'qr.relay:hub'))).toEqual(['clear', 'amber', 'red']);
    ok = true;
    expect(steps(await f.run(3, 'qr.relay:hub'))).toEqual(['red', 'clear']);
    free = 0.149;
    expect(await f.run(1, 'journal.disk:hub')).toEqual(['amber']);
    free = 0.049;
    expect(await f.run(1, 'journal.disk:hub')).toEqual(['red']);
    free = null;
    expect(await f.run(10, 'journal.disk:hub', () => f.wait(30_000))).not.toContain('clear');
    free = 0.4;
    expect(steps(await f.run(8, 'journal.disk:hub'))).toEqual(['red', 'clear']);
  });

  test('[L4] an alert that the journal cannot take is told at once, once, and recorded as soon as it can be', async () => {
    const journal = new MemoryJournal();
    let free = 0.5;
    const f = await watchedFloor({ from: '08:00', journal, parts: { freeShare: async () => free } });
    await f.look();
    journal.become('full');
    free = 0.01;
    expect(steps(await f.run(5, 'journal.disk:hub'))).toEqual(['red']);
    expect(f.told.map((t) => [t.id, t.level])).toEqual([['journal.disk:hub', 'red']]);
    expect((await f.entries()).some((e) => e.kind === 'alert.raised')).toBe(false);
    journal.become('writable');
    await f.run(1, 'x');
    expect((await f.entries()).filter((e) => e.kind === 'alert.raised')).toMatchObject([{ rule: 'journal.disk', subject: 'hub', level: 'red', showcase }]);
    free = 0.5;
    await f.run(8, 'x');
    expect((await f.entries()).at(-1)).toMatchObject({ kind: 'alert.cleared', rule: 'journal.disk' });
  });
});

describe('the machine', () => {
  test('[L2] whatever is seen, an alert is never raised before its hold, never cleared before its calm, and one that is unknown stays as it is', () => {
    const seen = fc.constantFrom<Sign['now']>('red', 'amber', 'clear', 'still', 'unknown');
    fc.assert(
      fc.property(fc.constantFrom<AlertRule>(...ALERT_RULES), fc.array(fc.tuple(seen, fc.integer({ min: 1, max: 900 })), { maxLength: 60 }), (rule, story) => {
        const t = ALERT_TIMINGS[rule];
        let w = watchedFrom('clear');
        let nowMs = 0;
        let badSinceMs: number | null = null;
        let goodSinceMs: number | null = null;
        for (const [now, seconds] of story) {
          nowMs += seconds * 1_000;
          const bad = now === 'red' || now === 'amber';
          badSinceMs = bad ? (badSinceMs ?? nowMs) : null;
          goodSinceMs = now === 'clear' ? (goodSinceMs ?? nowMs) : null;
          const before = w.level;
          w = lookAt(w, { rule, subject: 'x', now, value: null }, nowMs);
          if (now === 'unknown') expect(w.level).toBe(before);
          if (before === 'clear' && w.level !== 'clear') expect(badSinceMs !== null && nowMs - badSinceMs >= Math.min(t.amberHoldMs, t.redHoldMs)).toBe(true);
          if (before !== 'clear' && w.level === 'clear') expect(goodSinceMs !== null && nowMs - goodSinceMs >= 0 && now === 'clear').toBe(true);
          if (now === 'amber' && before !== 'red') expect(w.level).not.toBe('red');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('[L2] what shakes around a threshold every few seconds is raised once', () => {
    let w = watchedFrom('clear');
    const levels: string[] = [];
    for (let s = 0; s < 3_600; s += 4) {
      w = lookAt(w, { rule: 'kiosk.queue', subject: 'k-1', now: (s / 4) % 3 === 0 ? 'amber' : 'clear', value: null }, s * 1_000);
      levels.push(w.level);
    }
    expect(steps(levels)).toEqual(['amber']);
  });

  test('[L3] urgent first, unseen before seen, older before younger', () => {
    const alert = (id: string, level: 'red' | 'amber', sinceMs: number, seen = false) => ({
      id,
      rule: 'kiosk.fault' as const,
      subject: id,
      level,
      sinceMs,
      value: null,
      acknowledged: seen ? { by: 'chan', atMs: 1, note: '' } : null,
    });
    const list = [alert('a', 'amber', 1), alert('b', 'red', 9), alert('c', 'red', 5, true), alert('d', 'red', 7)];
    expect(list.sort(byUrgency).map((a) => a.id)).toEqual(['d', 'b', 'c', 'a']);
  });
});

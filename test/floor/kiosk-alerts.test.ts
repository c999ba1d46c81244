/** When a kiosk is told to staff and when that is over: away, waiting, left standing, slow, out of step, in a burst of votes. */
import { describe, expect, test } from 'vitest';
import { kioskSeen, steps, watchedFloor } from './watched-floor.ts';

describe('kiosks', () => {
  /** The level of an alert with every look; each of `list` says how often a kiosk is so. */
  const seen = async (id: string, everyMs: number, ...list: [times: number, more: Parameters<typeof kioskSeen>[0]][]) => {
    const f = await watchedFloor({ from: '08:00' });
    const levels: string[] = [];
    for (const [times, more] of list)
      for (let n = 0; n < times; n++) {
        f.wait(everyMs);
        f.kiosks([kioskSeen({ heardMs: f.now(), ...more })]);
        levels.push((await f.look())[id] ?? 'clear');
      }
    return levels;
  };

  test('[L1] offline after 30 s, urgently after 60 s; a line that comes and goes is one alert, not many', async () => {
    const f = await watchedFloor({ from: '08:00' });
    const lost = f.now();
    const levels: string[] = [];
    for (let s = 0; s < 200; s += 5) {
      // from the 100th second on it is there for five seconds, away for ten
      const there = s >= 150 || (s >= 100 && s % 15 === 10);
      f.to('08:00');
      f.wait(s * 1_000);
      f.kiosks([there ? kioskSeen({ heardMs: f.now() }) : kioskSeen({ status: 'offline', heardMs: lost })]);
      levels.push((await f.look())['kiosk.offline:k-1'] ?? 'clear');
    }
    expect(steps(levels)).toEqual(['clear', 'amber', 'red', 'clear']);
    expect([levels[5], levels[6], levels[12]]).toEqual(['clear', 'amber', 'red']);
  });

  test('[L1] waiting events, by number and by age', async () => {
    const id = 'kiosk.queue:k-1';
    expect(steps(await seen(id, 20_000, [3, { waiting: 200 }], [3, { waiting: 201 }], [3, { waiting: 2_001 }], [8, { waiting: 3 }]))).toEqual(['clear', 'amber', 'red', 'clear']);
    const f = await watchedFloor({ from: '08:00' });
    f.kiosks([kioskSeen({ waiting: 2, oldestMs: f.now() })]);
    expect(steps(await f.run(70, id))).toEqual(['clear', 'amber', 'red']);
  });

  test('[L1] a screen that is left standing: 15 minutes without a reset, and not while anything is recorded', async () => {
    const id = 'kiosk.idle-stuck:k-1';
    expect(steps(await seen(id, 60_000, [31, { screen: 'project' }], [1, { screen: 'attract' }]))).toEqual(['clear', 'amber', 'red', 'clear']);
    const f = await watchedFloor({ from: '08:00' });
    const item = { kind: 'session.started', id: 'x', session: 's', lang: 'en' } as const;
    const used = await f.run(40, id, async (n) => {
      f.kiosks([kioskSeen({ screen: 'project' })]);
      if (n % 10 === 0)
        await f.act({ kind: 'kiosk.recorded', zone: 'living', device: 'k-1', epoch: 'e', from: n, offsetMs: 0, items: [{ ...item, id: `id-${n}`, atMs: f.now() }] });
    });
    expect(used).not.toContain('amber');
    expect(await seen(id, 60_000, [100, { screen: 'attract' }])).not.toContain('amber');
  });

  test('[L1] frames: a minute below 30 is amber, below 15 red; a moment is nothing, a stage at rest is nothing', async () => {
    const id = 'kiosk.fps:k-1';
    expect(steps(await seen(id, 10_000, [8, { fps: 25 }], [8, { fps: 9 }], [8, { fps: 60 }]))).toEqual(['clear', 'amber', 'red', 'clear']);
    expect(await seen(id, 10_000, [5, { fps: 9 }], [1, { fps: 60 }], [5, { fps: 9 }], [20, { fps: null }])).not.toContain('amber');
  });

  test('[L1] a clock that is off, a fault, and content that is not the active one', async () => {
    expect(steps(await seen('kiosk.clock:k-1', 20_000, [1, { offsetMs: -2_001 }], [1, { offsetMs: 31_000 }], [8, { offsetMs: 20 }]))).toEqual(['amber', 'red', 'clear']);
    expect(steps(await seen('kiosk.fault:k-1', 20_000, [2, { faults: ['storage_failed'] }], [8, {}]))).toEqual(['amber', 'clear']);
    expect(steps(await seen('pack.mismatch:k-1', 60_000, [70, { pack: 'v0' }], [1, {}]))).toEqual(['clear', 'amber', 'red', 'clear']);
    // a kiosk that goes away in between is not well again
    expect(steps(await seen('pack.mismatch:k-1', 60_000, [20, { pack: 'v0' }], [5, { status: 'offline' }], [2, { pack: 'v0' }]))).toEqual(['clear', 'amber']);
  });

  test('[L1] votes in a burst at one kiosk', async () => {
    const f = await watchedFloor({ from: '08:00' });
    f.kiosks([kioskSeen()]);
    let n = 0;
    const vote = (count: number) =>
      f.act({
        kind: 'kiosk.recorded',
        zone: 'living',
        device: 'k-1',
        epoch: 'e',
        from: n + 1,
        offsetMs: 0,
        items: Array.from({ length: count }, () => ({ kind: 'vote.cast' as const, id: `vote-${++n}`, session: `s-${n}`, project: 'p', atMs: f.now() })),
      });
    await vote(6);
    expect((await f.look())['vote.burst:k-1']).toBeUndefined();
    await vote(1);
    expect((await f.look())['vote.burst:k-1']).toBe('amber');
    await vote(9);
    expect((await f.look())['vote.burst:k-1']).toBe('red');
    expect(steps(await f.run(4, 'vote.burst:k-1'))).toEqual(['red', 'clear']);
  });
});

/** Rehearsals: what happens in one counts nowhere, whenever it arrives, and the books still balance. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attendanceOf } from '../../shared/attendance.ts';
import type { Entry } from '../../shared/entry.ts';
import { applyEntry, emptyTally, type Tally } from '../../shared/tally.ts';
import { at, showcase } from './watched-floor.ts';

const floor = () => {
  const tally: Tally = emptyTally();
  let seq = 0;
  const append = (entry: Entry) => applyEntry(tally, entry, tally.position + 1);
  append({ kind: 'showcase.defined', receivedMs: 0, showcase, points: [{ id: 'door-a', zone: 'living', perimeter: true }], days: [] });
  append({ kind: 'links.mode-set', receivedMs: 0, mode: 'redirect' });
  const rehearsal = (clock: string, on: boolean, devices: string[] | null = null) => append({ kind: 'rehearsal.set', receivedMs: at(clock), showcase, by: 'lee', on, devices });
  const cross = (clock: string, n: number, minutes = 1) =>
    append({
      kind: 'readings.recorded',
      receivedMs: at(clock) + minutes * 60_000,
      showcase,
      point: 'door-a',
      device: 'c-1',
      readings: [{ kind: 'interval', from: new Date(at(clock)).toISOString(), to: new Date(at(clock) + minutes * 60_000).toISOString(), in: n, out: 0 }],
      quarantined: [],
      repeats: [],
    });
  const session = (clock: string, device: string, received = clock) => {
    seq++;
    append({
      kind: 'kiosk.recorded',
      receivedMs: at(received),
      showcase,
      zone: 'living',
      device,
      epoch: 'e',
      from: seq,
      offsetMs: 0,
      items: [{ kind: 'session.started', id: `id-${seq}`, session: `s-${seq}`, lang: 'en', atMs: at(clock) }],
    });
  };
  const scan = (clock: string) => append({ kind: 'link.scanned', receivedMs: at(clock), showcase, code: 'ABCDEF', project: null, n: 1 });
  const day = () => {
    const { totals, reconciliation } = attendanceOf(tally, showcase, 'day', {}, [], at('21:00'));
    return { visits: totals['visits'], sessions: totals['sessions'], scanned: totals['scanned'], check: reconciliation.check, outside: reconciliation.outside };
  };
  return { append, rehearsal, cross, session, scan, day };
};

describe('a rehearsal', () => {
  test('[L8] of the showcase keeps doors, kiosks and links out of every total; before and after count', () => {
    const f = floor();
    f.cross('09:00', 5);
    f.session('09:01', 'k-1');
    f.rehearsal('09:30', true);
    f.cross('09:40', 70);
    f.session('09:41', 'k-1');
    f.scan('09:42');
    f.rehearsal('10:00', false);
    f.cross('10:01', 3);
    f.session('10:02', 'k-2');
    f.scan('10:03');
    expect(f.day()).toEqual({ visits: 8, sessions: 2, scanned: 1, check: 0, outside: 70 });
  });
  test('[L8] takes what arrives later by when it happened, and splits what lies across its edge', () => {
    const f = floor();
    f.rehearsal('09:30', true);
    f.rehearsal('10:00', false);
    f.session('09:45', 'k-1', '10:30');
    f.session('10:15', 'k-1', '10:30');
    f.cross('09:50', 20, 20);
    expect(f.day()).toEqual({ visits: 10, sessions: 1, scanned: 0, check: 0, outside: 10 });
  });
  test('[L8] of one kiosk leaves the others and the doors alone; one that is begun twice is one', () => {
    const f = floor();
    f.rehearsal('09:30', true, ['k-1']);
    f.rehearsal('09:35', true, ['k-1']);
    f.session('09:40', 'k-1');
    f.session('09:40', 'k-2');
    f.cross('09:40', 4);
    f.rehearsal('10:00', false, ['k-1']);
    f.session('10:05', 'k-1');
    expect(f.day()).toEqual({ visits: 4, sessions: 2, scanned: 0, check: 0, outside: 0 });
  });
  test('[L8][R2] whenever it is begun and ended, everything received is accounted for and nothing in it is a visit', () => {
    const clock = (m: number): string => `${String(9 + Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(
        fc.array(fc.record({ m: fc.nat(500), n: fc.nat(40), long: fc.constantFrom(1, 1, 5, 30) }), { maxLength: 20 }),
        fc.array(fc.nat(560), { maxLength: 6 }),
        (crossings, turns) => {
          const [f, plain] = [floor(), floor()];
          for (const c of crossings) for (const x of [f, plain]) x.cross(clock(c.m), c.n, c.long);
          let on = false;
          for (const m of [...turns].sort((a, b) => a - b)) {
            on = !on;
            f.rehearsal(clock(m), on);
          }
          const all = (plain.day().visits as number | null) ?? 0;
          const kept = f.day();
          expect(kept.check).toBe(0);
          expect(((kept.visits as number | null) ?? 0) + kept.outside).toBe(all);
        },
      ),
      { numRuns: 80 },
    );
  });
});

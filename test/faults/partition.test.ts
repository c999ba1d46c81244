/** Ten whole minutes without a line, across a full hour, by a clock that a test moves: nothing is lost, nothing counts twice, and each hour gets its own. */
import { describe, expect, test } from 'vitest';
import { hourOf } from '../../shared/hongkong-time.ts';
import { chanceOf } from './chance.ts';
import { FAIR, type HubDoor } from './chaos-link.ts';
import { checkEnd } from './checker.ts';
import { FakeClock } from './fake-clock.ts';
import { Ledger, showcase, sumsOf, unknownKind } from './ledger.ts';
import { SimHub } from './sim-hub.ts';
import { SimKiosk, type World } from './sim-kiosk.ts';

const startMs = Date.parse('2026-11-25T10:54:30+08:00');
const tickMs = 500;
const partitionMs = 600_000;
const healMsMax = 120_000;

/** How the line goes: connections that stand hear nothing more and are not told; new ones are refused, or take what is asked and say nothing. */
const LINES = ['the cable is out', 'everything is swallowed'] as const;

const run = async (line: (typeof LINES)[number], seed: number) => {
  const [chance, clock, ledger, coverage] = [chanceOf(seed), new FakeClock(startMs), new Ledger(), {}];
  const hub = new SimHub({ clock, chance, ledger, coverage, mistake: null, segmentBytes: 1 << 20 });
  let cut = false;
  const door: HubDoor = {
    accept: (token, gone) => (cut && line === 'the cable is out' ? null : hub.accept(token, gone)),
    ask: (session, event, payload) => (cut ? new Promise(() => undefined) : hub.ask(session, event, payload)),
  };
  const world: World = { clock, chance, hub: door, weather: () => FAIR, mistake: null, limits: {}, ledger, coverage };
  const kiosks = [0, 1, 2].map((disk) => new SimKiosk(world, { device: `k-${disk}`, disk, wrongByMs: disk * 60_000, splits: 0 }));
  for (const kiosk of kiosks) void kiosk.start(undefined, 1);
  const asked = new Map<string, number>();
  const visit = async (ms: number): Promise<void> => {
    for (const end = clock.nowMs() + ms; clock.nowMs() < end; await clock.pass(tickMs))
      for (const kiosk of kiosks) {
        if (!kiosk.on || !chance.hits(0.4)) continue;
        kiosk.record();
        const hour = hourOf(clock.nowMs());
        if (ledger.ops.at(-1)?.kind !== unknownKind) asked.set(hour, (asked.get(hour) ?? 0) + 1);
      }
  };
  const position = (): number => hub.life?.folds.tally.position ?? 0;
  await clock.pass(5_000);
  await visit(30_000);
  await clock.pass(2_000);
  cut = true;
  const before = { position: position(), asked: ledger.ops.length };
  await visit(partitionMs);
  const during = { position: position(), recorded: ledger.ops.length - before.asked };
  cut = false;
  let healedMs = 0;
  while (healedMs < healMsMax && !kiosks.every((k) => k.quiet)) {
    await clock.pass(tickMs);
    healedMs += tickMs;
  }
  return { hub, ledger, asked, before, during, quiet: kiosks.every((k) => k.quiet) };
};

describe('[F35] a partition of ten minutes', () => {
  test.each(LINES)('%s', async (line) => {
    const { hub, ledger, asked, before, during, quiet } = await run(line, 35);
    expect([quiet, during.position, during.recorded > 1_000]).toEqual([true, before.position, true]);
    const { life } = hub;
    if (!life) throw new Error('the hub is not up');
    await life.recorder.settled();
    checkEnd(await hub.entries(), life.folds, ledger);
    expect(ledger.violations).toEqual([]);
    expect(ledger.ops.every((op) => op.state === 'ok')).toBe(true);
    const sums = sumsOf(life.folds.tally);
    expect(sums['session.started'] + sums['project.opened']).toBe(ledger.ops.filter((op) => op.kind !== unknownKind).length);
    const hours = [...(life.folds.tally.showcases.get(showcase)?.engagement.hours ?? [])].map(([hour, h]) => [hour, h.sessions + h.views]);
    expect(new Map(hours as [string, number][])).toEqual(asked);
    expect([...asked.keys()]).toEqual(['2026-11-25T10', '2026-11-25T11']);
  });
});

/** A change at a kiosk until the staff's screens show it, with many kiosks connected, beside `io.emit` of the same payload; and the traffic of a screen. */
import path from 'node:path';
import { atMost, type Figure, toldOnly, under } from './figure.ts';
import { openFleet, startEcho, startHub } from './load.ts';
import { median, percentile, sleep } from './measure.ts';
import { benchPoint, benchShowcase, randomId, staffToken } from './sample.ts';
import { WireClient } from './wire-client.ts';

const watchers = 20;
const delayMsMax = 100;
const trafficKibMax = 5;
const heartbeatEveryMs = 5_000;
/** between two changes, and so while the floor is busy */
const restMs = 300;
const busyRestMs = 150;

type Screens = { clients: WireClient[] /** of a position, or of anything that is new */; told(position?: number): Promise<number>; last(): string };
/** what carries a changed figure: our screens' frame of figures, the peer's tally */
const FIGURES = [Buffer.from('["frame",{"n":'), Buffer.from('["tally"')];
const carriesFigures = (text: Buffer): boolean => {
  const head = text.subarray(0, 48);
  return FIGURES.some((mark) => head.includes(mark)) && (head.includes('"l":') || head.includes('["tally"'));
};

const openScreens = async (port: number): Promise<{ screens: Screens; snapshotBytes: number }> => {
  const clients = await Promise.all(Array.from({ length: watchers }, () => WireClient.open(port, '/staff', { token: staffToken })));
  let told: { done(atMs: number): void; position: number; waiting: Set<WireClient> } | null = null;
  const reached = new Map<WireClient, number>();
  let last: Buffer = Buffer.alloc(0);
  let snapshotBytes = 0;
  for (const client of clients) {
    snapshotBytes = (await client.ask('/staff', 'watch', { showcase: benchShowcase, terse: true })).length;
    client.heard = (text) => {
      if (!carriesFigures(text)) return;
      last = text;
      const position = positionOf(text);
      reached.set(client, position);
      if (!told || position < told.position) return;
      told.waiting.delete(client);
      if (told.waiting.size > 0) return;
      told.done(performance.now());
      told = null;
    };
  }
  const heard = (position = 0): Promise<number> =>
    new Promise((done) => {
      const waiting = new Set(clients.filter((c) => position === 0 || (reached.get(c) ?? 0) < position));
      if (waiting.size === 0) done(performance.now());
      else told = { done, position, waiting };
    });
  return { screens: { clients, told: heard, last: () => last.toString() }, snapshotBytes };
};

const positionOf = (text: Buffer): number => Number(/"position":(\d+)/.exec(text.toString('latin1', 0, 96))?.[1] ?? 0);

type Change = (turn: number) => Promise<number | null>;
/** From a change acknowledged to the last screen told of it, one at a time, at odd moments; ms. `change` answers with its position, if it has one. */
const delays = async (change: Change, screens: Screens, going: (done: number) => boolean, restMs: number): Promise<number[]> => {
  const out: number[] = [];
  while (going(out.length)) {
    // where there are no positions whatever comes next is the change
    const next = screens.told();
    const position = await change(out.length);
    const ackedMs = performance.now();
    out.push(Math.max(0, (await (position === null ? next : screens.told(position))) - ackedMs));
    await sleep(restMs + ((out.length * 61) % 97));
  }
  return out;
};

export const fanout: Figure = async ({ quick, folder, built }) => {
  const kiosks = quick ? 100 : 500;
  const changes = quick ? 15 : 40;
  const hub = await startHub(built, { dataDir: path.join(folder, 'data'), kiosks, publicOrigin: null });
  const fleet = await openFleet(hub, kiosks, 1);
  // every kiosk reports every 5 s, all along
  let beats = 0;
  const sinceMs = performance.now();
  const beating = setInterval(() => {
    for (const due = ((performance.now() - sinceMs) * kiosks) / heartbeatEveryMs; beats < due; beats++) fleet.beat(beats % kiosks);
  }, 20);
  const { screens, snapshotBytes } = await openScreens(hub.ready.port);
  const door = await WireClient.open(hub.ready.port, '/staff', { token: staffToken });
  const click: Change = async () => {
    const ask = { id: randomId(), point: benchPoint, direction: 'in', n: 1, atMs: Date.now(), showcase: benchShowcase };
    return Number(/"position":(\d+)/.exec(await door.ask('/staff', 'count.click', ask))?.[1]);
  };
  const first = (few: number) => (done: number) => done < few;
  await delays(click, screens, first(3), restMs);
  const payload = JSON.parse(screens.last().slice(screens.last().indexOf('['))) as [string, unknown];
  const echo = await startEcho(built, { tally: payload[1] });
  const bareFleet = await openFleet(echo, kiosks, 1);
  const bare = (await openScreens(echo.ready.port)).screens;
  const emit: Change = async (turn) => {
    await bareFleet.one((turn * 37) % kiosks);
    return null;
  };
  await delays(emit, bare, first(3), restMs);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let i = 0; i < changes; i += 5) {
    ours.push(...(await delays(click, screens, first(5), restMs)));
    peer.push(...(await delays(emit, bare, first(5), restMs)));
  }
  const rss = (await hub.ask<number>('rssBytes')) / 2 ** 20;
  bareFleet.close();
  for (const c of bare.clients) c.close();
  await echo.stop();

  // traffic: every kiosk also records an event every 5 s, and somebody counts at a door
  const trafficMs = quick ? 8_000 : 30_000;
  let going = true;
  const busily = delays(click, screens, () => going, busyRestMs);
  const before = screens.clients.reduce((sum, c) => sum + c.bytesHeard, 0);
  const since = performance.now();
  let turn = 0;
  while (performance.now() - since < trafficMs) {
    for (const due = ((performance.now() - since) * kiosks) / heartbeatEveryMs; turn < due; turn++) void fleet.one(turn % kiosks);
    await sleep(5);
  }
  const seconds = (performance.now() - since) / 1_000;
  const kib = (screens.clients.reduce((sum, c) => sum + c.bytesHeard, 0) - before) / watchers / seconds / 1_024;
  going = false;
  const busy = await busily;
  door.close();
  clearInterval(beating);
  for (const c of screens.clients) c.close();
  fleet.close();
  await hub.stop();
  const p99 = under(`fan-out p99, ${kiosks} kiosks`, percentile(ours, 0.99), delayMsMax, 'ms');
  const busyP99 = under(`fan-out p99 at ${Math.round(kiosks / 5)} events/s, ${kiosks} kiosks`, percentile(busy, 0.99), delayMsMax, 'ms');
  const traffic = under(`fan-out, a screen, ${kiosks} kiosks`, kib, trafficKibMax, 'KiB/s');
  return [
    toldOnly(atMost({ name: `fan-out p50, ${kiosks} kiosks`, ours: median(ours), peer: median(peer), beside: `io.emit to ${watchers}`, unit: 'ms' }, 1)),
    { ...p99, peer: `${p99.peer}; io.emit ${percentile(peer, 0.99).toFixed(1)} ms` },
    busyP99,
    { ...traffic, peer: `${traffic.peer}; ${((snapshotBytes * 2) / 1_024).toFixed(1)} KiB/s as whole states twice a second` },
    under(`memory of the hub, ${kiosks} kiosks`, rss, 150, 'MiB'),
  ];
};

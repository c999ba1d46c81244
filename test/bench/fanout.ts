/** A change at a kiosk until the staff's screens show it, with many kiosks connected, beside `io.emit` of the same payload; and the traffic of a screen. */
import path from 'node:path';
import { atMost, type Figure, toldOnly, under } from './figure.ts';
import { type Fleet, openFleet, startEcho, startHub } from './load.ts';
import { median, percentile, sleep } from './measure.ts';
import { benchShowcase, staffToken } from './sample.ts';
import { WireClient } from './wire-client.ts';

const watchers = 20;
const delayMsMax = 100;
const trafficKibMax = 5;
const trafficKiosks = 100;
const heartbeatEveryMs = 5_000;

type Screens = { clients: WireClient[]; tally(): Promise<number>; lastTally(): string };
const TALLY = Buffer.from('["tally"');

const openScreens = async (port: number): Promise<{ screens: Screens; snapshotBytes: number }> => {
  const clients = await Promise.all(Array.from({ length: watchers }, () => WireClient.open(port, '/staff', { token: staffToken })));
  let waiting = 0;
  let told: ((atMs: number) => void) | null = null;
  let last = '';
  let snapshotBytes = 0;
  for (const client of clients) {
    snapshotBytes = (await client.ask('/staff', 'watch', { showcase: benchShowcase })).length;
    client.heard = (text) => {
      if (!text.subarray(0, 24).includes(TALLY)) return;
      last = text.toString();
      if (told && --waiting === 0) told(performance.now());
    };
  }
  // resolves when every screen heard the next tally
  const tally = (): Promise<number> =>
    new Promise((resolve) => {
      waiting = watchers;
      told = (atMs) => {
        told = null;
        resolve(atMs);
      };
    });
  return { screens: { clients, tally, lastTally: () => last }, snapshotBytes };
};

/** From a record acknowledged to the last screen told, one change at a time, at odd moments; ms. */
const delays = async (fleet: Fleet, screens: Screens, changes: number, kiosks: number): Promise<number[]> => {
  const out: number[] = [];
  for (let i = 0; i < changes; i++) {
    const told = screens.tally();
    await fleet.one((i * 37) % kiosks);
    const ackedMs = performance.now();
    out.push(Math.max(0, (await told) - ackedMs));
    await sleep(300 + ((i * 61) % 97));
  }
  return out;
};

export const fanout: Figure = async ({ quick, folder, built }) => {
  const kiosks = quick ? 100 : 500;
  const changes = quick ? 15 : 40;
  const hub = await startHub(built, { dataDir: path.join(folder, 'data'), kiosks, publicOrigin: null });
  const fleet = await openFleet(hub, kiosks, 1);
  const { screens, snapshotBytes } = await openScreens(hub.ready.port);
  await delays(fleet, screens, 3, kiosks);
  const payload = JSON.parse(screens.lastTally().slice(screens.lastTally().indexOf('['))) as [string, unknown];
  const echo = await startEcho(built, { tally: payload[1] });
  const bareFleet = await openFleet(echo, kiosks, 1);
  const bare = (await openScreens(echo.ready.port)).screens;
  await delays(bareFleet, bare, 3, kiosks);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let i = 0; i < changes; i += 5) {
    ours.push(...(await delays(fleet, screens, 5, kiosks)));
    peer.push(...(await delays(bareFleet, bare, 5, kiosks)));
  }
  const rss = (await hub.ask<number>('rssBytes')) / 2 ** 20;
  bareFleet.close();
  for (const c of bare.clients) c.close();
  await echo.stop();

  // traffic: a hundred kiosks that each report every 5 s and record an event every 5 s
  const trafficMs = quick ? 6_000 : 15_000;
  const before = screens.clients.reduce((sum, c) => sum + c.bytesHeard, 0);
  const since = performance.now();
  let turn = 0;
  const count = Math.min(trafficKiosks, kiosks);
  while (performance.now() - since < trafficMs) {
    for (const due = ((performance.now() - since) * count) / heartbeatEveryMs; turn < due; turn++) {
      fleet.beat(turn % count);
      await fleet.one((turn + 50) % count);
    }
    await sleep(5);
  }
  const seconds = (performance.now() - since) / 1_000;
  const kib = (screens.clients.reduce((sum, c) => sum + c.bytesHeard, 0) - before) / watchers / seconds / 1_024;
  for (const c of screens.clients) c.close();
  fleet.close();
  await hub.stop();
  const p99 = under(`fan-out p99, ${kiosks} kiosks`, percentile(ours, 0.99), delayMsMax, 'ms');
  const traffic = under('fan-out, a screen, 100 kiosks', kib, trafficKibMax, 'KiB/s');
  return [
    toldOnly(atMost({ name: `fan-out p50, ${kiosks} kiosks`, ours: median(ours), peer: median(peer), beside: `io.emit to ${watchers}`, unit: 'ms' }, 1)),
    { ...p99, peer: `${p99.peer}; io.emit ${percentile(peer, 0.99).toFixed(1)} ms` },
    { ...traffic, peer: `${traffic.peer}; ${((snapshotBytes * 2) / 1_024).toFixed(1)} KiB/s as whole states twice a second` },
    under(`memory of the hub, ${kiosks} kiosks`, rss, 150, 'MiB'),
  ];
};

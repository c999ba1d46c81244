/** Load on a hub or its peer: so many kiosks that greet once and then send batches, closed loop or at a steady rate. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../server/packs/project-root.ts';
import type { EchoGiven, EchoReady } from './echo-program.ts';
import type { HubGiven, HubReady } from './hub-program.ts';
import { sleep } from './measure.ts';
import { type Program, startProgram } from './program.ts';
import { kioskToken, randomId, recordMessage } from './sample.ts';
import { acknowledges, WireClient } from './wire-client.ts';

const connectAtOnce = 50;

export type Fleet = {
  /** each kiosk sends its next batch once the last was acknowledged; acknowledged events a second, and the server's CPU for one message in µs */
  closedLoop(ms: number): Promise<{ perSecond: number; cpuMicros: number }>;
  /** so many batches a second over all kiosks, whatever comes back; the latency of each from sent to acknowledged, ms */
  openLoop(ms: number | (() => boolean), perSecond: number): Promise<number[]>;
  /** one batch of one kiosk; resolves when it was acknowledged */
  one(kiosk: number): Promise<void>;
  /** a kiosk's report, whose acknowledgement nobody waits for */
  beat(kiosk: number): void;
  close(): void;
};

const openKiosk = async (port: number, i: number): Promise<WireClient> => {
  const client = await WireClient.open(port, '/kiosk', { token: kioskToken(i), wire: 1 });
  const hello = await client.ask('/kiosk', 'hello', { epoch: randomId(), last: null, nowMs: Date.now() });
  if (!hello.includes('"ok":true')) throw new Error(hello);
  return client;
};

/** Connects `kiosks` kiosks that send batches of `events`. */
const SCREENS = ['hill', 'walk', 'project', 'takeaway', 'list'];

export const openFleet = async (program: Program<{ port: number }>, kiosks: number, events: number): Promise<Fleet> => {
  const clients: { wire: WireClient; message: ReturnType<typeof recordMessage>; acked: () => void }[] = [];
  for (let from = 0; from < kiosks; from += connectAtOnce) {
    const some = await Promise.all(Array.from({ length: Math.min(connectAtOnce, kiosks - from) }, (_, i) => openKiosk(program.ready.port, from + i)));
    for (const [i, wire] of some.entries()) {
      const client = { wire, message: recordMessage(from + i, events), acked: (): void => undefined };
      wire.heard = (text) => {
        if (acknowledges(text)) client.acked();
      };
      clients.push(client);
    }
  }
  const closedLoop = async (ms: number): Promise<{ perSecond: number; cpuMicros: number }> => {
    let messages = 0;
    let open = 0;
    let going = true;
    let done: () => void = () => undefined;
    const cpuBefore = await program.ask<number>('cpuMicros');
    const since = performance.now();
    for (const client of clients) {
      const send = (): void => client.wire.send(client.message.next());
      client.acked = () => {
        messages++;
        if (going) return send();
        if (--open === 0) done();
      };
      open++;
      send();
    }
    await sleep(ms);
    const perSecond = (messages * events * 1_000) / (performance.now() - since);
    going = false;
    await new Promise<void>((resolve) => {
      done = resolve;
    });
    const cpu = (await program.ask<number>('cpuMicros')) - cpuBefore;
    return { perSecond, cpuMicros: cpu / messages };
  };
  /** Sends at a steady rate for so many ms, or as long as `ms` answers true; answers how long each acknowledgement took. */
  const openLoop = async (ms: number | (() => boolean), perSecond: number): Promise<number[]> => {
    const latencies: number[] = [];
    const sentAt: number[][] = clients.map(() => []);
    for (const [i, client] of clients.entries())
      client.acked = () => {
        latencies.push(performance.now() - (sentAt[i]?.shift() as number));
      };
    const since = performance.now();
    let sent = 0;
    while (typeof ms === 'number' ? performance.now() - since < ms : ms()) {
      const due = Math.floor(((performance.now() - since) * perSecond) / 1_000);
      for (; sent < due; sent++) {
        const i = sent % clients.length;
        const client = clients[i] as (typeof clients)[number];
        sentAt[i]?.push(performance.now());
        // a batch may still be on its way to the kernel: this one must not be patched under it
        client.wire.send(Buffer.from(client.message.next()));
      }
      await sleep(1);
    }
    while (latencies.length < sent) await sleep(1);
    return latencies;
  };
  const one = (kiosk: number): Promise<void> =>
    new Promise((resolve) => {
      const client = clients[kiosk] as (typeof clients)[number];
      client.acked = resolve;
      client.wire.send(client.message.next());
    });
  let beats = 0;
  /** As a kiosk in use reports: its pulse moves with every heartbeat, its screen with every fourth. */
  const beat = (kiosk: number): void => {
    beats++;
    const screen = SCREENS[Math.floor((beats / clients.length + kiosk) / 4) % SCREENS.length];
    const report = {
      waiting: beats % 3,
      oldestMs: null,
      screen,
      fps: 60 - ((beats * 7) % 50) / 10,
      heapBytes: 9e7 + ((beats * 104_729) % 1e7),
      pack: '0123456789abcdef',
      faults: [],
    };
    clients[kiosk]?.wire.send(Buffer.from(`42/kiosk,["heartbeat",${JSON.stringify(report)}]`));
  };
  return {
    beat,
    closedLoop,
    openLoop,
    one,
    close: () => {
      for (const c of clients) c.wire.close();
    },
  };
};

/** Node's flags as `npm start` has them. */
const startFlags = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(path.join(projectRoot(import.meta.dirname), 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
};

export const startHub = (built: string, given: HubGiven): Promise<Program<HubReady>> => startProgram<HubReady>(built, 'hub-program', given, startFlags());
export const startEcho = (built: string, given: EchoGiven = { tally: null }): Promise<Program<EchoReady>> => startProgram<EchoReady>(built, 'echo-program', given);

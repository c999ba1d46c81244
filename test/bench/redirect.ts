/** A short link that is followed and counted, beside node:http that only redirects: 50 connections that are kept alive, each asking again at once. */
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { atLeast, atMost, type Figure, toldOnly } from './figure.ts';
import { startEcho, startHub } from './load.ts';
import { inTurns, median, sleep } from './measure.ts';
import type { Program } from './program.ts';

const connections = 50;
const END = Buffer.from('\r\n\r\n');

/** Keeps every connection busy for so long; answers a second, and the server's CPU for each in µs. Throws unless every answer is a 302. */
const follow = async (program: Program<{ port: number }>, codes: readonly string[], ms: number): Promise<{ perSecond: number; cpuMicros: number }> => {
  const { port } = program.ready;
  const cpuBefore = await program.ask<number>('cpuMicros');
  let answers = 0;
  let going = true;
  const since = performance.now();
  const done = Array.from({ length: connections }, (_, i) => {
    const asks = codes.map((code) =>
      Buffer.from(`GET /q/${code} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: Mozilla/5.0 (iPhone)\r\nAccept-Language: en-HK,en;q=0.9\r\n\r\n`),
    );
    let turn = i;
    const socket: Socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    return new Promise<void>((resolve, reject) => {
      const ask = (): void => void socket.write(asks[turn++ % asks.length] as Buffer);
      socket.once('connect', ask);
      socket.once('error', reject);
      socket.on('data', (data) => {
        if (data.indexOf('302', 9) !== 9) return reject(new Error(data.toString('latin1', 0, 200)));
        if (!data.subarray(-4).equals(END)) return reject(new Error('an answer came in pieces'));
        answers++;
        if (going) return ask();
        socket.destroy();
        resolve();
      });
    });
  });
  await sleep(ms);
  const perSecond = (answers * 1_000) / (performance.now() - since);
  going = false;
  await Promise.all(done);
  return { perSecond, cpuMicros: ((await program.ask<number>('cpuMicros')) - cpuBefore) / answers };
};

export const redirect: Figure = async ({ quick, folder, built }) => {
  const hub = await startHub(built, { dataDir: path.join(folder, 'data'), kiosks: 1, publicOrigin: 'https://go.example.hk' });
  const echo = await startEcho(built);
  const { codes } = hub.ready;
  const before = await hub.ask<number>('position');
  const ms = quick ? 600 : 1_500;
  const told = await inTurns(
    quick ? 3 : 5,
    () => follow(hub, codes, ms),
    () => follow(echo, codes, ms),
  );
  if ((await hub.ask<number>('position')) <= before) throw new Error('no scan was counted');
  await hub.stop();
  await echo.stop();
  const rate = (side: 'ours' | 'peer') => median(told[side].map((t) => t.perSecond));
  const cpu = (side: 'ours' | 'peer') => median(told[side].map((t) => t.cpuMicros));
  return [
    atLeast({ name: 'redirect, counted', ours: rate('ours'), peer: rate('peer'), beside: 'bare node:http 302', unit: '/s' }, 0.95),
    toldOnly(atMost({ name: 'redirect, server CPU', ours: cpu('ours'), peer: cpu('peer'), beside: 'bare node:http 302', unit: 'µs' }, 1)),
  ];
};

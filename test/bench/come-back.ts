/** Kiosks that all come back to a restarted hub: connected and greeted, beside Socket.IO that only accepts them. What they then replay is `backlog`'s. */
import path from 'node:path';
import { atMost, type Figure, toldOnly, under } from './figure.ts';
import { openFleet, startEcho, startHub } from './load.ts';
import { inTurns, median } from './measure.ts';

const returnMsMax = 15_000;
const rounds = 3;

export const comeBack: Figure = async ({ quick, folder, built }) => {
  const kiosks = quick ? 500 : 2_000;
  const hub = await startHub(built, { dataDir: path.join(folder, 'data'), kiosks, publicOrigin: null });
  const echo = await startEcho(built);
  const greeted = async (program: typeof hub | typeof echo): Promise<{ ms: number; cpuMicros: number }> => {
    const cpuBefore = await program.ask<number>('cpuMicros');
    const since = performance.now();
    const fleet = await openFleet(program, kiosks, 1);
    const ms = performance.now() - since;
    const cpuMicros = ((await program.ask<number>('cpuMicros')) - cpuBefore) / kiosks;
    fleet.close();
    return { ms, cpuMicros };
  };
  const told = await inTurns(
    rounds,
    () => greeted(hub),
    () => greeted(echo),
  );
  await echo.stop();
  await hub.stop();
  const many = kiosks.toLocaleString('en-US');
  const [ours, peer] = [median(told.ours.map((t) => t.ms)), median(told.peer.map((t) => t.ms))];
  const back = under(`${many} kiosks connected and greeted`, ours, returnMsMax, 'ms');
  return [
    { ...back, peer: `${back.peer}; bare Socket.IO ${Math.round(peer)} ms` },
    toldOnly(
      atMost(
        {
          name: 'coming back, server CPU',
          ours: median(told.ours.map((t) => t.cpuMicros)),
          peer: median(told.peer.map((t) => t.cpuMicros)),
          beside: 'bare Socket.IO, accepted and answered',
          unit: 'µs a kiosk',
        },
        1,
      ),
    ),
  ];
};

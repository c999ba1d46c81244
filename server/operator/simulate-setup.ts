/**
 * What a simulated show needs at the hub: who stands where, the devices, and that the simulated counters are the ones that count. Counters of
 * a real show are left alone unless the operator says otherwise; those of an earlier simulation give way by themselves.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import type { Live } from '../../shared/live.ts';
import type { Content, ShowDay } from '../../shared/pack.ts';
import type { DeviceCreated } from '../../shared/paths.ts';
import type { DeviceView } from '../../shared/wire.ts';
import { CommandFault, UsageFault } from './command.ts';
import type { SimulatedHub } from './simulate-hub.ts';

/** by which the devices of a simulation are known again */
const nameStart = 'Simulated';

const deviceFile = z.object({
  showcase: z.string(),
  counters: z.array(z.object({ id: z.string(), token: z.string(), point: z.string() })),
  kiosks: z.array(z.object({ id: z.string(), token: z.string(), zone: z.string() })),
  /** the shows that these devices have sent; another show on the same day would contradict them */
  sent: z.array(z.object({ day: z.string(), show: z.string() })),
});
export type ShowDevices = z.infer<typeof deviceFile>;
export type Place = { days: ShowDay[]; zones: string[]; points: string[]; projects: { id: string; code: string }[]; mode: Content['mode'] };

/** Reads the devices of an earlier run; null where the file is not there yet. Throws `CommandFault` for one that is something else. */
export const readDevices = async (file: string): Promise<ShowDevices | null> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CommandFault(`${file} can't be read: ${(error as Error).message}`);
  }
  try {
    return deviceFile.parse(JSON.parse(text));
  } catch {
    throw new CommandFault(`${file} does not hold the devices of a simulation`);
  }
};

/** Keeps the devices for a later run, readable by this user only: it holds their tokens. */
export const keepDevices = async (file: string, devices: ShowDevices): Promise<void> => {
  await writeFile(`${file}.tmp`, `${JSON.stringify(devices, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
};

/** The showcase as the hub describes it: what counters and kiosks stand at, and what kiosks show. */
export const readPlace = async (hub: SimulatedHub, showcase: string): Promise<Place> => {
  const at = `/showcases/${encodeURIComponent(showcase)}`;
  const described = await hub.ask<{ windows: ShowDay[]; zones: { id: string }[]; points: { id: string; perimeter: boolean }[] }>('GET', at, 200, `reading ${showcase}`);
  const content = await hub.ask<Content>('GET', `${at}/content`, 200, `reading ${showcase}`);
  const points = described.points.filter((p) => p.perimeter).map((p) => p.id);
  if (points.length === 0) throw new CommandFault(`${showcase} has no point of its outer boundary`);
  const projects = content.projects.filter((p) => p.code !== '').map(({ id, code }) => ({ id, code }));
  return { days: described.windows, zones: described.zones.map((z) => z.id), points, projects, mode: content.mode };
};

/** Makes a counter for each point and the kiosks, spread over the zones. */
export const makeDevices = async (hub: SimulatedHub, showcase: string, place: Place, kiosks: number): Promise<ShowDevices> => {
  const devices: ShowDevices = { showcase, counters: [], kiosks: [], sent: [] };
  const make = (body: object): Promise<DeviceCreated> => hub.ask('POST', '/devices', 201, 'making a device', body);
  for (const point of place.points) devices.counters.push({ ...(await make({ kind: 'counter', name: `${nameStart} counter ${point}`, showcase, point })), point });
  for (let i = 0; i < kiosks; i++) {
    const zone = place.zones[i % place.zones.length] as string;
    devices.kiosks.push({ ...(await make({ kind: 'kiosk', name: `${nameStart} kiosk ${i + 1}`, showcase, zone })), zone });
  }
  return devices;
};

export const sourcesNow = async (hub: SimulatedHub, showcase: string): Promise<Map<string, string | null>> => {
  const live = await hub.ask<Live>('GET', `/showcases/${encodeURIComponent(showcase)}/live`, 200, 'reading the doors');
  return new Map(live.points.map((p) => [p.id, p.source]));
};

/** Throws `UsageFault` where something real counts at a door, unless the operator lets the simulation take over. */
export const refuseRealDoors = async (hub: SimulatedHub, showcase: string, points: readonly string[], takeOver: boolean): Promise<void> => {
  if (takeOver) return;
  const { devices } = await hub.ask<{ devices: DeviceView[] }>('GET', '/devices', 200, 'reading the devices');
  for (const [point, source] of await sourcesNow(hub, showcase)) {
    if (source === null || !points.includes(point)) continue;
    const device = devices.find((d) => source === `sensor:${d.id}`);
    if (device?.name.startsWith(nameStart)) continue;
    throw new UsageFault(`${point} is counted by ${device ? `“${device.name}”` : source}; --take-over makes the simulated counters count instead, from the show's beginning on`);
  }
};

/**
 * Makes the simulated counters the authority of their points from the show's beginning. New ones at doors that nobody counted before are that
 * already, from the beginning of all; of every other it can't be seen since when.
 */
export const takeDoors = async (hub: SimulatedHub, { showcase, counters }: ShowDevices, fromMs: number, untouched: (point: string) => boolean): Promise<void> => {
  for (const { id, point } of counters)
    if (!untouched(point))
      await hub.ask('POST', `/showcases/${encodeURIComponent(showcase)}/authority`, 201, `taking ${point}`, { point, source: 'sensor', device: id, from: rfc3339(fromMs) });
};

/** What needs a member of staff now, worked out from the live figures: alerts before statistics, the urgent ones first. */
import type { Live } from '../../shared/live.ts';
import type { DeviceView } from '../../shared/wire.ts';
import { doorsHeard } from './figures.ts';

export const doorSilentAmberMs = 3 * 60_000;
export const doorSilentRedMs = 5 * 60_000;
export const kioskOfflineAmberMs = 30_000;
export const kioskOfflineRedMs = 60_000;
export const waitingAmber = 200;
export const waitingRed = 2_000;
export const oldestAmberMs = 5 * 60_000;
export const oldestRedMs = 60 * 60_000;
export const clockAmberMs = 2_000;
export const clockRedMs = 30_000;
export const fpsAmber = 30;
export const fpsRed = 15;

export type Level = 'red' | 'amber';
export type Attention = { id: string; level: Level } & (
  | { kind: 'no-doors' }
  | { kind: 'door-silent'; point: string; forMs: number }
  | { kind: 'door-fault'; point: string }
  | { kind: 'kiosk-offline'; device: DeviceView; forMs: number }
  | { kind: 'kiosk-waiting'; device: DeviceView; waiting: number }
  | { kind: 'kiosk-fault'; device: DeviceView }
  | { kind: 'kiosk-clock'; device: DeviceView; offMs: number }
  | { kind: 'kiosk-slow'; device: DeviceView; fps: number }
);

const doorAttention = (live: Live, nowMs: number): Attention[] => {
  if (!live.open) return [];
  if (!doorsHeard(live)) return live.points.some((p) => p.perimeter) ? [{ id: 'no-doors', level: 'amber', kind: 'no-doors' }] : [];
  return live.points.flatMap((p): Attention[] => {
    if (!p.perimeter) return [];
    if (p.state === 'error') return [{ id: `fault ${p.id}`, level: 'red', kind: 'door-fault', point: p.id }];
    if (p.state === 'warn') return [{ id: `fault ${p.id}`, level: 'amber', kind: 'door-fault', point: p.id }];
    // a door that is counted by hand may be quiet for a while without anything being wrong
    if (p.heardMs === null || p.source === 'clicker') return [];
    const forMs = nowMs - p.heardMs;
    if (forMs < doorSilentAmberMs) return [];
    return [{ id: `silent ${p.id}`, level: forMs >= doorSilentRedMs ? 'red' : 'amber', kind: 'door-silent', point: p.id, forMs }];
  });
};

const kioskAttention = (device: DeviceView, nowMs: number): Attention[] => {
  const { status, heardMs, waiting, oldestMs, offsetMs, fps } = device;
  if (status === 'never') return [];
  const found: Attention[] = [];
  if (status === 'offline') {
    const forMs = heardMs === null ? 0 : nowMs - heardMs;
    if (forMs >= kioskOfflineAmberMs) found.push({ id: `offline ${device.id}`, level: forMs >= kioskOfflineRedMs ? 'red' : 'amber', kind: 'kiosk-offline', device, forMs });
    return found;
  }
  if (waiting !== null && (waiting > waitingAmber || (oldestMs ?? 0) > oldestAmberMs))
    found.push({ id: `waiting ${device.id}`, level: waiting > waitingRed || (oldestMs ?? 0) > oldestRedMs ? 'red' : 'amber', kind: 'kiosk-waiting', device, waiting });
  if (device.faults.length > 0) found.push({ id: `fault ${device.id}`, level: 'amber', kind: 'kiosk-fault', device });
  const offMs = Math.abs(offsetMs ?? 0);
  if (offMs > clockAmberMs) found.push({ id: `clock ${device.id}`, level: offMs > clockRedMs ? 'red' : 'amber', kind: 'kiosk-clock', device, offMs });
  if (fps !== null && fps > 0 && fps < fpsAmber) found.push({ id: `slow ${device.id}`, level: fps < fpsRed ? 'red' : 'amber', kind: 'kiosk-slow', device, fps });
  return found;
};

/** Everything that needs attention at `nowMs` (the hub's clock): red before amber, doors before kiosks. */
export const attentionOf = (live: Live, devices: readonly DeviceView[], nowMs: number): Attention[] => {
  const all = [...doorAttention(live, nowMs), ...devices.filter((d) => d.kind === 'kiosk').flatMap((d) => kioskAttention(d, nowMs))];
  return [...all.filter((a) => a.level === 'red'), ...all.filter((a) => a.level === 'amber')];
};

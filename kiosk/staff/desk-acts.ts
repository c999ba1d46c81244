/** What staff ask the hub to do, one function an act. Each answers an outcome and never throws. */
import { API } from '../../shared/api.ts';
import type { Command } from '../../shared/command.ts';
import type { LogTopic } from '../../shared/entry.ts';
import type { LogLine } from '../../shared/floor.ts';
import type { DeviceCreated } from '../../shared/paths.ts';
import type { DeviceKind } from '../../shared/roles.ts';
import type { DeviceView } from '../../shared/wire.ts';
import type { Text } from '../../shared/words.ts';
import type { Ask, Outcome } from '../ui/api.ts';

export type NewDevice = { kind: DeviceKind; name: string; showcase: string; zone?: string; point?: string };
export type Delivered = { delivered: { id: string; ok: boolean }[] };
export type Correction = { point: string; hour: string; in: number; out: number; reason: string; approver?: { name: string; passphrase: string } };
export type Authority = { point: string; source: 'sensor' | 'clicker'; device?: string; from: string };

export type DeskActs = {
  add(device: NewDevice): Promise<Outcome<DeviceCreated>>;
  move(id: string, to: { showcase: string; zone?: string; point?: string }): Promise<Outcome<{ device: DeviceView }>>;
  revoke(id: string): Promise<Outcome<undefined>>;
  /** the words that the kiosk with this code shows, to be compared before it is approved */
  findPairing(userCode: string): Promise<Outcome<{ words: Text }>>;
  approve(ask: { userCode: string; name: string; showcase: string; zone: string }): Promise<Outcome<{ id: string }>>;
  command(device: string, command: Command): Promise<Outcome<Delivered>>;
  /** what the kiosk shows now; `picture` null: it did not answer with one */
  picture(device: string): Promise<Outcome<{ picture: string | null; atMs: number }>>;
  broadcast(showcase: string, command: Command, group?: string): Promise<Outcome<Delivered>>;
  /** empty: in none */
  setGroup(device: string, group: string): Promise<Outcome<{ device: DeviceView }>>;
  correct(showcase: string, correction: Correction): Promise<Outcome<object>>;
  setAuthority(showcase: string, authority: Authority): Promise<Outcome<object>>;
  countHeads(showcase: string, people: number): Promise<Outcome<object>>;
  setCapacity(showcase: string, people: number | null): Promise<Outcome<object>>;
  /** without `devices`: the whole showcase */
  rehearse(showcase: string, on: boolean, devices?: string[]): Promise<Outcome<object>>;
  log(showcase: string): Promise<Outcome<{ lines: LogLine[] }>>;
  writeLog(showcase: string, topic: LogTopic, text: string): Promise<Outcome<object>>;
  acknowledge(showcase: string, alert: string, note: string): Promise<Outcome<object>>;
};

export const deskActs = (ask: Ask): DeskActs => {
  const device = (id: string): string => `${API}/devices/${encodeURIComponent(id)}`;
  const showcaseAt = (id: string): string => `${API}/showcases/${encodeURIComponent(id)}`;
  return {
    add: (d) => ask('POST', `${API}/devices`, d),
    move: (id, to) => ask('PATCH', device(id), to),
    revoke: (id) => ask('DELETE', device(id)),
    findPairing: (userCode) => ask('POST', `${API}/pairings/find`, { userCode }),
    approve: (body) => ask('POST', `${API}/pairings/approve`, body),
    command: (id, command) => ask('POST', `${device(id)}/commands`, { command }),
    picture: (id) => ask('POST', `${device(id)}/picture`),
    broadcast: (id, command, group) => ask('POST', `${showcaseAt(id)}/broadcasts`, { command, ...(group !== undefined && { group }) }),
    setGroup: (id, group) => ask('PATCH', device(id), { group }),
    correct: (id, correction) => ask('POST', `${showcaseAt(id)}/corrections`, correction),
    setAuthority: (id, authority) => ask('POST', `${showcaseAt(id)}/authority`, authority),
    countHeads: (id, people) => ask('POST', `${showcaseAt(id)}/heads`, { people }),
    setCapacity: (id, people) => ask('PUT', `${showcaseAt(id)}/capacity`, { people }),
    rehearse: (id, on, devices) => ask('POST', `${showcaseAt(id)}/rehearsal`, { on, ...(devices && { devices }) }),
    log: (id) => ask('GET', `${showcaseAt(id)}/log`),
    writeLog: (id, topic, text) => ask('POST', `${showcaseAt(id)}/log`, { topic, text }),
    acknowledge: (id, alert, note) => ask('POST', `${showcaseAt(id)}/alerts/${encodeURIComponent(alert)}/acknowledge`, { note }),
  };
};

/** `BCDF-GHJK` of what was typed or pasted; null when it is not eight letters. */
export const userCodeOf = (typed: string): string | null => {
  const plain = typed.toUpperCase().replace(/[\s\-–—]/g, '');
  return /^[A-Z]{8}$/.test(plain) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : null;
};

/** What an administrator asks the hub about content packs. Each answers an outcome and never throws. */
import { API } from '../../shared/api.ts';
import type { PackChanges } from '../../shared/pack-changes.ts';
import type { PackFault } from '../../shared/pack-faults.ts';
import { type Ask, answered, failure, type Outcome } from '../ui/api.ts';

export type PackVersion = { version: string; showcase: string; projects: number; active: boolean; from: 'installed' | 'sent'; sentAt?: string; by?: string };
export type PackSent = { version: string; showcase: string; projects: number; models: number };
export type Changes = PackChanges & { standing: PackFault[] };
/** `done` answers null where it was stopped */
export type Sending = { done: Promise<Outcome<PackSent> | null>; stop(): void };

export type PackActs = {
  list(): Promise<Outcome<{ packs: PackVersion[] }>>;
  changes(version: string): Promise<Outcome<Changes>>;
  activate(version: string): Promise<Outcome<object>>;
  /** `told` hears which share has left, 0 to 1 */
  send(file: Blob, told: (share: number) => void): Sending;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's own page, or cut off
  }
};

/** `request`: makes a request that tells how far its upload is. */
export const packActs = (ask: Ask, request: () => XMLHttpRequest): PackActs => {
  const at = (version: string): string => `${API}/packs/${encodeURIComponent(version)}`;
  return {
    list: () => ask('GET', `${API}/packs`),
    changes: (version) => ask('GET', `${at(version)}/changes`),
    activate: (version) => ask('POST', `${at(version)}/activate`),
    send: (file, told) => {
      const r = request();
      const done = new Promise<Outcome<PackSent> | null>((resolve) => {
        r.upload.onprogress = (e) => told(e.total > 0 ? e.loaded / e.total : 0);
        r.onload = () => resolve(answered(r.status, r.getResponseHeader('retry-after'), parsed(r.responseText)));
        r.onerror = () => resolve(failure('unreachable'));
        r.onabort = () => resolve(null);
        r.open('POST', `${API}/packs`);
        r.setRequestHeader('Content-Type', 'application/zip');
        r.send(file);
      });
      return { done, stop: () => r.abort() };
    },
  };
};

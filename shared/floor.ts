/**
 * The floor fold: what stands in one showcase until somebody or something ends it (alerts, orders, rehearsals, the safe capacity), and
 * the newest lines of its shift log. The whole log is the journal.
 */
import { type Alert, alertId, noteNeeded } from './alerts.ts';
import type { Entry } from './entry.ts';

/** lines of the log that are kept at hand; older ones are in the journal */
export const logLinesMax = 400;

const LOGGED = [
  'alert.raised',
  'alert.cleared',
  'alert.acknowledged',
  'capacity.set',
  'heads.counted',
  'order.given',
  'command.sent',
  'rehearsal.set',
  'vote.set',
  'vote.published',
  'log.written',
  'authority.set',
  'count.corrected',
  'click.voided',
  'days.set',
  'day.closed',
] as const;
/** A line of the shift log: the entry itself, with its position. */
export type LogLine = { position: number; entry: Extract<Entry, { kind: (typeof LOGGED)[number] }> };
const LOGGED_KINDS: ReadonlySet<string> = new Set(LOGGED);

export const ORDERS = ['pause', 'emergency'] as const;
export type Order = (typeof ORDERS)[number];
/** An order that stands. */
export type Standing = { by: string; sinceMs: number; text: string };
export type FloorTally = {
  alerts: Map<string, Alert>;
  capacity: number | null;
  /** for the whole showcase */
  all: { [O in Order]: Standing | null };
  /** kiosk, then what is ordered of it alone: also that an order for all is withdrawn for it */
  kiosks: Map<string, { [O in Order]?: Standing | null }>;
  /** orders that were ever given: of the others nobody need be told that they do not stand */
  ordered: { [O in Order]: boolean };
  log: LogLine[];
};

export const emptyFloor = (): FloorTally => ({
  alerts: new Map(),
  capacity: null,
  all: { pause: null, emergency: null },
  kiosks: new Map(),
  ordered: { pause: false, emergency: false },
  log: [],
});

/** Whether the short links' address is known not to answer. Codes then carry their destinations themselves, and scans are not known. */
export const relayIsDown = (floor: FloorTally): boolean => floor.alerts.has(alertId('qr.relay', 'hub'));

/** What stands for one kiosk: its own order where there is a newer one, else the showcase's. */
export const standingFor = (floor: FloorTally, device: string): { [O in Order]: Standing | null } => {
  const own = floor.kiosks.get(device);
  return { pause: own?.pause === undefined ? floor.all.pause : own.pause, emergency: own?.emergency === undefined ? floor.all.emergency : own.emergency };
};

const applyOrder = (floor: FloorTally, e: Extract<Entry, { kind: 'order.given' }>): void => {
  floor.ordered[e.order] = true;
  const standing = e.on ? { by: e.by, sinceMs: e.receivedMs, text: e.text } : null;
  if (e.devices === null) {
    floor.all[e.order] = standing;
    // what was ordered of single kiosks before is overtaken
    for (const own of floor.kiosks.values()) delete own[e.order];
    return;
  }
  for (const device of e.devices) floor.kiosks.set(device, { ...floor.kiosks.get(device), [e.order]: standing });
};

const applyAlert = (floor: FloorTally, e: Extract<Entry, { kind: 'alert.raised' | 'alert.cleared' | 'alert.acknowledged' }>): void => {
  const id = alertId(e.rule, e.subject);
  const before = floor.alerts.get(id);
  if (e.kind === 'alert.cleared') floor.alerts.delete(id);
  else if (e.kind === 'alert.acknowledged') {
    if (!before) return;
    if (noteNeeded(e.rule)) floor.alerts.delete(id);
    else floor.alerts.set(id, { ...before, acknowledged: { by: e.by, atMs: e.receivedMs, note: e.note } });
  } else {
    // somebody who has seen it amber has not seen it red
    const acknowledged = before?.level === 'amber' && e.level === 'red' ? null : (before?.acknowledged ?? null);
    floor.alerts.set(id, { id, rule: e.rule, subject: e.subject, level: e.level, sinceMs: before?.sinceMs ?? e.receivedMs, value: e.value, acknowledged });
  }
};

/** Folds one entry of this showcase into its floor. */
export const applyToFloor = (floor: FloorTally, e: Entry, position: number): void => {
  if (!LOGGED_KINDS.has(e.kind)) return;
  floor.log.push({ position, entry: e as LogLine['entry'] });
  if (floor.log.length > logLinesMax) floor.log.splice(0, floor.log.length - logLinesMax);
  switch (e.kind) {
    case 'alert.raised':
    case 'alert.cleared':
    case 'alert.acknowledged':
      applyAlert(floor, e);
      return;
    case 'capacity.set':
      floor.capacity = e.people;
      return;
    case 'order.given':
      applyOrder(floor, e);
      return;
    default:
      return;
  }
};

/** Who may do what. Authorisation always asks `can`, never compares a role. */
export const ROLES = ['staff', 'supervisor', 'organiser', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export const DEVICE_KINDS = ['kiosk', 'counter'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];
export type Actor = Role | DeviceKind;

export type Capability =
  | 'stream.send'
  | 'readings.send'
  | 'live.read'
  | 'devices.read'
  | 'devices.write'
  | 'pairing.approve'
  | 'click.record'
  | 'click.void-any'
  | 'alert.acknowledge'
  | 'heads.count'
  | 'log.write'
  | 'capacity.set'
  | 'rehearsal.set'
  | 'count.correct'
  | 'authority.set'
  | 'days.set'
  | 'vote.set'
  | 'vote.publish'
  | 'day.close'
  | 'attendance.read'
  | 'events.read'
  | 'broadcast.send'
  | 'accounts.write'
  | 'tokens.write'
  | 'packs.write';

const STAFF: readonly Capability[] = ['live.read', 'devices.read', 'pairing.approve', 'click.record', 'broadcast.send', 'alert.acknowledge', 'heads.count', 'log.write'];
const SUPERVISOR: readonly Capability[] = [...STAFF, 'devices.write', 'count.correct', 'authority.set', 'click.void-any', 'day.close', 'capacity.set', 'rehearsal.set', 'vote.set'];
const ORGANISER: readonly Capability[] = ['live.read', 'devices.read', 'attendance.read', 'events.read', 'day.close', 'days.set', 'capacity.set', 'vote.set', 'vote.publish'];

const MAY: { [A in Actor]: ReadonlySet<Capability> } = {
  staff: new Set(STAFF),
  supervisor: new Set(SUPERVISOR),
  organiser: new Set(ORGANISER),
  admin: new Set([...SUPERVISOR, ...ORGANISER, 'accounts.write', 'tokens.write', 'packs.write']),
  kiosk: new Set(['stream.send']),
  counter: new Set(['readings.send']),
};

/** what a token that only reads may at most */
const READS: ReadonlySet<Capability> = new Set(['live.read', 'devices.read', 'attendance.read', 'events.read']);

/** Whether an actor of this role or device kind may do this; one that only reads may do nothing else whatever its role. */
export const can = (actor: Actor, capability: Capability, readOnly = false): boolean => MAY[actor].has(capability) && (!readOnly || READS.has(capability));

/** A live picture in small, to be changed by each test. */
import type { Live } from '../../shared/live.ts';
import type { DeviceView } from '../../shared/wire.ts';

export const nowMs = Date.parse('2026-11-25T14:32:05+08:00');

export const live = (more: Partial<Live> = {}): Live => ({
  showcase: 'smart-hong-kong-pavilion',
  asOf: '2026-11-25T14:32:05+08:00',
  position: 10,
  open: true,
  today: {
    day: '2026-11-25',
    visits: 1_986,
    entries: 1_971,
    exits: 1_553,
    corrections: 15,
    occupancy: 412,
    sessions: 5,
    engagedSessions: 4,
    projectViews: 9,
    shown: 4,
    scanned: 3,
  },
  hall: { band: 39, capacity: null, counted: null, rehearsing: false, emergency: null, paused: null },
  last60: { in: 0, out: 0, byFive: [] },
  yesterdayByNow: null,
  zones: [],
  points: [
    { id: 'door-a', zone: 'living', perimeter: true, source: 'sensor:c-1', entries: 9, exits: 3, heardMs: nowMs - 3_000, state: 'ok' },
    { id: 'inner', zone: 'economy', perimeter: false, source: null, entries: 0, exits: 0, heardMs: null, state: 'never' },
  ],
  hours: [],
  projects: [],
  langs: {},
  ...more,
});

export const kiosk = (more: Partial<DeviceView> = {}): DeviceView => ({
  id: 'k-1',
  kind: 'kiosk',
  name: '1 號機站',
  showcase: 'smart-hong-kong-pavilion',
  zone: 'living',
  point: null,
  status: 'ok',
  heardMs: nowMs - 1_000,
  waiting: 0,
  oldestMs: null,
  screen: 'attract',
  fps: 60,
  heapBytes: null,
  pack: 'abc',
  offsetMs: 20,
  faults: [],
  revoked: false,
  ...more,
});

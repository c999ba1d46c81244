/**
 * What the staff's screens are told of each showcase. One fold and one encoding serve all of them, however many events came in. A first
 * change goes out at once, in the turn after its acknowledgement has left; what follows is gathered. Screens that watch plainly hear
 * tallies (at most four a second) and devices; terse ones hear frames of what changed: the few figures of the head up to once in
 * `headFrameMs`, the rest with the tallies, long lists every two seconds.
 */
import { relayIsDown } from '../../shared/floor.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { type Live, liveOf, todayOf } from '../../shared/live.ts';
import { turnsAtMs } from '../../shared/opening-hours.ts';
import { type Patch, patchOf } from '../../shared/patch.ts';
import { showcaseOf } from '../../shared/tally.ts';
import { publicVoteOf, votesOf } from '../../shared/vote-told.ts';
import type { DeviceView, Frame, PublicTally } from '../../shared/wire.ts';
import { headFrameMs, tallyFrameMs } from '../../shared/wire-limits.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { makeLane } from './lane.ts';

/** the long lists of a showcase go out at most this often */
const listsToldMs = 2_000;
const LISTS = ['hours', 'projects', 'zones', 'langs'] as const;
/** how often a terse screen hears the time alone */
const timeToldMs = 1_000;
/** how often visitors' screens hear today's visits, and at least */
const publicToldMs = 1_000;
/** how often they hear how the votes are spread */
const votesToldMs = 30_000;
/** what only time changes is told after this much quiet */
const quietMs = 5_000;
/** how often those who watch hear how a kiosk is, when only its pulse moved: age, frames, memory, clock, a few waiting */
export const pulseToldMs = 30_000;
/** a queue that moves and holds so many is told at once */
const waitingTold = 25;

const PULSE: ReadonlySet<string> = new Set(['heardMs', 'waiting', 'oldestMs', 'fps', 'heapBytes', 'offsetMs'] satisfies (keyof DeviceView)[]);

/** Whether two views differ in more than their pulse. Cheap: it is asked of every device every second. */
const differ = (a: DeviceView, b: DeviceView): boolean => {
  for (const key in { ...a, ...b }) {
    if (PULSE.has(key)) continue;
    const [x, y] = [a[key as keyof DeviceView], b[key as keyof DeviceView]];
    if (x !== y && (typeof x !== 'object' || typeof y !== 'object' || JSON.stringify(x) !== JSON.stringify(y))) return true;
  }
  return false;
};

/** A device as it is told now: whole where its pulse is due, else with the pulse that was told before; null: there is nothing to tell. */
const toTell = (before: DeviceView, now: DeviceView): DeviceView | null => {
  if (now.status !== before.status) return now;
  if (now.heardMs !== null && (before.heardMs === null || now.heardMs - before.heardMs >= pulseToldMs)) return now;
  if (now.waiting !== before.waiting && Math.max(now.waiting ?? 0, before.waiting ?? 0) >= waitingTold) return now;
  const { heardMs, waiting, oldestMs, fps, heapBytes, offsetMs } = before;
  return differ(before, now) ? { ...now, heardMs, waiting, oldestMs, fps, heapBytes, offsetMs } : null;
};

export const terseRoom = (showcase: string): string => `${showcase}/terse`;

export type Screens = {
  /** Something was recorded of this showcase. */
  dirty(showcase: string): void;
  /** Tells of a device, if there is anything to tell. */
  device(id: string): void;
  /** Called every `tallyFrameMs`: sends what `device` gathered for terse screens, and now and then what only time changes. */
  tick(): void;
  /** What a terse screen holds when the next frame comes; `alone`: no other watches. */
  snapshot(showcase: string, alone: boolean): { live: Live; devices: DeviceView[]; n: number };
  publicTally(showcase: string): PublicTally;
  close(): void;
};

type Way = {
  view(device: string): DeviceView | null;
  watched(room: string): boolean;
  /** To every screen of a room at this hub, encoded once. */
  tell(room: string, event: 'tally' | 'device' | 'frame', payload: object): void;
  tellKiosks(showcase: string, tally: PublicTally): void;
};

export const openScreens = (parts: HubParts, way: Way): Screens => {
  const { clock, tally } = parts;
  let closed = false;
  /** devices as those who watch hold them */
  const held = new Map<string, DeviceView>();

  const publicOf = (live: Live): PublicTally => {
    const heard = live.points.some((p) => p.perimeter && p.heardMs !== null) || live.today.visits > 0;
    const direct = parts.library.mode === 'redirect' && relayIsDown(showcaseOf(tally, live.showcase).floor);
    const untilMs = turnsAtMs(showcaseOf(tally, live.showcase).doors, clock.nowMs());
    const vote = publicVoteOf(showcaseOf(tally, live.showcase).engagement, clock.nowMs());
    return {
      showcase: live.showcase,
      asOf: rfc3339(clock.nowMs()),
      visits: heard ? live.today.visits : null,
      open: live.open,
      ...(untilMs !== null && { until: rfc3339(untilMs) }),
      ...(vote && { vote }),
      ...(direct && { direct }),
    };
  };

  /** What is told again at once when it changes. */
  const keyOf = ({ visits, open, until, direct, vote }: PublicTally): string => JSON.stringify([visits, open, until, direct, vote]);

  const withVotes = (open: PublicTally): PublicTally => ({ ...open, votes: votesOf(showcaseOf(tally, open.showcase).engagement, clock.nowMs()) });

  const openShowcase = (showcase: string) => {
    const terse = terseRoom(showcase);
    const plainHeld = new Map<string, string>();
    let live: Live | null = null;
    let n = 0;
    let gathered: { [device: string]: Patch } = {};
    let openHeld = '';
    let voteHeld: string | undefined;
    let openTold: PublicTally | null = null;
    let turning = false;
    let quietTicks = 0;

    const soon = (): void => {
      if (turning) return;
      turning = true;
      setImmediate(() => {
        turning = false;
        if (closed) return;
        if (whole.ready) tellWhole();
        else if (head.ready) tellHead();
      });
    };
    const head = makeLane(headFrameMs, soon);
    const whole = makeLane(tallyFrameMs, soon);
    const wholeAgain = (): void => {
      whole.due = true;
      if (whole.ready) soon();
    };
    const lists = makeLane(listsToldMs, wholeAgain);
    const open = makeLane(publicToldMs, wholeAgain);
    const nothing = (): void => undefined;
    const time = makeLane(timeToldMs, wholeAgain);
    const openTime = makeLane(quietMs, nothing);
    const votes = makeLane(votesToldMs, nothing);
    const fold = makeLane(tallyFrameMs, nothing);

    const frame = (now: Live): void => {
      const l = live === null ? undefined : patchOf(live, now);
      live = now;
      const d = gathered;
      gathered = {};
      const news = Object.keys(d).length > 0;
      if (l === undefined && !news) return;
      n++;
      way.tell(terse, 'frame', { n, ...(l !== undefined && { l }), ...(news && { d }) } satisfies Frame);
    };

    const tellPlain = (now: Live, withLists: boolean): void => {
      const delta: { [part: string]: unknown } = { position: now.position, asOf: now.asOf };
      for (const [part, value] of Object.entries(now)) {
        if (!withLists && (LISTS as readonly string[]).includes(part)) continue;
        const text = JSON.stringify(value);
        if (plainHeld.get(part) === text) continue;
        plainHeld.set(part, text);
        delta[part] = value;
      }
      if (way.watched(showcase)) way.tell(showcase, 'tally', delta);
    };

    const tellOpen = (now: Live): void => {
      const told = publicOf(now);
      const vote = JSON.stringify(told.vote);
      const key = keyOf(told);
      if (openHeld === key && openTime.resting) return;
      // an act of staff waits for no second
      if (open.resting && vote === voteHeld) {
        open.due = true;
        return;
      }
      openHeld = key;
      voteHeld = vote;
      open.rest();
      openTime.rest();
      way.tellKiosks(showcase, votes.resting ? told : withVotes(told));
      if (!votes.resting) votes.rest();
    };

    const tellHead = (): void => {
      head.rest();
      if (live === null || !way.watched(terse)) return;
      const today = todayOf(tally, showcase, clock.nowMs());
      if (patchOf(live.today, today) !== undefined) frame({ ...live, position: tally.position, today });
    };

    /** That the journal went on elsewhere, and the time, wait for their second. */
    const tellTerse = (before: Live, now: Live): void => {
      const { position, asOf } = before;
      if (!time.resting) time.rest();
      else if (patchOf(before, { ...now, position, asOf }) === undefined) {
        time.due = true;
        return;
      } else now = { ...now, asOf };
      frame(now);
    };

    const tellWhole = (): void => {
      head.rest();
      whole.rest();
      quietTicks = 0;
      const now = liveOf(tally, showcase, clock.nowMs());
      const withLists = !lists.resting;
      if (withLists) lists.rest();
      else lists.due = true;
      tellPlain(now, withLists);
      if (!way.watched(terse)) live = null;
      else if (live !== null) tellTerse(live, withLists ? now : { ...now, ...Object.fromEntries(LISTS.map((part) => [part, (live as Live)[part]])) });
      tellOpen(now);
    };

    return {
      dirty: (): void => {
        head.due = true;
        whole.due = true;
        if (head.ready || whole.ready) soon();
      },
      tick: (): void => {
        if (++quietTicks * tallyFrameMs >= quietMs) wholeAgain();
      },
      /** `news` is of what was told before; a second one within a frame makes it the whole of the device. */
      gather: (now: DeviceView, news: Patch): void => {
        if (way.watched(terse)) gathered[now.id] = gathered[now.id] === undefined ? news : [now];
      },
      flush: (): void => {
        if (live === null) gathered = {};
        else if (Object.keys(gathered).length > 0) frame(live);
      },
      snapshot: (alone: boolean): { live: Live; n: number } => {
        if (alone || live === null) live = liveOf(tally, showcase, clock.nowMs());
        return { live, n };
      },
      /** Every kiosk that comes back is told: two thousand at once share one fold of a frame's time. */
      publicTally: (): PublicTally => {
        if (openTold === null || !fold.resting) openTold = withVotes(publicOf(liveOf(tally, showcase, clock.nowMs())));
        // who came hears something else than the others did: what is next told goes to all, though the others know it
        if (keyOf(openTold) !== openHeld) openHeld = '';
        if (!fold.resting) fold.rest();
        return openTold;
      },
    };
  };

  const showcases = new Map<string, ReturnType<typeof openShowcase>>();
  const of = (showcase: string): ReturnType<typeof openShowcase> => {
    const known = showcases.get(showcase) ?? openShowcase(showcase);
    showcases.set(showcase, known);
    return known;
  };

  const device = (id: string): void => {
    const seen = way.view(id);
    const before = held.get(id);
    const now = seen && before ? toTell(before, seen) : seen;
    if (!now) return;
    held.set(id, now);
    // those who watch where it was see it go
    for (const showcase of new Set([before?.showcase ?? now.showcase, now.showcase])) {
      way.tell(showcase, 'device', now);
      of(showcase).gather(now, before?.showcase === now.showcase ? (patchOf(before, now) ?? [now]) : [now]);
    }
  };

  return {
    dirty: (showcase) => of(showcase).dirty(),
    device,
    tick: () => {
      for (const pack of parts.library.packs) of(pack.id).tick();
      for (const each of showcases.values()) each.flush();
    },
    snapshot: (showcase, alone) => {
      const here = parts.register.devices.filter((d) => d.showcase === showcase && !d.revoked).map((d) => d.id);
      for (const id of here) device(id);
      of(showcase).flush();
      return { ...of(showcase).snapshot(alone), devices: here.flatMap((id) => held.get(id) ?? []) };
    },
    publicTally: (showcase) => of(showcase).publicTally(),
    close: () => {
      closed = true;
    },
  };
};

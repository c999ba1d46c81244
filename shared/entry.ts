/**
 * The journal's entries: everything that was ever recorded, in the past tense. An entry is atomic: a kiosk's whole batch is one.
 * Every total is a pure fold of these and of nothing else. A stored entry is never changed; `upcast` brings old shapes up to date.
 */
import type { AlertLevel, AlertRule } from './alerts.ts';
import type { KioskEvent } from './event.ts';
import type { Order } from './floor.ts';
import type { ShowDay } from './pack.ts';
import type { Reading } from './reading.ts';
import type { VoteState } from './vote.ts';

/** One place of a stream: an event that counts, one that was already counted under another place, or one that was refused. */
export type StreamItem = KioskEvent | { repeat: string } | { rejected: string; id?: string };

/** Crossings that came again with the same key and values: counted for the reconciliation, not stored again. */
export type Repeats = { day: string; records: number; in: number; out: number };

/** What staff write into the shift's log. */
export const LOG_TOPICS = ['incident', 'handover', 'weather', 'guests', 'note'] as const;
export type LogTopic = (typeof LOG_TOPICS)[number];

export type PointDefinition = { id: string; zone: string; perimeter: boolean };

export type Entry =
  | {
      kind: 'kiosk.recorded';
      receivedMs: number;
      showcase: string;
      zone: string;
      device: string;
      epoch: string /** seq of the first item */;
      from: number /** hub minus device clock */;
      offsetMs: number;
      items: StreamItem[];
    }
  | {
      kind: 'readings.recorded';
      receivedMs: number;
      showcase: string;
      point: string;
      device: string;
      readings: Reading[];
      quarantined: { reading: Reading; code: string }[];
      repeats: Repeats[];
    }
  | { kind: 'link.scanned'; receivedMs: number; showcase: string; code: string; project: string | null; n: number }
  | { kind: 'click.recorded'; receivedMs: number; showcase: string; point: string; by: string; id: string; direction: 'in' | 'out'; n: number; atMs: number }
  | { kind: 'click.voided'; receivedMs: number; showcase: string; by: string; id: string; of: string; reason: string }
  | {
      kind: 'count.corrected';
      receivedMs: number;
      showcase: string;
      by: string;
      id: string;
      point: string;
      hour: string;
      in: number;
      out: number;
      reason: string;
      /** who else agreed; always there for more than 50 either way (R8) */
      approver?: string;
    }
  | { kind: 'authority.set'; receivedMs: number; showcase: string; by: string; point: string; source: 'sensor' | 'clicker'; device: string | null; fromMs: number }
  | { kind: 'showcase.defined'; receivedMs: number; showcase: string; points: PointDefinition[]; days: ShowDay[] }
  | { kind: 'days.set'; receivedMs: number; showcase: string; by: string; days: ShowDay[] }
  | {
      kind: 'day.closed';
      receivedMs: number;
      showcase: string;
      by: string;
      day: string;
      /** devices that had reported past closing, and those that had not and were waived by who closed; entries from before name neither */
      heard?: string[];
      waived?: string[];
    }
  /** an alert is raised, or its level changed */
  | { kind: 'alert.raised'; receivedMs: number; showcase: string; rule: AlertRule; subject: string; level: AlertLevel; value: number | null }
  | { kind: 'alert.cleared'; receivedMs: number; showcase: string; rule: AlertRule; subject: string }
  | { kind: 'alert.acknowledged'; receivedMs: number; showcase: string; by: string; rule: AlertRule; subject: string; note: string }
  /** how many are safe inside at once; null: no limit is set */
  | { kind: 'capacity.set'; receivedMs: number; showcase: string; by: string; people: number | null }
  /** staff counted heads: occupancy goes on from here (R9) */
  | { kind: 'heads.counted'; receivedMs: number; showcase: string; by: string; atMs: number; people: number }
  /** an order that stands until it is withdrawn; `devices` null: every kiosk of the showcase */
  | { kind: 'order.given'; receivedMs: number; showcase: string; by: string; order: Order; on: boolean; text: string; devices: string[] | null }
  /** any other command, and how many kiosks did it */
  | { kind: 'command.sent'; receivedMs: number; showcase: string; by: string; command: string; delivered: number; of: number }
  /** from then on traffic is kept out of every total, or counted again; `devices` null: the whole showcase, its doors and links too */
  | { kind: 'rehearsal.set'; receivedMs: number; showcase: string; by: string; on: boolean; devices: string[] | null }
  /** the visitors' vote waits, opens or closes; from then on it opens and closes by itself at these instants */
  | { kind: 'vote.set'; receivedMs: number; showcase: string; by: string; state: VoteState; opensMs: number | null; closesMs: number | null }
  /** the result of the closed vote is shown to visitors, or no more */
  | { kind: 'vote.published'; receivedMs: number; showcase: string; by: string; on: boolean }
  | { kind: 'log.written'; receivedMs: number; showcase: string; by: string; topic: LogTopic; text: string }
  /** one attempt to hand a closed version to where closings are delivered, and what became of it; `by` is the hub that tries */
  | { kind: 'day.delivery'; receivedMs: number; showcase: string; by: string; day: string; version: number; state: 'begun' | 'failed' | 'done' | 'given-up'; detail: string }
  /** the hub's wall clock was set: everything after it is timed by the new one, the order stays */
  | { kind: 'clock.stepped'; receivedMs: number; byMs: number }
  | { kind: 'links.mode-set'; receivedMs: number; mode: 'direct' | 'redirect' }
  | { kind: 'document.saved'; receivedMs: number; name: string; value: unknown }
  | { kind: 'audit.noted'; receivedMs: number; by: string; action: string; target: string };

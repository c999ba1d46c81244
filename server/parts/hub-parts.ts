/** What the hub's rooms share: made once by `createHub`, handed to routes and sockets. No globals. */
import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import type { Admission } from '../../shared/admission.ts';
import type { AlertNews } from '../../shared/alerts.ts';
import type { Command } from '../../shared/command.ts';
import type { Live } from '../../shared/live.ts';
import type { Tally } from '../../shared/tally.ts';
import type { DeviceView } from '../../shared/wire.ts';
import type { LastHeard } from '../access/last-heard.ts';
import type { Pairings } from '../access/pairings.ts';
import type { Passphrases } from '../access/passphrases.ts';
import type { Register } from '../access/register.ts';
import type { Sessions } from '../access/sessions.ts';
import type { AlertWatch } from '../counting/alert-watch.ts';
import type { Recorder } from '../counting/recorder.ts';
import type { Exporter } from '../exports/exporter.ts';
import type { Journal } from '../journal/journal.ts';
import type { Library } from '../packs/library.ts';
import type { SentPacks } from '../packs/sent-packs.ts';
import type { Metrics } from './metrics.ts';

/** The wall clock, for what happened when; and a clock that never steps, for how long. Both in ms. */
export type Clock = {
  nowMs(): number;
  monotonicMs(): number;
  /** By how much the machine's wall clock was set since this was last asked, 0 if it was not; `nowMs` follows it from now on. */
  stepped?(): number;
};

/** The floor as it is now: who is connected and what they last said. */
export type Floor = {
  views(showcase: string | null): DeviceView[];
  /** Sends a command; resolves with whether the kiosk said it did it within 4 s. */
  command(device: string, command: Command): Promise<boolean>;
  /** What a kiosk shows now, as a data URL of a small JPEG; null where it does not answer with one. Nothing keeps it. */
  picture(device: string): Promise<string | null>;
  /** Tells a kiosk which orders stand, and that others do not any more. */
  tellStanding(device: string): Promise<void>;
  /** Notes whether a kiosk said that it follows what was just ordered of it. */
  followed(device: string, ok: boolean): void;
  /** Cuts every socket of a device, or of a person's session. */
  cut(whose: { device: string } | { session: string }): void;
  /** A device changed: tell those who watch. */
  changed(device: string): void;
  /** What is shown live, at the tally's position. */
  live(showcase: string): Live;
  /** Lets a staff screen hear what becomes of a showcase, and answers with what it begins from; `n` is the frame that a terse one holds. */
  watch(socket: Socket, showcase: string, terse: boolean): Promise<{ live: Live; devices: DeviceView[]; n?: number }>;
  /** It hears no more of it. */
  unwatch(socket: Socket, showcase: string): Promise<void>;
  /** Tells those who watch what became of an alert. */
  alert(showcase: string, news: AlertNews): void;
};

export type HubParts = {
  clock: Clock;
  log: Logger;
  journal: Journal;
  recorder: Recorder;
  tally: Tally;
  admission: Admission;
  register: Register;
  sessions: Sessions;
  passphrases: Passphrases;
  pairings: Pairings;
  library: Library;
  sentPacks: SentPacks;
  metrics: Metrics;
  lastHeard: LastHeard;
  exporter: Exporter;
  floor: Floor;
  alerts: AlertWatch;
  /** set: cookies are Secure and `__Host-` */
  secure: boolean;
};

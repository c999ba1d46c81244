/**
 * The live figures over the /staff socket: asks to watch a showcase, puts frames of what changed into what it holds, and after every new
 * connection, or a frame that it missed, asks again, so that nothing that was missed stays missing. Says at once when the connection is lost; the last figures stay, with their age.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Socket } from 'socket.io-client';
import type { Alert, AlertNews } from '../../shared/alerts.ts';
import type { Live } from '../../shared/live.ts';
import { patched } from '../../shared/patch.ts';
import { REFUSALS, type RefusalCode } from '../../shared/refusal.ts';
import type { Answer, DeviceView, HubToStaff, ShowcaseNames, StaffToHub } from '../../shared/wire.ts';
import type { ClickAct, Sent } from '../link/click-queue.ts';
import { mergeAlert, mergeDevice } from './live-merge.ts';

export const watchMsMax = 5_000;
export const againMs = 1_000;

/** refusals of a click that no later try changes */
const FOR_GOOD: ReadonlySet<string> = new Set<RefusalCode>(['validation_failed', 'forbidden', 'not_found', 'unknown_point', 'unknown_showcase']);

export type FeedState = 'connecting' | 'live' | 'lost' | { refused: RefusalCode };
export type StaffSocket = Pick<Socket<HubToStaff, StaffToHub>, 'on' | 'emit' | 'connect' | 'disconnect' | 'timeout'> & { readonly connected: boolean; readonly active: boolean };
export type Feed = {
  state: ReadonlySignal<FeedState>;
  live: ReadonlySignal<Live | null>;
  devices: ReadonlySignal<readonly DeviceView[]>;
  names: ReadonlySignal<ShowcaseNames | null>;
  alerts: ReadonlySignal<readonly Alert[]>;
  /** the last that was raised or became worse since this page watches */
  raised: ReadonlySignal<AlertNews | null>;
  /** by this screen's clock: when the hub was last heard */
  heardLocalMs: ReadonlySignal<number | null>;
  watch(showcase: string): void;
  /** Sends a clicker's act; never rejects. */
  click(act: ClickAct): Promise<Sent>;
  /** news of one device that came another way (an answer over HTTP) */
  noteDevice(device: DeviceView): void;
  close(): void;
};

type Parts = { socket: StaffSocket; nowMs(): number; later(run: () => void, ms: number): void; onSessionEnded(): void };

/** Opens the feed on a socket that is not connected yet. */
export const openFeed = ({ socket, nowMs, later, onSessionEnded }: Parts): Feed => {
  const state = signal<FeedState>('connecting');
  const live = signal<Live | null>(null);
  const devices = signal<readonly DeviceView[]>([]);
  const names = signal<ShowcaseNames | null>(null);
  const alerts = signal<readonly Alert[]>([]);
  const raised = signal<AlertNews | null>(null);
  const heardLocalMs = signal<number | null>(null);
  let watched: string | null = null;
  /** grows with every `watch`: an answer to an earlier one is dropped, and deltas wait for the answer to the last */
  let asked = 0;
  let answered = 0;
  /** the frame that is on the screen */
  let held = 0;
  /** devices as the hub told them last: patches are of these, whatever came another way meanwhile */
  let told = new Map<string, DeviceView>();
  let closed = false;

  const ended = (code: RefusalCode): void => {
    if (code === 'auth_required') onSessionEnded();
    else state.value = { refused: code };
  };
  const reconnect = (): void =>
    later(() => {
      if (!closed && !socket.connected) socket.connect();
    }, againMs);
  const askToWatch = (): void => {
    if (closed || watched === null || !socket.connected) return;
    const showcase = watched;
    const mine = ++asked;
    socket.timeout(watchMsMax).emit('watch', { showcase, terse: true }, (error, answer) => {
      if (closed || mine !== asked) return;
      if (error) return later(askToWatch, againMs);
      if (!answer.ok) return ended(answer.error.code);
      answered = mine;
      held = answer.n ?? 0;
      heardLocalMs.value = nowMs();
      names.value = answer.names;
      told = new Map(answer.devices.map((d) => [d.id, d]));
      devices.value = answer.devices;
      alerts.value = answer.alerts;
      live.value = answer.live;
      state.value = 'live';
    });
  };

  socket.on('connect', askToWatch);
  socket.on('disconnect', () => {
    if (closed) return;
    state.value = 'lost';
    asked++;
    // a hub that shuts down says good-bye; then the client does not come back by itself
    if (!socket.active) reconnect();
  });
  socket.on('connect_error', (error) => {
    if (closed) return;
    const code = (error as Error & { data?: { code?: string } }).data?.code;
    if (code !== undefined && Object.hasOwn(REFUSALS, code)) return ended(code as RefusalCode);
    state.value = heardLocalMs.value === null ? 'connecting' : 'lost';
    if (!socket.active) reconnect();
  });
  const noteDevice = (device: DeviceView): void => {
    if (watched !== null) devices.value = mergeDevice(devices.value, device, watched);
  };
  socket.on('frame', ({ n, l, d }) => {
    if (closed || answered !== asked || live.value === null || watched === null) return;
    if (n !== held + 1) return askToWatch();
    held = n;
    const before = live.value;
    batch(() => {
      if (l !== undefined) live.value = patched(before, l) as Live;
      // the time comes with most frames, not with all
      if (live.value?.asOf !== before.asOf) heardLocalMs.value = nowMs();
      for (const [id, patch] of Object.entries(d ?? {})) {
        const device = patched(told.get(id), patch) as DeviceView;
        told.set(id, device);
        noteDevice(device);
      }
    });
  });

  socket.on('alert', (news) => {
    if (closed || answered !== asked) return;
    const before = alerts.value.find((a) => a.id === news.id);
    alerts.value = mergeAlert(alerts.value, news);
    if (news.level !== 'clear' && before?.level !== 'red' && before?.level !== news.level) raised.value = news;
  });

  return {
    state,
    live,
    devices,
    names,
    alerts,
    raised,
    heardLocalMs,
    noteDevice,
    click: async (act) => {
      if (closed || !socket.connected) return 'later';
      const answer = await new Promise<Answer<{ position: number }> | null>((resolve) => {
        const heard = (error: Error | null, said: Answer<{ position: number }>): void => resolve(error ? null : said);
        const { kind, ...ask } = act;
        const timed = socket.timeout(watchMsMax);
        if (act.kind === 'click') timed.emit('count.click', ask as Omit<typeof act, 'kind'>, heard);
        else timed.emit('count.void', ask as Omit<Extract<ClickAct, { kind: 'void' }>, 'kind'>, heard);
      });
      if (answer === null) return 'later';
      return answer.ok ? 'done' : FOR_GOOD.has(answer.error.code) ? 'refused' : 'later';
    },
    watch: (showcase) => {
      if (watched === showcase) return;
      watched = showcase;
      live.value = null;
      devices.value = [];
      alerts.value = [];
      heardLocalMs.value = null;
      state.value = 'connecting';
      asked++;
      if (socket.connected) askToWatch();
      else socket.connect();
    },
    close: () => {
      closed = true;
      socket.disconnect();
    },
  };
};

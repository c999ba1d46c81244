/** The staff page's start: the only place here that reaches for the clock, the network, the storage and the address. */
import '../ui/no-eval.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { io } from 'socket.io-client';
import '../ui/tokens.css';
import '../ui/ops.css';
import '../ui/desk.css';
import './staff.css';
import './wall.css';
import './clicker.css';
import './packs.css';
import { makeId } from '../../shared/ids.ts';
import { openClicks } from '../link/idb-clicks.ts';
import { keepFontsUsed, keepPages } from '../link/service-worker.ts';
import { askOver } from '../ui/api.ts';
import { openLanguage } from '../ui/language.ts';
import { openSession } from '../ui/session.ts';
import { openAlarm } from './alarm.ts';
import { openClicker } from './clicker.ts';
import type { OpensAlone } from './clicker-page.tsx';
import { deskActs } from './desk-acts.ts';
import { openFeed, type StaffSocket } from './feed.ts';
import { openKept } from './kept.ts';
import { packActs } from './pack-acts.ts';
import { StaffPage, VIEWS, type View } from './staff-page.tsx';

/** the wall clock's step */
const tickMs = 1_000;
const reconnectMsMin = 500;
const reconnectMsMax = 4_000;

const storage = (): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    return null; // closed to this page: the language is not remembered
  }
};

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no clipboard outside a secure context: told, and the text can be selected
  }
};

const vibrate = (pattern: readonly number[]): void => void navigator.vibrate?.([...pattern]);

const viewOf = (hash: string): View => VIEWS.find((v) => v === hash.slice(1)) ?? 'live';

const ask = askOver(window.fetch.bind(window));
const after = (ms: number, run: () => void): void => void window.setTimeout(run, ms);
const session = openSession(ask, { storage: storage(), after });
const opensAlone = signal<OpensAlone>('soon');
const nowMs = signal(Date.now());
const view = signal(viewOf(location.hash));
const language = openLanguage(storage(), document.documentElement);

const page = {
  ask,
  session,
  language,
  acts: deskActs(ask),
  packs: packActs(ask, () => new XMLHttpRequest()),
  nowMs,
  view,
  origin: location.origin,
  copy,
  go: (to: View): void => {
    location.hash = to;
  },
  alarm: openAlarm({
    storage: storage(),
    audio: () => (typeof AudioContext === 'undefined' ? null : new AudioContext()),
    vibrate,
  }),
  clicker: openClicker({
    openStore: openClicks,
    makeId: () => makeId((into) => crypto.getRandomValues(into)),
    storage: storage(),
    vibrate,
    after,
  }),
  kept: openKept(storage()),
  opensAlone,
  openFeed: () =>
    openFeed({
      socket: io('/staff', {
        transports: ['websocket'],
        autoConnect: false,
        reconnectionDelay: reconnectMsMin,
        reconnectionDelayMax: reconnectMsMax,
      }) as StaffSocket,
      nowMs: () => Date.now(),
      later: (run, ms) => void window.setTimeout(run, ms),
      onSessionEnded: session.expired,
    }),
};

window.setInterval(() => {
  nowMs.value = Date.now();
}, tickMs);
window.addEventListener('hashchange', () => {
  view.value = viewOf(location.hash);
});
keepFontsUsed();
void keepPages('/staff/', () => {
  opensAlone.value = 'yes';
}).then((can) => {
  if (!can) opensAlone.value = 'no';
});
render(<StaffPage page={page} />, document.getElementById('page') as HTMLElement);

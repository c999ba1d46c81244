/** Starts the visitor's page: the only file that reaches for the clock, chance, storage and the address bar. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import type { Area } from '../../shared/areas.ts';
import { openKioskLink } from '../link/kiosk-link.ts';
import { keepFiles, keepPages, whenPagesRenewed } from '../link/service-worker.ts';
import '../ui/tokens.css';
import { loadGlyphs } from '../ui/fonts.ts';
import './base.css';
import './screens.css';
import './overlays.css';
import './picture.css';
import './model.css';
import './keep.css';
import { App } from './app.tsx';
import { fetchBeyond, fetchBeyondSoon } from './beyond.tsx';
import { keptFilesOf } from './catalogue.ts';
import { fetchCode } from './code.tsx';
import { cornerHoldMs, cornerMm } from './corner.tsx';
import { listen } from './gestures.ts';
import { startGuide } from './guide.ts';
import { readGlass } from './layout.ts';
import { readOrders } from './orders.ts';
import { recordingOf } from './recordings.ts';
import { type Kiosk, runKiosk } from './run.ts';
import { makeStageHost } from './stage-host.ts';
import type { Theme } from './visit.ts';
import { audioPlayer, browserVoice } from './voice.ts';

/** what could not be kept, the hub being away, is asked for again */
const keepFilesEveryMs = 600_000;

const themeKey = 'harbourlight.theme';
const ordersKey = 'harbourlight.orders';
const glassKey = 'harbourlight.glass';

/** A kiosk may be forbidden to store anything; what staff set then lasts until the reload. */
const stored = {
  read(key: string): string | null {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): boolean {
    try {
      window.localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  theme(): Theme | null {
    const value = stored.read(themeKey);
    return value === 'day' || value === 'night' ? value : null;
  },
};

/** The one-time secret of `/#pair=...`; taken out of the address bar before anything else happens. */
const takeSecret = (): string | null => {
  const secret = /^#pair=([\w-]{16,128})$/.exec(window.location.hash)?.[1] ?? null;
  if (window.location.hash) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return secret;
};

const start = async (): Promise<void> => {
  const secret = takeSecret();
  const root = document.getElementById('kiosk');
  if (!root) throw new Error('The page has no root element.');
  const now = (): number => Date.now();
  const random = (into: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(into);
  const link = await openKioskLink({ origin: window.location.origin, fetch: window.fetch.bind(window), now, random });
  const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  const kiosk: Kiosk = runKiosk(
    link,
    (picks, onFault, onMended) => makeStageHost({ onPick: picks.onPick, onPickArea: (area: Area) => picks.onPickArea(area) }, onFault, onMended),
    {
      now,
      random,
      chance: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
      storedTheme: stored.theme,
      storeTheme: (theme) => stored.write(themeKey, theme),
      storedGlass: () => readGlass(stored.read(glassKey)),
      storeGlass: (glass) => stored.write(glassKey, JSON.stringify(glass)),
      storedOrders: () => readOrders(stored.read(ordersKey)),
      storeOrders: (orders) => stored.write(ordersKey, JSON.stringify(orders)) || console.warn('an order lasts only until the reload on this device'),
      prefersStill: () => stillness.matches,
      reload: () => window.location.reload(),
      picture: async (redraw) => (await import('./screen-picture.ts')).takePicture(redraw),
      glyphs: loadGlyphs,
      voice: browserVoice({
        synth: window.speechSynthesis,
        later: (ms, then) => {
          const timer = setTimeout(then, ms);
          return () => clearTimeout(timer);
        },
        player: audioPlayer(new Audio()),
        recording: (line) => recordingOf(kiosk.catalogue.value?.recordings ?? new Map(), line),
      }),
    },
  );
  render(<App kiosk={kiosk} link={link} />, root);
  const hasVisitors = (): boolean => !kiosk.paused.value && kiosk.emergency.value === null;
  listen(
    {
      touched: (finger) => {
        void fetchBeyond();
        void fetchCode();
        if (hasVisitors()) kiosk.act({ kind: 'touched', finger });
      },
      lifted: (finger) => hasVisitors() && kiosk.act({ kind: 'lifted', finger }),
      pressed: () => {
        void fetchBeyond();
        void fetchCode();
        if (hasVisitors()) kiosk.act({ kind: 'pressed' });
      },
      swiped: kiosk.swiped,
      cornerHeld: () => {
        kiosk.staff.value = true;
      },
      escaped: () => kiosk.visit.value.session !== null && kiosk.act({ kind: 'returned' }),
      pxPerMm: () => kiosk.layout.value.glassPxPerMm,
    },
    { mm: cornerMm, holdMs: cornerHoldMs },
  );
  fetchBeyondSoon(kiosk.stage.state);
  startGuide(kiosk, () => kiosk.glass.value.keys);
  window.addEventListener('resize', kiosk.resized);
  whenPagesRenewed(kiosk.renewed);
  window.addEventListener('pagehide', () => kiosk.act({ kind: 'ended', reason: 'reload' }));
  if (secret !== null) await link.claim(secret);
  const keep = (): void => {
    const catalogue = kiosk.catalogue.value;
    if (catalogue) void keepFiles(keptFilesOf(catalogue));
  };
  effect(keep);
  setInterval(keep, keepFilesEveryMs);
  await kiosk.start();
  await keepPages();
};

void start();

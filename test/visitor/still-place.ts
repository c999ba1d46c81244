/** A place where nothing happens by itself: nothing is kept, nobody speaks, each test changing what it is about. */
import type { KioskPlace } from '../../kiosk/visitor/kiosk-place.ts';
import { readGlass } from '../../kiosk/visitor/layout.ts';

export const stillPlace = (more: Partial<KioskPlace> = {}): KioskPlace => ({
  now: () => Date.now(),
  random: (into) => crypto.getRandomValues(into),
  chance: () => 0.5,
  storedTheme: () => null,
  storeTheme: () => undefined,
  storedOrders: () => ({ paused: false, emergency: null, vote: null }),
  storeOrders: () => undefined,
  storedGlass: () => readGlass(null),
  storeGlass: () => undefined,
  prefersStill: () => false,
  reload: () => undefined,
  picture: async () => '',
  glyphs: () => Promise.resolve(),
  voice: { say: (_line, _volume, done) => queueMicrotask(done), hush: () => undefined },
  ...more,
});

/** Where a kiosk's page runs, as far as it may know: the clock, chance, what the device keeps, and what the browser does for it. */
import type { PublicVote } from '../../shared/vote.ts';
import type { Lang } from '../../shared/words.ts';
import type { Glass } from './layout.ts';
import type { Voice } from './speech.ts';
import type { Theme } from './visit.ts';

/** What staff ordered until they withdraw it; `emergency` null: none; `vote` null: nobody has set it. */
export type Orders = { paused: boolean; emergency: string | null; vote: PublicVote | null };

export type KioskPlace = {
  now(): number;
  random(into: Uint8Array<ArrayBuffer>): Uint8Array;
  /** a number from 0 up to, not including, 1 */
  chance(): number;
  storedTheme(): Theme | null;
  storeTheme(theme: Theme): void;
  /** what staff ordered before a reload; the hub says it again once it is there */
  storedOrders(): Orders;
  storeOrders(orders: Orders): void;
  storedGlass(): Glass;
  storeGlass(glass: Glass): void;
  prefersStill(): boolean;
  reload(): void;
  /** a small picture of the page; `redraw` draws the stage, to be read in the same turn */
  picture(redraw: () => void): Promise<string>;
  /** fetches the glyphs of a text; never rejects */
  glyphs(lang: Lang, text: string): Promise<void>;
  voice: Voice;
};

/** What staff order from afar: what each command does to this kiosk, how long it lasts, and what stays over a reload. */
import { computed, signal } from '@preact/signals';
import type { Command } from '../../shared/command.ts';
import { type PublicVote, readVote } from '../../shared/vote.ts';
import type { KioskPlace, Orders } from './kiosk-place.ts';
import type { EndReason, Theme } from './visit.ts';

const noticeShownMs = 60_000;
const identifyShownMs = 15_000;
/** the acknowledgement leaves before the page does */
const reloadAfterMs = 250;

type Keeping = Pick<KioskPlace, 'now' | 'storedTheme' | 'storeTheme' | 'storedOrders' | 'storeOrders' | 'reload'>;

const noOrders: Orders = { paused: false, emergency: null, vote: null };

/** What staff ordered before a reload, from what this device kept: what does not fit is no order, and the hub says it again. */
export const readOrders = (raw: string | null): Orders => {
  try {
    const { paused, emergency, vote } = JSON.parse(raw ?? '{}') as { [name: string]: unknown };
    return { paused: paused === true, emergency: typeof emergency === 'string' ? emergency : null, vote: readVote(vote) };
  } catch {
    return noOrders;
  }
};

/** `isPaired`: orders of before a reload still hold; a kiosk that is paired no more follows nobody. `end` ends the visit that runs. */
export const makeOrders = (place: Keeping, isPaired: boolean, end: (reason: EndReason) => void) => {
  const stored = isPaired ? place.storedOrders() : noOrders;
  const paused = signal(stored.paused);
  /** what the emergency says, empty: the house's own words; null: there is none */
  const emergency = signal<string | null>(stored.emergency);
  /** how the vote stands, as the hub told last; it goes over a reload as it was told, and the clock turns it */
  let vote = stored.vote;
  const notice = signal<{ text: string; untilMs: number } | null>(null);
  /** the project that staff put forward on the resting screen */
  const spotlight = signal<string | null>(null);
  const theme = signal<Theme>(place.storedTheme() ?? 'night');
  const identifiedMs = signal<number | null>(null);
  const store = (): void => place.storeOrders({ paused: paused.value, emergency: emergency.value, vote });
  const setTheme = (next: Theme): void => {
    theme.value = next;
    place.storeTheme(next);
  };

  return {
    paused,
    emergency,
    notice,
    spotlight,
    theme,
    setTheme,
    vote: (): PublicVote | null => vote,
    /** What the hub tells of the vote, with every tally. */
    hearVote(told: PublicVote | null): void {
      if (JSON.stringify(told) === JSON.stringify(vote)) return;
      vote = told;
      store();
    },
    identified: computed(() => identifiedMs.value !== null),
    /** Whether staff have put something over the screen that is to stay. */
    cover: (): boolean => paused.value || emergency.value !== null || notice.value !== null,
    /** Does what was ordered, at once. */
    follow(command: Exclude<Command, { kind: 'picture' }>): void {
      const atMs = place.now();
      switch (command.kind) {
        case 'notice':
          notice.value = { text: command.text, untilMs: atMs + noticeShownMs };
          return;
        case 'spotlight':
          spotlight.value = command.project;
          return;
        case 'attract':
          spotlight.value = null;
          end('staff');
          return;
        case 'reload':
          end('reload');
          setTimeout(place.reload, reloadAfterMs);
          return;
        case 'pause':
          if (command.on) end('paused');
          paused.value = command.on;
          store();
          return;
        case 'theme':
          setTheme(command.theme);
          return;
        case 'identify':
          identifiedMs.value = atMs;
          return;
        case 'emergency':
          if (command.on) end('emergency');
          emergency.value = command.on ? (command.text ?? '') : null;
          store();
          return;
      }
    },
    /** Takes away what was ordered for a while only. */
    tick(atMs: number): void {
      if (notice.value && atMs > notice.value.untilMs) notice.value = null;
      if (identifiedMs.value !== null && atMs - identifiedMs.value > identifyShownMs) identifiedMs.value = null;
    },
  };
};

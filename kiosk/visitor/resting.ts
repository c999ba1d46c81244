/**
 * The resting screen's turns as they pass: which scene stands, in which language its headline speaks, and what is fetched meanwhile so
 * that it is there when a visitor comes.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Lang } from '../../shared/words.ts';
import type { Catalogue } from './catalogue.ts';
import { fetchCode } from './code.tsx';
import { fetchedPart } from './fetched.ts';
import { restingText, shownText } from './glyphs.ts';
import { langOf, turnAt } from './turns.ts';

/** by then all that is shown has long been there: what draws codes comes too */
const codeTurn = 3;
/** how long a touch on the picture points at the buttons below */
const inviteMs = 1_400;
/** the headline's order: each Chinese next to English */
const HEADLINES: readonly Lang[] = ['zh-HK', 'en', 'zh-CN'];

/**
 * `shown`: what the scenes are made of; null while the whole hill stands with its title. `glyphs` fetches the glyphs of a text and never
 * rejects. Times are the page's own, in ms.
 */
export const makeResting = (shown: ReadonlySignal<Catalogue | null>, glyphs: (lang: Lang, text: string) => Promise<void>, nowMs: number) => {
  const headline = signal<Lang>('zh-HK');
  /** how often the screen has turned since it came to rest */
  const turn = signal(0);
  /** what the scenes are, once the first turn is over */
  const scenes = fetchedPart(() => import('./attract-scenes.tsx'));
  /** whose headline can be set in its own face */
  const legible = new Set<Lang>(['zh-HK']);
  /** the picture was touched: the buttons below are where to begin */
  const invite = signal(false);
  let invitedMs: number | null = null;
  let sinceMs = nowMs;

  const turnTo = (next: number): void => {
    turn.value = next;
    headline.value = langOf(
      next,
      HEADLINES.filter((l) => legible.has(l)),
    );
  };

  return {
    headline,
    /** The scene that stands, with the file that draws it; null: the whole hill with its title. */
    scene: computed(() => {
      const file = scenes.file.value;
      const now = shown.value && file?.sceneAt(shown.value, turn.value);
      return file && now ? { scene: now, file } : null;
    }),
    invite,
    /** Points at the buttons below for a moment. */
    point(): void {
      invite.value = true;
    },
    /** Has come to rest: the first scene stands. */
    begin(atMs: number): void {
      sinceMs = atMs;
      turnTo(0);
    },
    /** Time passes, also while somebody is there: a clock that was set back begins anew. */
    tick(atMs: number): void {
      if (invite.value) invitedMs ??= atMs;
      if (invitedMs !== null && atMs - invitedMs > inviteMs) {
        invite.value = false;
        invitedMs = null;
      }
      if (atMs < sinceMs) sinceMs = atMs;
      const next = turnAt(atMs - sinceMs);
      if (next > 0) void scenes.fetch();
      if (next >= codeTurn) void fetchCode();
      turnTo(next);
    },
    /** Has the glyphs of the resting screen's words come, language by language, then those of all words and names, before they are shown. */
    async spell(catalogue: Catalogue): Promise<void> {
      for (const lang of HEADLINES) {
        await glyphs(lang, restingText(catalogue, lang));
        legible.add(lang);
      }
      for (const lang of HEADLINES) await glyphs(lang, shownText(catalogue, lang));
    },
  };
};

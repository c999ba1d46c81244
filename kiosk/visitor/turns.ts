/** The clock of the resting screen: a turn every eight seconds, six turns a loop; which language a turn's headline speaks. */
import type { Lang } from '../../shared/words.ts';

export const turnMs = 8_000;
export const turnsPerLoop = 6;

/** The turn that stands `passedMs` after the screen came to rest; never below 0. */
export const turnAt = (passedMs: number): number => Math.max(0, Math.floor(passedMs / turnMs));

/**
 * The headline's language: another with every turn, and each loop begins one further than the one before, so that in three loops every
 * scene is told in every language.
 */
export const langOf = (turn: number, langs: readonly Lang[]): Lang => langs[(turn + Math.floor(turn / turnsPerLoop)) % langs.length] ?? 'zh-HK';

/** The floor's dictionaries by language. A key that one of them lacks is a type error. */
import type { Lang } from '../../shared/words.ts';
import { floorEn } from './floor.en.ts';
import { floorZhCN } from './floor.zh-CN.ts';
import { floorZhHK } from './floor.zh-HK.ts';

export type FloorWords = typeof floorZhHK;

const WORDS: { [L in Lang]: FloorWords } = { 'zh-HK': floorZhHK, 'zh-CN': floorZhCN, en: floorEn };

/** What the floor says in `lang`. */
export const floorWords = (lang: Lang): FloorWords => WORDS[lang];

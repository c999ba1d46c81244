/** The dictionaries of the content packs' page by language. A key that one of them lacks is a type error. */
import type { Lang } from '../../shared/words.ts';
import { packsEn } from './packs.en.ts';
import { packsZhCN } from './packs.zh-CN.ts';
import { packsZhHK } from './packs.zh-HK.ts';

export type PacksWords = typeof packsZhHK;

const WORDS: { [L in Lang]: PacksWords } = { 'zh-HK': packsZhHK, 'zh-CN': packsZhCN, en: packsEn };

/** What the page of the content packs says in `lang`. */
export const packsWords = (lang: Lang): PacksWords => WORDS[lang];

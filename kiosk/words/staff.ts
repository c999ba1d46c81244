/** The staff page's dictionaries by language. A key that one of them lacks is a type error. */
import type { Lang } from '../../shared/words.ts';
import { staffEn } from './staff.en.ts';
import { staffZhCN } from './staff.zh-CN.ts';
import { staffZhHK } from './staff.zh-HK.ts';

export type StaffWords = typeof staffZhHK;

const WORDS: { [L in Lang]: StaffWords } = { 'zh-HK': staffZhHK, 'zh-CN': staffZhCN, en: staffEn };

/** The staff page's words in `lang`. */
export const staffWords = (lang: Lang): StaffWords => WORDS[lang];

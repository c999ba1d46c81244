/** The organiser page's dictionaries by language. A key that one of them lacks is a type error. */
import type { Lang } from '../../shared/words.ts';
import { organiserEn } from './organiser.en.ts';
import { organiserZhCN } from './organiser.zh-CN.ts';
import { organiserZhHK } from './organiser.zh-HK.ts';

export type OrganiserWords = typeof organiserZhHK;

const WORDS: { [L in Lang]: OrganiserWords } = { 'zh-HK': organiserZhHK, 'zh-CN': organiserZhCN, en: organiserEn };

/** The organiser page's words in `lang`. */
export const organiserWords = (lang: Lang): OrganiserWords => WORDS[lang];

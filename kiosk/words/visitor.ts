/** The visitor page's dictionaries by language. A key that one of them lacks is a type error. */
import type { Lang } from '../../shared/words.ts';
import { visitorEn } from './visitor.en.ts';
import { visitorZhCN } from './visitor.zh-CN.ts';
import { visitorZhHK } from './visitor.zh-HK.ts';

export type VisitorWords = typeof visitorZhHK;

const WORDS: { [L in Lang]: VisitorWords } = { 'zh-HK': visitorZhHK, 'zh-CN': visitorZhCN, en: visitorEn };

/** The visitor page's words in `lang`. */
export const visitorWords = (lang: Lang): VisitorWords => WORDS[lang];

/** The schemas of languages and of texts in all three; apart from `words`, so that a page needs no schema library for a language. */
import { z } from 'zod';
import { LANGS } from './words.ts';

export const langSchema = z.enum(LANGS);

/** A text of at most `max` UTF-16 units per language. */
export const textSchema = (max: number) => {
  const one = z.string().trim().min(1).max(max);
  return z.strictObject({ 'zh-HK': one, 'zh-CN': one, en: one });
};

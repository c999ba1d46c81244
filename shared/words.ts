/** The three languages of every visitor-facing text, in the fixed order of the start buttons. */
export const LANGS = ['zh-HK', 'zh-CN', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** A text in all three languages; none may be missing or blank. */
export type Text = { [L in Lang]: string };

/** The language that a tag such as `zh-Hant-HK`, `zh_TW`, `zh` or `en-GB` means; null when it is none of ours. */
export const langOf = (tag: string): Lang | null => {
  const t = tag.toLowerCase().replaceAll('_', '-');
  if (t.startsWith('en')) return 'en';
  if (!t.startsWith('zh') && !t.startsWith('yue')) return null;
  return /hant|hk|tw|mo|yue/.test(t) ? 'zh-HK' : 'zh-CN';
};

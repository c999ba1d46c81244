/**
 * The self-hosted fonts. Their CSS names about two hundred slices, of which a browser fetches only those that a text needs. The
 * Hong Kong families come with the page; the mainland ones only when Simplified Chinese is to be seen.
 */
import '@fontsource-variable/noto-sans-hk/index.css';
import '@fontsource-variable/noto-serif-hk/index.css';
import type { Lang } from '../../shared/words.ts';

let simplified: Promise<unknown> | null = null;

const families = (lang: Lang): readonly string[] => (lang === 'zh-CN' ? ['Noto Sans SC Variable', 'Noto Serif SC Variable'] : ['Noto Sans HK Variable', 'Noto Serif HK Variable']);

/**
 * Fetches the slices that hold a text's characters, in both families of its language, so that it appears in one face and weight at once.
 * Never rejects: what could not be had is shown in the system's glyphs.
 */
export const loadGlyphs = async (lang: Lang, text: string): Promise<void> => {
  await loadFonts(lang);
  const once = [...new Set(text)].join('');
  await Promise.allSettled(families(lang).map((family) => document.fonts.load(`1em "${family}"`, once)));
};

/** Makes the families of `lang` known to the page; never rejects: without them the system's glyphs are shown. */
export const loadFonts = (lang: Lang): Promise<void> => {
  if (lang !== 'zh-CN') return Promise.resolve();
  simplified ??= Promise.all([import('@fontsource-variable/noto-sans-sc/index.css'), import('@fontsource-variable/noto-serif-sc/index.css')]);
  return simplified.then(
    () => undefined,
    () => {
      simplified = null; // the hub could not be reached: tried again the next time
    },
  );
};

/** The language of a staff or organiser page: the one chosen on this machine before, else zh-HK. The page's `lang` and fonts follow. */
import { type Signal, signal } from '@preact/signals';
import { LANGS, type Lang } from '../../shared/words.ts';
import { loadFonts } from './fonts.ts';

export const languageKey = 'harbourlight.desk-language';

export type Language = { lang: Signal<Lang>; choose(lang: Lang): void };

const remembered = (storage: Storage | null): Lang | null => {
  try {
    const kept = storage?.getItem(languageKey);
    return LANGS.find((l) => l === kept) ?? null;
  } catch {
    return null; // storage is closed to this page: the default is shown
  }
};

/** `storage` null: nothing is remembered. */
export const openLanguage = (storage: Storage | null, root: HTMLElement): Language => {
  const lang = signal<Lang>(remembered(storage) ?? 'zh-HK');
  const show = (next: Lang): void => {
    root.lang = next;
    void loadFonts(next);
    lang.value = next;
  };
  show(lang.value);
  void loadFonts('zh-CN'); // its switch is always in sight
  return {
    lang,
    choose: (next) => {
      show(next);
      try {
        storage?.setItem(languageKey, next);
      } catch {
        // not kept: the next visit starts in the default language
        return;
      }
    },
  };
};

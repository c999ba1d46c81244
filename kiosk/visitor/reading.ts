/** What is to be read of a page, in the page's own order: its texts, and the names of its controls. What is hidden from readers is not read. */
import { LANGS, type Lang } from '../../shared/words.ts';
import { visitorWords } from '../words/visitor.ts';
import type { Line } from './speech.ts';

const TEXTS = 'h1, h2, p, li, dt, dd, legend, [role="img"]';
const CONTROLS = 'button:not([disabled])';

const langAt = (e: Element): Lang => {
  const tag = e.closest('[lang]')?.getAttribute('lang');
  return LANGS.find((l) => l === tag) ?? 'zh-HK';
};

const skipped = (e: Element): boolean => e.closest('[aria-hidden="true"], [inert], nav, [data-unread]') !== null || !e.checkVisibility();

/** A text as it is said: blanks as one, a number's groups as one number, no blank beside Chinese marks. */
export const asSaid = (text: string): string =>
  text
    .replace(/(?<=\d)\u00a0(?=\d{3}(?!\d))/g, '')
    .replace(/[\s\u00a0\u3000]+/g, ' ')
    .replace(/ (?=[，。：；、）])|(?<=[，。：；、（]) /g, '')
    .trim();

const BREAKS = new Set(['P', 'LI', 'B', 'SPAN', 'DIV', 'H1', 'H2']);

/** The words of an element without those that are hidden from readers; parts stand apart. */
const wordsOf = (e: Element): string => {
  let text = '';
  for (const node of e.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.textContent;
    else if (node instanceof Element && node.getAttribute('aria-hidden') !== 'true' && node.tagName.toLowerCase() !== 'svg')
      text += BREAKS.has(node.tagName) ? ` ${wordsOf(node)} ` : wordsOf(node);
  }
  return asSaid(text);
};

/** The texts under `root` in their order, without controls and what is in them. */
export const linesOf = (root: Element): Line[] => {
  const lines: Line[] = [];
  for (const e of root.querySelectorAll(TEXTS)) {
    if (skipped(e) || e.closest('button') || (e.parentElement?.closest(TEXTS) && e.getAttribute('role') !== 'img')) continue;
    const text = e.getAttribute('role') === 'img' ? (e.getAttribute('aria-label') ?? '') : wordsOf(e);
    if (text !== '' && lines.at(-1)?.text !== text) lines.push({ text, lang: langAt(e) });
  }
  return lines;
};

/** Everything under `root` that a key can reach, in its order. */
export const controlsOf = (root: ParentNode): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(CONTROLS)].filter((e) => e.tabIndex >= 0 && e.checkVisibility() && e.closest('[inert]') === null);

/** A control's name in its own language, and after it whether it is on, where it can be. */
export const nameOf = (e: Element): Line => {
  const name = e.getAttribute('aria-label') ?? wordsOf(e);
  const pressed = e.getAttribute('aria-pressed');
  const lang = langAt(e);
  const { on, off } = visitorWords(lang).access;
  return { text: pressed === null ? name : `${name}${lang === 'en' ? ', ' : '，'}${pressed === 'true' ? on : off}`, lang };
};

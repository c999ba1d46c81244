/** Which texts a language shows, so that their glyphs can be fetched before they are seen. */
import type { Lang } from '../../shared/words.ts';
import { daysText } from '../words/numbers.ts';
import { visitorWords } from '../words/visitor.ts';
import type { Catalogue } from './catalogue.ts';

/** digits, and what stands around them in a date */
const digitsOf = (lang: Lang): string => `0123456789:, ${daysText('2025-04-13', '2026-05-16', lang)}`;

/** The resting screen's words in a language. */
export const restingText = ({ head }: Pick<Catalogue, 'head'>, lang: Lang): string => {
  const { title, attract, start, bar } = visitorWords(lang);
  return digitsOf(lang) + JSON.stringify([title, attract, start, bar.access, attract.lights('1'), attract.asAt('0'), head.name[lang], head.event[lang], head.message[lang]]);
};

/** Every word of the dictionary, and what each project is called and good for. */
export const shownText = ({ content }: Pick<Catalogue, 'content'>, lang: Lang): string =>
  digitsOf(lang) +
  JSON.stringify(visitorWords(lang)) +
  content.packs.map((p) => p.name[lang] + p.message[lang] + p.series.map((s) => s.name[lang]).join('')).join('') +
  content.projects.map((p) => p.name[lang] + p.benefit[lang] + (p.organisation?.[lang] ?? '') + p.figures.map((f) => f.label[lang] + f.unit[lang]).join('')).join('');

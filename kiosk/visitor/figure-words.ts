/** A figure and a sculpture in words: a number never goes without its qualifier, its unit and what it counts. */
import type { Figure, PlacedProject } from '../../shared/pack.ts';
import type { Sculpture } from '../../shared/sculpture.ts';
import type { Lang } from '../../shared/words.ts';
import { dateText, grouped } from '../words/numbers.ts';
import type { VisitorWords } from '../words/visitor.ts';

const nbsp = '\u00a0';

/** The word before the number: 約, 逾, 最多 ...; a duration is 最長. Empty for an exact figure. */
export const qualifierText = (f: Figure, w: VisitorWords): string => (f.qualifier === 'up-to' && f.kind === 'duration' ? w.longest : w.qualifier[f.qualifier]);

/** A percent sign clings to its number; every other unit stands apart. */
export const clings = (unit: string): boolean => unit === '%';

/** `約 90 分鐘`, `about 90 minutes`: a value of this figure's with its unit. */
export const valueText = (f: Figure, value: number, lang: Lang): string => grouped(value) + (clings(f.unit[lang]) ? '' : nbsp) + f.unit[lang];

/** The whole figure in one line, for a screen reader. */
export const figureText = (f: Figure, lang: Lang, w: VisitorWords): string => [qualifierText(f, w), valueText(f, f.value, lang), f.label[lang]].filter(Boolean).join(' ');

const find = (p: PlacedProject, id: string): Figure | undefined => p.figures.find((f) => f.id === id);

/** The legend's parts: what one cell stands for, and that lengths start at zero; for a seal, that it is no data. */
export const legendParts = (p: PlacedProject, s: Sculpture, lang: Lang, w: VisitorWords): string[] => {
  switch (s.archetype) {
    case 'lattice':
    case 'tower': {
      const unit = find(p, s.figure)?.unit[lang] ?? '';
      const of = s.archetype === 'tower' ? 'floor' : 'block';
      const text = s.cells.unit === 1 ? w.sculpture.each(of, unit) : w.sculpture[of](grouped(s.cells.unit), unit);
      return [text, w.sculpture.zero];
    }
    case 'skyline':
      return [w.sculpture.bar, w.sculpture.zero];
    case 'before-after':
      return [w.sculpture.pair, w.sculpture.zero];
    case 'rings':
      return [w.sculpture.ring];
    case 'petals':
      return [w.sculpture.petal];
    case 'seal':
      return [w.sculpture.seal];
  }
};

/** The legend in one line: peers by a full-width space in Chinese, as sentences in English. */
export const legendText = (parts: readonly string[], lang: Lang): string => (lang === 'en' && parts.length > 1 ? `${parts.join('. ')}.` : parts.join('\u3000'));

/** What the sculpture shows, for those who don't see it. */
export const sculptureAlt = (p: PlacedProject, s: Sculpture, lang: Lang, w: VisitorWords): string => {
  const alt = w.sculpture.alt;
  switch (s.archetype) {
    case 'lattice':
    case 'tower': {
      const f = find(p, s.figure);
      return f
        ? alt[s.archetype === 'tower' ? 'floors' : 'cells'](grouped(s.cells.whole + s.cells.part), legendParts(p, s, lang, w)[0] ?? '', f.label[lang], valueText(f, f.value, lang))
        : '';
    }
    case 'skyline': {
      const [first, last] = [s.bars[0], s.bars.at(-1)];
      return first && last ? alt.skyline(grouped(s.bars.length), `${dateText(first.t, lang)} ${grouped(first.v)}`, `${dateText(last.t, lang)} ${grouped(last.v)}`) : '';
    }
    case 'before-after': {
      const f = find(p, s.figure);
      return f ? alt.pair(f.label[lang], valueText(f, s.before, lang), valueText(f, s.after, lang)) : '';
    }
    case 'rings':
    case 'petals': {
      const ids = s.archetype === 'rings' ? s.rings.map((r) => r.figure) : s.petals.map((r) => r.figure);
      return ids
        .flatMap((id) => find(p, id) ?? [])
        .map((f) => figureText(f, lang, w))
        .join(lang === 'en' ? '; ' : '；');
    }
    case 'seal':
      return w.sculpture.seal;
  }
};

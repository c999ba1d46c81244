/** Five questions out of the content: a sentence or a figure that it states, and three of its projects, one of which it is about. */
import type { PlacedProject } from '../../shared/pack.ts';
import { LANGS } from '../../shared/words.ts';

export const questionsPerQuiz = 5;
export const optionsPerQuestion = 3;

/** `about`: the sentence that says what it does for you, or a figure by its id. `options` are projects, one of them the right one. */
export type Question = { project: string; about: 'benefit' | { figure: string }; options: readonly string[] };

/** Whether a wrong option could be right as well: the same name or the same sentence in any language. */
const alike = (a: PlacedProject, b: PlacedProject): boolean => LANGS.some((l) => a.name[l] === b.name[l] || a.benefit[l] === b.benefit[l]);

/** What won an award or took part in a contest is often told by that alone: none of its like stands beside it. */
const isKin = (a: PlacedProject, b: PlacedProject): boolean => a.standing === b.standing && (a.standing === 'award' || a.standing === 'team');

/** Whether a text gives its project away: its name stands in it. */
const tells = (text: string, p: PlacedProject, lang: (typeof LANGS)[number]): boolean => text.toLowerCase().includes(p.name[lang].toLowerCase());

/** Takes `n` of a list by chance, each at most once; `chance` gives a number of [0, 1). */
const draw = <T>(from: readonly T[], n: number, chance: () => number): T[] => {
  const rest = [...from];
  const drawn: T[] = [];
  while (drawn.length < n && rest.length > 0) drawn.push(...rest.splice(Math.floor(chance() * rest.length), 1));
  return drawn;
};

/** Questions about different projects; fewer than five, or none, where the content has too few that can be told apart. */
export const makeQuiz = (projects: readonly PlacedProject[], chance: () => number): Question[] => {
  const askable = projects.filter((p) => LANGS.every((l) => !tells(p.benefit[l], p, l)));
  const questions: Question[] = [];
  for (const p of draw(askable, askable.length, chance)) {
    if (questions.length >= questionsPerQuiz) break;
    const figure = p.figures.find((f) => LANGS.every((l) => !tells(f.label[l], p, l)));
    const about = questions.length % 2 === 1 && figure ? { figure: figure.id } : ('benefit' as const);
    const others = draw(
      projects.filter((o) => o.id !== p.id && !alike(o, p) && !isKin(o, p)),
      optionsPerQuestion - 1,
      chance,
    );
    if (others.length < optionsPerQuestion - 1) continue;
    questions.push({ project: p.id, about, options: draw([p, ...others], optionsPerQuestion, chance).map((o) => o.id) });
  }
  return questions;
};

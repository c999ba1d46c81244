/**
 * What a visitor leaves with and leaves behind: the projects collected, one vote, a quiz of five questions, how the visit was. Pure, part of
 * the visit's state, gone with it at the reset. A vote may be changed until the visit ends and is told then, with the choices that it replaced.
 */
import { listMax } from '../../shared/links.ts';
import type { Rating } from '../../shared/ratings.ts';
import type { Question } from './quiz.ts';

/** as many choices as stand on one screen */
export const ballotMax = 7;
export const seenMax = 64;
/** choices told besides the last one: any of them may be the last before a close that the kiosk has not heard of */
export const replacedMax = 3;

type Choice = { project: string; atMs: number };

export type Keep = {
  saved: readonly string[];
  /** told as saved already: once a project and visit, however often it is taken out and put back */
  told: readonly string[];
  /** projects that were opened, the latest first */
  seen: readonly string[];
  vote: Choice | null;
  /** the choices before it, the oldest first */
  replaced: readonly Choice[];
  rated: { rating: Rating; atMs: number } | null;
  quiz: { questions: readonly Question[]; at: number /** the option picked for each question answered */; picks: readonly string[] } | null;
};
export const emptyKeep: Keep = { saved: [], told: [], seen: [], vote: null, replaced: [], rated: null, quiz: null };

export type KeepAct =
  | { kind: 'save'; project: string }
  | { kind: 'drop'; project: string }
  | { kind: 'clear' }
  | { kind: 'vote'; project: string }
  | { kind: 'rate'; rating: Rating }
  | { kind: 'ask'; questions: readonly Question[] }
  | { kind: 'answer'; pick: string }
  | { kind: 'next' };

/** A fact of a keep, still without its session and time. */
export type KeepFact = { kind: 'project.saved'; project: string } | { kind: 'quiz.answered'; project: string; right: boolean };

/** What may be voted for: what was collected, then what was opened. */
export const ballotOf = (k: Keep): string[] => [...new Set([...k.saved, ...k.seen])].slice(0, ballotMax);

/** The keep after an act, and what is told of it. The same object where nothing changes. */
export const keepStep = (k: Keep, act: KeepAct, atMs: number): { keep: Keep; facts: KeepFact[] } => {
  const to = (more: Partial<Keep>, facts: KeepFact[] = []) => ({ keep: { ...k, ...more }, facts });
  switch (act.kind) {
    case 'save': {
      if (k.saved.includes(act.project) || k.saved.length >= listMax) return { keep: k, facts: [] };
      const first = !k.told.includes(act.project);
      return to({ saved: [...k.saved, act.project], told: first ? [...k.told, act.project] : k.told }, first ? [{ kind: 'project.saved', project: act.project }] : []);
    }
    case 'drop':
      return k.saved.includes(act.project) ? to({ saved: k.saved.filter((p) => p !== act.project) }) : { keep: k, facts: [] };
    case 'clear':
      return to({ saved: [] });
    case 'vote':
      if (k.vote?.project === act.project) return { keep: k, facts: [] };
      return to({ vote: { project: act.project, atMs }, replaced: k.vote ? [...k.replaced, k.vote].slice(-replacedMax) : k.replaced });
    case 'rate':
      return to({ rated: { rating: act.rating, atMs } });
    case 'ask':
      return to({ quiz: { questions: act.questions, at: 0, picks: [] } });
    case 'answer': {
      const question = k.quiz?.questions[k.quiz.at];
      if (!k.quiz || !question || k.quiz.picks.length > k.quiz.at || !question.options.includes(act.pick)) return { keep: k, facts: [] };
      return to({ quiz: { ...k.quiz, picks: [...k.quiz.picks, act.pick] } }, [{ kind: 'quiz.answered', project: question.project, right: act.pick === question.project }]);
    }
    case 'next':
      if (!k.quiz || k.quiz.picks.length <= k.quiz.at) return { keep: k, facts: [] };
      return to({ quiz: { ...k.quiz, at: k.quiz.at + 1 } });
  }
};

/** The keep with a project that was opened. */
export const withSeen = (k: Keep, project: string): Keep => (k.seen[0] === project ? k : { ...k, seen: [project, ...k.seen.filter((p) => p !== project)].slice(0, seenMax) });

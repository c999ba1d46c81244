/** K8: five questions without a clock. Each answer shows the project; the end shows three to look at, and no score. */
import type { PlacedProject } from '../../shared/pack.ts';
import { CheckIcon, CrossIcon, ForwardIcon, QuizIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import { areaClass, type Desk, projectScreen } from './desk.ts';
import { figureText } from './figure-words.ts';
import { Hill } from './hill.tsx';
import { Bar, Heading, Mark, View } from './parts.tsx';
import type { Question } from './quiz.ts';

const recommendedMax = 3;

const projectOf = (desk: Desk, id: string): PlacedProject | undefined => desk.catalogue.places.get(id)?.project;

const open = (desk: Desk, id: string): void => {
  const place = desk.catalogue.places.get(id);
  if (place) desk.go(projectScreen(place.trail.id, place.project, 'quiz'));
};

/** The statement that is asked about, as the content has it. */
const Statement = ({ desk, question, project }: { desk: Desk; question: Question; project: PlacedProject }) => {
  const { about } = question;
  const figure = about === 'benefit' ? undefined : project.figures.find((f) => f.id === about.figure);
  return <p class="quiz-statement">{figure ? figureText(figure, desk.lang, desk.w) : project.benefit[desk.lang]}</p>;
};

const Asked = ({ desk, question, at, of, pick }: { desk: Desk; question: Question; at: number; of: number; pick: string | undefined }) => {
  const { w, lang, act } = desk;
  const project = projectOf(desk, question.project);
  if (!project) return null;
  return (
    <>
      <section class="label quiz-label">
        <Heading about={`quiz ${at}`} className="quiz-at" level={2}>
          {w.quiz.at(grouped(at + 1), grouped(of))}
        </Heading>
        <p class="quiz-ask">{question.about === 'benefit' ? w.quiz.benefit : w.quiz.figure}</p>
        <Statement desk={desk} question={question} project={project} />
        <p class="quiz-told" role="status">
          {pick !== undefined && (
            <>
              {pick === question.project ? <CheckIcon /> : <CrossIcon />}
              <b>{pick === question.project ? w.quiz.right : w.quiz.wrong}</b> {w.quiz.answer(project.name[lang])}
            </>
          )}
        </p>
      </section>
      <div class="acts quiz-acts">
        <div class="options">
          {question.options.map((id) => {
            const option = projectOf(desk, id);
            const shown = pick !== undefined && (id === question.project ? 'is-right' : id === pick ? 'is-wrong' : '');
            return (
              option && (
                <button
                  type="button"
                  key={id}
                  class={`choice ${shown || ''}`}
                  aria-disabled={pick !== undefined}
                  onClick={() => act({ kind: 'kept', act: { kind: 'answer', pick: id } })}
                >
                  {shown === 'is-right' && <CheckIcon />}
                  {shown === 'is-wrong' && <CrossIcon />}
                  <span>{option.name[lang]}</span>
                </button>
              )
            );
          })}
        </div>
        <div class="main-row">
          <button type="button" class="btn" disabled={pick === undefined} onClick={() => open(desk, question.project)}>
            {w.quiz.see}
          </button>
          <button type="button" class="btn primary" disabled={pick === undefined} onClick={() => act({ kind: 'kept', act: { kind: 'next' } })}>
            {at + 1 < of ? w.quiz.next : w.quiz.finish}
            <ForwardIcon />
          </button>
        </div>
      </div>
    </>
  );
};

const Ended = ({ desk, questions, picks }: { desk: Desk; questions: readonly Question[]; picks: readonly string[] }) => {
  const { w, lang } = desk;
  // what was missed is the most worth a look
  const missed = questions.filter((q, i) => picks[i] !== q.project);
  const shown = [...missed, ...questions.filter((q) => !missed.includes(q))].slice(0, recommendedMax).flatMap((q) => projectOf(desk, q.project) ?? []);
  return (
    <>
      <section class="label quiz-label">
        <Heading about="quiz end" className="song">
          {w.quiz.done}
        </Heading>
        <p class="quiz-ask">{w.quiz.recommend}</p>
      </section>
      <div class="acts quiz-acts">
        <div class="options">
          {shown.map((p) => (
            <button type="button" key={p.id} class={`choice ${areaClass(p.area)}`} onClick={() => open(desk, p.id)}>
              <Mark area={p.area} lang={lang} />
              <span>{p.name[lang]}</span>
              <ForwardIcon />
            </button>
          ))}
        </div>
        <div class="main-row">
          <button type="button" class="btn" onClick={desk.newQuiz}>
            <QuizIcon />
            {w.quiz.again}
          </button>
          <button type="button" class="btn primary" onClick={() => desk.go({ kind: 'hill' })}>
            {w.bar.map}
            <ForwardIcon />
          </button>
        </div>
      </div>
    </>
  );
};

export const Quiz = ({ desk }: { desk: Desk }) => {
  const quiz = desk.visit.keep.quiz;
  if (!quiz) return <Hill desk={desk} />;
  const question = quiz.questions[quiz.at];
  return (
    <main class="screen quiz">
      <View desk={desk} />
      {question ? (
        <Asked desk={desk} question={question} at={quiz.at} of={quiz.questions.length} pick={quiz.picks[quiz.at]} />
      ) : (
        <Ended desk={desk} questions={quiz.questions} picks={quiz.picks} />
      )}
      <Bar desk={desk} />
    </main>
  );
};

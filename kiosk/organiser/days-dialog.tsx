/** Sets the days of the show and their opening times; saving counts all totals again under the new hours. */
import { useState } from 'preact/hooks';
import { addDays } from '../../shared/hongkong-time.ts';
import type { ShowDay } from '../../shared/pack.ts';
import type { Failure, Outcome } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import type { Say } from './cells.ts';
import { type DayLine, daysOfLines, linesOf, nextLine } from './days-edit.ts';

const TYPES = ['public', 'trade', 'press', 'private'] as const;

type LineProps = { line: DayLine; say: Say; change(line: DayLine): void; remove(): void };
const LineFields = ({ line, say: { w }, change, remove }: LineProps) => (
  <fieldset class="day-line">
    <legend class="unseen">{line.day}</legend>
    <label>
      <span>{w.days.day}</span>
      <input type="date" required value={line.day} onInput={(e) => change({ ...line, day: e.currentTarget.value })} />
    </label>
    <label>
      <span>{w.days.from}</span>
      <input class="clock-field" inputMode="numeric" maxLength={5} required value={line.from} onInput={(e) => change({ ...line, from: e.currentTarget.value })} />
    </label>
    <label>
      <span>{w.days.to}</span>
      <input class="clock-field" inputMode="numeric" maxLength={5} required value={line.to} onInput={(e) => change({ ...line, to: e.currentTarget.value })} />
    </label>
    <label>
      <span>{w.days.type}</span>
      <select value={line.type} onChange={(e) => change({ ...line, type: TYPES.find((t) => t === e.currentTarget.value) ?? 'public' })}>
        {TYPES.map((t) => (
          <option key={t} value={t}>
            {w.days.types[t]}
          </option>
        ))}
      </select>
    </label>
    <label class="tick">
      <input type="checkbox" checked={line.counted} onChange={() => change({ ...line, counted: !line.counted })} />
      <span>{w.days.counted}</span>
    </label>
    <button type="button" class="btn small" aria-label={w.days.remove(line.day)} onClick={remove}>
      ×
    </button>
  </fieldset>
);

type Props = { days: readonly ShowDay[]; today: string; say: Say; save(days: ShowDay[]): Promise<Outcome<object>>; close(): void };

export const DaysDialog = ({ days, today, say, save, close }: Props) => {
  const { w, d } = say;
  const [lines, setLines] = useState(() => linesOf(days));
  const [told, setTold] = useState<Failure | { wrong: string } | 'too-many' | 'saved' | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const read = daysOfLines(lines);
    if (read === 'too-many' || 'wrong' in read) return setTold(read);
    const answer = await save(read.days);
    setTold(answer.ok ? 'saved' : answer);
  };
  const change = (line: DayLine): void => {
    setTold(null);
    setLines(lines.map((l) => (l.key === line.key ? line : l)));
  };
  return (
    <Dialog title={w.days.edit} d={d} close={close} wide>
      <p class="note">{w.days.note}</p>
      <form onSubmit={submit} noValidate>
        {lines.length === 0 && <p>{w.days.none}</p>}
        {lines.map((line) => (
          <LineFields key={line.key} line={line} say={say} change={change} remove={() => setLines(lines.filter((l) => l.key !== line.key))} />
        ))}
        <div class="row">
          <button type="button" class="btn" onClick={() => setLines([...lines, nextLine(lines, today, (day) => (day === '' ? today : addDays(day, 1)))])}>
            {w.days.add}
          </button>
          {lines.length > 0 && (
            <button type="button" class="btn" onClick={() => setLines([])}>
              {w.days.clear}
            </button>
          )}
        </div>
        <div role="status">
          {told === 'saved' && <p class="good">{w.days.saved}</p>}
          {told === 'too-many' && <p class="fault">{w.days.tooMany}</p>}
          {told !== null && typeof told === 'object' && ('wrong' in told ? <p class="fault">{w.days.wrong(told.wrong)}</p> : <FailureNote failed={told} d={d} />)}
        </div>
        <button type="submit" class="btn primary">
          {w.days.save}
        </button>
      </form>
    </Dialog>
  );
};

/** The days that the totals are of: two dates, the whole show, or today. */
import { useEffect, useState } from 'preact/hooks';
import type { Say } from './cells.ts';
import type { DayRange } from './downloads.ts';

/** `shown` is what the hub answered for; `range` what was asked, where null is as far as there are data. */
type Props = { range: DayRange; shown: { from: string; to: string } | null; today: string; say: Say; choose(range: DayRange): void };

export const RangeForm = ({ range, shown, today, say: { w }, choose }: Props) => {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setFrom(range.from ?? shown?.from ?? '');
    setTo(range.to ?? shown?.to ?? '');
  }, [range.from, range.to, shown?.from, shown?.to]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const bad = from !== '' && to !== '' && from > to;
    setWrong(bad);
    if (!bad) choose({ from: from || null, to: to || null });
  };
  const whole = range.from === null && range.to === null;
  const onlyToday = range.from === today && range.to === today;
  return (
    <form class="range" onSubmit={submit} aria-label={w.range.title} noValidate>
      <fieldset class="seg">
        <legend class="unseen">{w.range.title}</legend>
        <button type="button" aria-pressed={whole} onClick={() => choose({ from: null, to: null })}>
          {w.range.all}
        </button>
        <button type="button" aria-pressed={onlyToday} onClick={() => choose({ from: today, to: today })}>
          {w.range.today}
        </button>
      </fieldset>
      <label>
        <span>{w.range.from}</span>
        <input type="date" value={from} onInput={(e) => setFrom(e.currentTarget.value)} />
      </label>
      <label>
        <span>{w.range.to}</span>
        <input type="date" value={to} onInput={(e) => setTo(e.currentTarget.value)} />
      </label>
      <button type="submit" class="btn">
        {w.range.apply}
      </button>
      <div role="alert">{wrong && <p class="fault">{w.range.wrong}</p>}</div>
    </form>
  );
};

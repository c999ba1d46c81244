/** The doors with what counts there, in and out today, and how old each one's data are. Outer doors first. */
import type { Live } from '../../shared/live.ts';
import type { ShowcaseNames } from '../../shared/wire.ts';
import { Num } from '../ui/figure.tsx';
import { staleMs } from '../ui/freshness.ts';
import { agoText } from '../words/desk.ts';
import { nameOf, type Say } from './say.ts';

export type DoorLive = Live['points'][number];
export const outerFirst = (points: readonly DoorLive[]): DoorLive[] => [...points.filter((p) => p.perimeter), ...points.filter((p) => !p.perimeter)];

/** What counts at a door, as a tag with a word. */
export const SourceTag = ({ source, say: { w } }: { source: string | null; say: Say }) => {
  if (source === null) return <span class="tag none">{w.doors.unset}</span>;
  return source === 'clicker' ? <span class="tag h">{w.doors.clicker}</span> : <span class="tag s">{w.doors.sensor}</span>;
};

type Props = { live: Live | null; names: ShowcaseNames | null; nowMs: number; most: number; say: Say };

export const DoorsPanel = ({ live, names, nowMs, most, say }: Props) => {
  const { w, d, lang } = say;
  const doors = outerFirst(live?.points ?? []);
  return (
    <section class="panel doors">
      <h2>
        {w.doors.title} <small>{w.doors.today}</small>
      </h2>
      <ul class="door-list">
        {doors.slice(0, most).map((p) => {
          const age = p.heardMs === null ? null : nowMs - p.heardMs;
          return (
            <li key={p.id} class={`dr ${age === null || age > staleMs ? 'late' : ''}`}>
              <span class="nm">
                {nameOf(names?.points, p.id, lang)}
                <small>
                  {!p.perimeter && `${w.doors.inner} `}
                  {age === null ? w.doors.never : agoText(age, d)}
                </small>
              </span>
              <span>
                <SourceTag source={p.source} say={say} />
              </span>
              <span>
                <em>{w.doors.in}</em>
                <b>
                  <Num of={age === null ? null : p.entries} />
                </b>
              </span>
              <span>
                <em>{w.doors.out}</em>
                <b>
                  <Num of={age === null ? null : p.exits} />
                </b>
              </span>
            </li>
          );
        })}
      </ul>
      {live === null && <p class="sub">—</p>}
      {doors.length > most && <p class="sub">{w.doors.more(String(doors.length - most))}</p>}
    </section>
  );
};

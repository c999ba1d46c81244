/** The tables of the chosen grouping, the reconciliation under them, and the choice of grouping above. */
import { type Attendance, GROUPINGS, type Grouping, type Reconciliation } from '../../shared/attendance.ts';
import { signed } from '../ui/figure.tsx';
import { grouped } from '../words/numbers.ts';
import type { Names, Say } from './cells.ts';
import { DayTable } from './day-table.tsx';
import { HeatTable } from './heat-table.tsx';
import { PlainTable } from './plain-table.tsx';
import type { Tables } from './reading.ts';

const useColumns = ['day', 'sessions', 'engagedSessions', 'projectViews', 'shown', 'scanned'] as const;

export const GroupingTabs = ({ by, say: { w }, choose }: { by: Grouping; say: Say; choose(by: Grouping): void }) => (
  <fieldset class="seg groupings">
    <legend class="unseen">{w.by.title}</legend>
    {GROUPINGS.map((g) => (
      <button key={g} type="button" aria-pressed={g === by} onClick={() => choose(g)}>
        {w.by[g]}
      </button>
    ))}
  </fieldset>
);

export const ReconciliationLine = ({ of, say: { w } }: { of: Reconciliation; say: Say }) => {
  const text = (n: number): string => grouped(n);
  return (
    <section class="reconciliation">
      <h2>{w.reconciliation.title}</h2>
      <p class={of.check === 0 ? '' : 'fault'}>
        {w.reconciliation.line({
          received: text(of.received),
          duplicates: text(of.duplicates),
          quarantined: text(of.quarantined),
          shadow: text(of.shadow),
          outside: text(of.outside),
          staff: text(of.staff),
          accepted: text(of.accepted),
          check: text(of.check),
        })}
      </p>
      <p>{w.reconciliation.visits(text(of.accepted), signed(of.corrections), text(of.visits))}</p>
    </section>
  );
};

type Props = { by: Grouping; tables: Tables; today: string; mayClose: boolean; close(day: string): void; names: Names; say: Say };

const Heading = ({ text, note }: { text: string; note: string }) => (
  <h2>
    {text} <small>{note}</small>
  </h2>
);

const Heat = ({ attendance, names, say }: { attendance: Attendance; names: Names; say: Say }) => (
  <section>
    <Heading text={say.w.heat.title} note={say.w.heat.note} />
    <HeatTable attendance={attendance} names={names} say={say} />
  </section>
);

export const TablesOf = ({ by, tables, today, mayClose, close, names, say }: Props) => {
  const { w, d } = say;
  const shown = tables[by];
  if (!shown) return <p class="note">{d.loading}</p>;
  if (by === 'day')
    return (
      <>
        <section>
          <Heading text={w.by.day} note={w.note.day} />
          <DayTable attendance={shown} today={today} mayClose={mayClose} close={close} names={names} say={say} />
        </section>
        {tables.hour && <Heat attendance={tables.hour} names={names} say={say} />}
        <section>
          <Heading text={w.kiosksByDay} note={w.note.kiosk} />
          <PlainTable attendance={shown} columns={useColumns} bar="sessions" title={w.kiosksByDay} names={names} say={say} />
        </section>
      </>
    );
  return (
    <>
      {by === 'hour' && <Heat attendance={shown} names={names} say={say} />}
      <section>
        <Heading text={w.by[by]} note={w.note[by]} />
        <PlainTable attendance={shown} title={w.by[by]} names={names} say={say} />
      </section>
    </>
  );
};

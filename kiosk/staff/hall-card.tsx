/** People in the hall: a count of heads from which occupancy goes on, the safe capacity, and rehearsals. */
import { useRef, useState } from 'preact/hooks';
import type { Live } from '../../shared/live.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { Failure, Outcome } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import type { DeskActs } from './desk-acts.ts';
import type { Say } from './say.ts';

type Props = { live: Live; role: Role; acts: Pick<DeskActs, 'countHeads' | 'setCapacity' | 'rehearse'>; say: Say };
type Told = Failure | 'saved' | 'need' | null;

/** One number and what becomes of it. */
const NumberForm = ({
  label,
  note,
  button,
  optional,
  value,
  save,
  say,
}: {
  label: string;
  note: string;
  button: string;
  optional: boolean;
  value: number | null;
  save(people: number | null): Promise<Outcome<object>>;
  say: Say;
}) => {
  const [told, setTold] = useState<Told>(null);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    const people = text === '' ? null : Number(text);
    if (people === null ? !optional : !Number.isInteger(people) || people < 0) {
      setTold('need');
      field.current?.focus();
      return;
    }
    const answer = await save(people);
    setTold(answer.ok ? 'saved' : answer);
  };
  return (
    <form onSubmit={submit}>
      <div class="row grow">
        <label>
          <span>{label}</span>
          <input ref={field} inputMode="numeric" pattern="[0-9]*" autocomplete="off" defaultValue={value === null ? '' : String(value)} />
        </label>
        <button type="submit" class="btn">
          {button}
        </button>
      </div>
      <p class="note">{note}</p>
      <div role="status">
        {told === 'saved' ? <p class="good">{say.f.hall.saved}</p> : told === 'need' ? <p class="fault">{say.f.hall.need}</p> : <FailureNote failed={told} d={say.d} />}
      </div>
    </form>
  );
};

export const HallCard = ({ live, role, acts, say }: Props) => {
  const { f } = say;
  const [failed, setFailed] = useState<Failure | null>(null);
  const rehearse = async (): Promise<void> => {
    const answer = await acts.rehearse(live.showcase, !live.hall.rehearsing);
    setFailed(answer.ok ? null : answer);
  };
  return (
    <section class="card">
      <h2>{f.hall.title}</h2>
      {can(role, 'heads.count') && (
        <NumberForm
          label={f.hall.heads}
          note={f.hall.headsNote}
          button={f.hall.headsSave}
          optional={false}
          value={null}
          save={(people) => acts.countHeads(live.showcase, people ?? 0)}
          say={say}
        />
      )}
      {can(role, 'capacity.set') && (
        <NumberForm
          label={f.hall.capacity}
          note={f.hall.capacityNote}
          button={f.hall.capacitySave}
          optional
          value={live.hall.capacity}
          save={(people) => acts.setCapacity(live.showcase, people)}
          say={say}
        />
      )}
      {can(role, 'rehearsal.set') && (
        <div class="part">
          <h3>{f.rehearsal.title}</h3>
          <p class="note">{f.rehearsal.note}</p>
          <button type="button" class="btn" aria-pressed={live.hall.rehearsing} onClick={() => void rehearse()}>
            {live.hall.rehearsing ? f.rehearsal.off : f.rehearsal.on}
          </button>
          <div role="status">
            {live.hall.rehearsing && <p class="fault">{f.rehearsal.running}</p>}
            <FailureNote failed={failed} d={say.d} />
          </div>
        </div>
      )}
    </section>
  );
};

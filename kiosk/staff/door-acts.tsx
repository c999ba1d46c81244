/** What supervisors may do at a door: change what counts from now on, and record a correction beside the counts. */
import { useRef, useState } from 'preact/hooks';
import { unapprovedCorrectionMax } from '../../shared/counting.ts';
import { hourMs, rfc3339 } from '../../shared/hongkong-time.ts';
import type { DeviceView } from '../../shared/wire.ts';
import type { Failure, Outcome } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { shortClockText } from '../words/desk.ts';
import type { DoorLive } from './panel-doors.tsx';
import type { Say } from './say.ts';

/** hours back that a correction can be made for from here */
export const correctionHoursMax = 24;

/** Changes what counts at a door from now on. */
export const SwitchSource = ({
  door,
  devices,
  title,
  switchTo,
  close,
  say: { w, d },
}: {
  door: DoorLive;
  devices: readonly DeviceView[];
  title: string;
  switchTo(source: 'sensor' | 'clicker'): Promise<Outcome<object>>;
  close(): void;
  say: Say;
}) => {
  const [failed, setFailed] = useState<Failure | null>(null);
  const sensor = devices.some((v) => v.kind === 'counter' && v.point === door.id);
  const go = async (source: 'sensor' | 'clicker'): Promise<void> => {
    const answer = await switchTo(source);
    if (answer.ok) close();
    else setFailed(answer);
  };
  return (
    <Dialog title={title} d={d} close={close}>
      <p>{w.doors.switchNote}</p>
      <FailureNote failed={failed} d={d} />
      {door.source === 'clicker' ? (
        sensor ? (
          <button type="button" class="btn primary" onClick={() => void go('sensor')}>
            {w.doors.useSensor}
          </button>
        ) : (
          <p class="note">{w.doors.noSensor}</p>
        )
      ) : (
        <button type="button" class="btn primary" onClick={() => void go('clicker')}>
          {w.doors.useClicker}
        </button>
      )}
    </Dialog>
  );
};

const whole = (field: HTMLInputElement | null): number => Math.trunc(Number(field?.value || 0));

/** A signed correction of one hour at one door, with its reason. */
export const CorrectCount = ({
  title,
  nowMs,
  save,
  close,
  say: { w, d },
}: {
  title: string;
  nowMs: number;
  save(correction: { hour: string; in: number; out: number; reason: string; approver?: { name: string; passphrase: string } }): Promise<Outcome<object>>;
  close(): void;
  say: Say;
}) => {
  const [told, setTold] = useState<Failure | 'saved' | null>(null);
  const [large, setLarge] = useState(false);
  const [second, passphrase] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const [plusIn, plusOut, reason, hour] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null), useRef<HTMLSelectElement>(null)];
  const hours = Array.from({ length: correctionHoursMax }, (_, i) => Math.floor(nowMs / hourMs) * hourMs - i * hourMs);
  const size = (): void => setLarge(Math.max(Math.abs(whole(plusIn.current)), Math.abs(whole(plusOut.current))) > unapprovedCorrectionMax);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await save({
      hour: hour.current?.value ?? '',
      in: whole(plusIn.current),
      out: whole(plusOut.current),
      reason: reason.current?.value.trim() ?? '',
      ...(large && { approver: { name: second.current?.value.trim() ?? '', passphrase: passphrase.current?.value ?? '' } }),
    });
    if (passphrase.current) passphrase.current.value = '';
    setTold(answer.ok ? 'saved' : answer);
  };
  return (
    <Dialog title={title} d={d} close={close}>
      <p class="note">{w.doors.correctNote}</p>
      <form onSubmit={submit}>
        <label>
          <span>{w.doors.hour}</span>
          <select ref={hour}>
            {hours.map((at) => (
              <option key={at} value={rfc3339(at)}>
                {rfc3339(at).slice(5, 10)} {shortClockText(at)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{w.doors.plusIn}</span>
          <input ref={plusIn} type="number" step="1" defaultValue="0" onInput={size} />
        </label>
        <label>
          <span>{w.doors.plusOut}</span>
          <input ref={plusOut} type="number" step="1" defaultValue="0" onInput={size} />
        </label>
        <label>
          <span>{w.doors.reason}</span>
          <input ref={reason} required minLength={3} maxLength={500} />
        </label>
        {large && (
          <fieldset class="second">
            <legend>{w.doors.second}</legend>
            <p class="note">{w.doors.secondNote}</p>
            <label>
              <span>{w.doors.secondName}</span>
              <input ref={second} required autoComplete="off" maxLength={200} />
            </label>
            <label>
              <span>{w.doors.secondPassphrase}</span>
              <input ref={passphrase} required type="password" autoComplete="off" />
            </label>
          </fieldset>
        )}
        <div role="status">{told === 'saved' ? <p class="good">{w.doors.saved}</p> : <FailureNote failed={told} d={d} />}</div>
        <button type="submit" class="btn primary">
          {w.doors.save}
        </button>
      </form>
    </Dialog>
  );
};

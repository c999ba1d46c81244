/** Adds a kiosk or a counter; its token is shown once, with a button that copies it. */
import { useRef, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import type { DeviceKind } from '../../shared/roles.ts';
import type { Failure } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import type { ShowcaseInfo } from '../ui/showcase-info.ts';
import type { DeskActs } from './desk-acts.ts';
import { firstPlace, PlaceField, placeOf } from './place-fields.tsx';
import type { Say } from './say.ts';

type Props = { acts: DeskActs; info: ShowcaseInfo; origin: string; copy(text: string): Promise<boolean>; say: Say };
type Made = { name: string; token: string; kind: DeviceKind };

const TokenOnce = ({ made, origin, copy, say: { w, d }, close }: { made: Made; origin: string; copy: Props['copy']; say: Say; close(): void }) => {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Dialog title={w.devices.token} d={d} close={close}>
      <p>{w.devices.tokenNote(made.name)}</p>
      <div class="row grow">
        <input class="code" readOnly value={made.token} aria-label={w.devices.token} onFocus={(e) => e.currentTarget.select()} />
        <button type="button" class="btn primary" onClick={() => void copy(made.token).then(setCopied)}>
          {d.copy}
        </button>
      </div>
      <div role="status">{copied !== null && <p class={copied ? 'good' : 'fault'}>{copied ? d.copied : d.copyFailed}</p>}</div>
      {made.kind === 'counter' && (
        <p class="note">
          {w.devices.push} <code>{`${origin}${API}/readings`}</code>
        </p>
      )}
      <button type="button" class="btn" onClick={close}>
        {w.devices.done}
      </button>
    </Dialog>
  );
};

export const DeviceAdd = ({ acts, info, origin, copy, say }: Props) => {
  const { w, d } = say;
  const [kind, setKind] = useState<DeviceKind>('kiosk');
  const [place, setPlace] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Failure | 'no-name' | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const called = name.current?.value.trim() ?? '';
    if (busy) return;
    if (called === '') {
      setFault('no-name');
      name.current?.focus();
      return;
    }
    setBusy(true);
    setFault(null);
    const answer = await acts.add({ kind, name: called, showcase: info.id, ...placeOf(kind, place ?? firstPlace(kind, info)) });
    setBusy(false);
    if (!answer.ok) return setFault(answer);
    if (name.current) name.current.value = '';
    setMade({ name: called, token: answer.value.token, kind });
  };
  const choose = (next: DeviceKind): void => {
    setKind(next);
    setPlace(null);
  };
  return (
    <section class="card">
      <h2>{w.devices.add}</h2>
      <p class="note">{w.devices.addNote}</p>
      <form onSubmit={submit} noValidate>
        <fieldset class="seg-field">
          <legend>{w.devices.kind}</legend>
          {(['kiosk', 'counter'] as const).map((k) => (
            <label key={k} class="tick">
              <input type="radio" name="device-kind" checked={kind === k} onChange={() => choose(k)} />
              <span>{w.devices.kinds[k]}</span>
            </label>
          ))}
        </fieldset>
        <label>
          <span>{w.devices.name}</span>
          <input ref={name} maxLength={80} autocomplete="off" required />
        </label>
        <PlaceField kind={kind} info={info} say={say} at={place ?? firstPlace(kind, info)} choose={setPlace} />
        <div role="alert">{fault === 'no-name' ? <p class="fault">{w.devices.needName}</p> : <FailureNote failed={fault} d={d} />}</div>
        <button type="submit" class="btn" aria-disabled={busy}>
          {w.devices.addButton}
        </button>
      </form>
      {made && <TokenOnce made={made} origin={origin} copy={copy} say={say} close={() => setMade(null)} />}
    </section>
  );
};

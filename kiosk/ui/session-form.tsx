/** The form that signs a person in by name and passphrase. Paste and password managers are welcome; a refusal is told in words. */
import { useRef, useState } from 'preact/hooks';
import type { DeskWords } from '../words/desk.ts';
import type { Failure } from './api.ts';
import { FailureNote } from './failure-note.tsx';

type Props = { title: string; d: DeskWords; notice: string | null; enter(name: string, passphrase: string): Promise<Failure | null> };

export const SessionForm = ({ title, d, notice, enter }: Props) => {
  const nameField = useRef<HTMLInputElement>(null);
  const passphraseField = useRef<HTMLInputElement>(null);
  const [shown, show] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Failure | 'missing' | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const [name, passphrase] = [nameField.current?.value.trim() ?? '', passphraseField.current?.value ?? ''];
    if (name === '' || passphrase === '') {
      setFault('missing');
      (name === '' ? nameField : passphraseField).current?.focus();
      return;
    }
    setBusy(true);
    setFault(null);
    const failed = await enter(name, passphrase);
    setBusy(false);
    setFault(failed);
    if (failed) passphraseField.current?.focus();
  };
  return (
    <form class="card sign-in" onSubmit={submit} noValidate>
      <h2>{title}</h2>
      {notice && <p class="note">{notice}</p>}
      <label>
        <span>{d.session.name}</span>
        <input ref={nameField} name="username" autocomplete="username" autocapitalize="none" spellcheck={false} required maxLength={80} />
      </label>
      <label>
        <span>{d.session.passphrase}</span>
        <input
          ref={passphraseField}
          name="password"
          {...(shown ? { type: 'text' as const } : { type: 'password' as const })}
          autocomplete="current-password"
          required
          aria-describedby="passphrase-note"
        />
      </label>
      <p id="passphrase-note" class="note">
        {d.session.note}
      </p>
      <label class="tick">
        <input type="checkbox" checked={shown} onChange={() => show(!shown)} />
        <span>{d.session.reveal}</span>
      </label>
      <div role="alert">{fault === 'missing' ? <p class="fault">{d.session.missing}</p> : <FailureNote failed={fault} d={d} />}</div>
      <button type="submit" class="btn primary" aria-disabled={busy}>
        {busy ? d.session.entering : d.session.enter}
      </button>
    </form>
  );
};

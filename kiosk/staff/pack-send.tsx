/** Sends a content pack: a file is chosen, goes to the hub with its progress, and comes back checked, or with everything that is wrong with it. */
import { useRef, useState } from 'preact/hooks';
import type { PackFaultCode } from '../../shared/pack-faults.ts';
import type { Failure } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import type { DeskWords } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { PacksWords } from '../words/packs.ts';
import type { PackActs, PackSent, Sending } from './pack-acts.ts';

/** what the hub takes at most */
export const packZipBytesMax = 32 * 1_048_576;

type FaultsProps = { faults: readonly { path: string; code: string }[]; p: PacksWords };

/** What is wrong, where, in words and by its stable code. */
export const PackFaults = ({ faults, p }: FaultsProps) => (
  <ul class="pack-faults">
    {faults.map(({ path, code }) => (
      <li key={`${path} ${code}`} data-code={code}>
        <b>{p.fault[code as PackFaultCode] ?? p.fault.custom}</b>
        <small>
          {path !== '' && (
            <>
              {p.where} <code>{path}</code>{' '}
            </>
          )}
          <code>{code}</code>
        </small>
      </li>
    ))}
  </ul>
);

type Props = { acts: Pick<PackActs, 'send'>; p: PacksWords; d: DeskWords; sent(pack: PackSent): void };
type Told = 'no-file' | 'too-large' | 'stopped' | Failure | PackSent | null;

export const PackSend = ({ acts, p, d, sent }: Props) => {
  const field = useRef<HTMLInputElement>(null);
  const sending = useRef<Sending | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [told, setTold] = useState<Told>(null);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (sending.current) return;
    const file = field.current?.files?.[0];
    if (!file || file.size > packZipBytesMax) {
      setTold(file ? 'too-large' : 'no-file');
      field.current?.focus();
      return;
    }
    setTold(null);
    setShare(0);
    sending.current = acts.send(file, setShare);
    const answer = await sending.current.done;
    sending.current = null;
    setShare(null);
    if (answer === null) return setTold('stopped');
    setTold(answer.ok ? answer.value : answer);
    if (!answer.ok) return;
    // the same file may be chosen again once it was changed
    if (field.current) field.current.value = '';
    sent(answer.value);
  };
  const failed = told !== null && typeof told === 'object' && 'ok' in told ? told : null;
  const percent = String(Math.floor((share ?? 0) * 100));
  return (
    <section class="card">
      <h2>{p.sendTitle}</h2>
      <p class="note" id="pack-note">
        {p.sendNote}
      </p>
      <form onSubmit={send} noValidate>
        <label>
          <span>{p.choose}</span>
          <input ref={field} type="file" accept=".zip,application/zip" aria-describedby="pack-note" />
        </label>
        {share === null ? (
          <button type="submit" class="btn primary">
            {p.send}
          </button>
        ) : (
          <div class="pack-progress">
            <progress max={1} {...(share < 1 && { value: share })} aria-label={share < 1 ? p.progress(percent) : p.checking} />
            <span aria-hidden="true">{share < 1 ? p.progress(percent) : p.checking}</span>
            <button type="button" class="btn" onClick={() => sending.current?.stop()}>
              {p.stop}
            </button>
          </div>
        )}
      </form>
      <div role="status">
        {share === 1 && <p class="unseen">{p.checking}</p>}
        {told === 'no-file' && <p class="fault">{p.needFile}</p>}
        {told === 'too-large' && <p class="fault">{p.tooLarge}</p>}
        {told === 'stopped' && <p class="note">{p.stopped}</p>}
        {failed && failed.errors.length === 0 && <FailureNote failed={failed} d={d} />}
        {failed && failed.errors.length > 0 && (
          <>
            <p class="fault">{p.faults(grouped(failed.errors.length))}</p>
            <PackFaults faults={failed.errors} p={p} />
            <p class="note">{p.faultsNote}</p>
          </>
        )}
        {told !== null && typeof told === 'object' && !failed && <p class="good">{p.good(grouped((told as PackSent).projects), grouped((told as PackSent).models))}</p>}
      </div>
    </section>
  );
};

/** Approves the kiosk in front of you: its code, then the three words on its screen compared with the hub's, then a name and a zone. */
import { useRef, useState } from 'preact/hooks';
import type { Text } from '../../shared/words.ts';
import type { Failure } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import type { ShowcaseInfo } from '../ui/showcase-info.ts';
import { type DeskActs, userCodeOf } from './desk-acts.ts';
import { firstPlace, PlaceField } from './place-fields.tsx';
import type { Say } from './say.ts';

type Props = { acts: DeskActs; info: ShowcaseInfo; say: Say };
type Fault = Failure | 'bad-code' | 'no-name';

export const DevicePair = ({ acts, info, say }: Props) => {
  const { w, d, lang } = say;
  const [found, setFound] = useState<{ userCode: string; words: Text } | null>(null);
  const [zone, setZone] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [approved, setApproved] = useState<string | null>(null);
  const code = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const whileBusy = async (run: () => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    setApproved(null);
    await run();
    setBusy(false);
  };
  const find = (event: Event): void => {
    event.preventDefault();
    const userCode = userCodeOf(code.current?.value ?? '');
    if (userCode === null) {
      setFault('bad-code');
      code.current?.focus();
      return;
    }
    void whileBusy(async () => {
      const answer = await acts.findPairing(userCode);
      if (answer.ok) setFound({ userCode, words: answer.value.words });
      else setFault(answer);
    });
  };
  const approve = (event: Event): void => {
    event.preventDefault();
    const called = name.current?.value.trim() ?? '';
    if (called === '' || found === null) {
      setFault('no-name');
      name.current?.focus();
      return;
    }
    void whileBusy(async () => {
      const answer = await acts.approve({ userCode: found.userCode, name: called, showcase: info.id, zone: zone ?? firstPlace('kiosk', info) });
      if (!answer.ok) return setFault(answer);
      setApproved(called);
      setFound(null);
    });
  };
  return (
    <section class="card">
      <h2>{w.devices.pair}</h2>
      {found === null ? (
        <form key="find" onSubmit={find} noValidate>
          <p class="note">{w.devices.pairNote}</p>
          <label>
            <span>{w.devices.code}</span>
            <input ref={code} class="code" maxLength={16} autocomplete="off" autocapitalize="characters" spellcheck={false} placeholder="BCDF-GHJK" />
          </label>
          <button type="submit" class="btn" aria-disabled={busy}>
            {w.devices.find}
          </button>
        </form>
      ) : (
        <form key="approve" onSubmit={approve} noValidate>
          <p>{w.devices.words}</p>
          <p class="pair-words" lang={lang}>
            {found.words[lang]}
          </p>
          <p class="note">{w.devices.wordsNote}</p>
          <label>
            <span>{w.devices.name}</span>
            <input ref={name} maxLength={80} autocomplete="off" required />
          </label>
          <PlaceField kind="kiosk" info={info} say={say} at={zone ?? firstPlace('kiosk', info)} choose={setZone} />
          <div class="row">
            <button type="submit" class="btn primary" aria-disabled={busy}>
              {w.devices.approve}
            </button>
            <button type="button" class="btn" onClick={() => setFound(null)}>
              {d.cancel}
            </button>
          </div>
        </form>
      )}
      <div role="alert">
        {fault === 'bad-code' && <p class="fault">{w.devices.badCode}</p>}
        {fault === 'no-name' && <p class="fault">{w.devices.needName}</p>}
        {typeof fault === 'object' && <FailureNote failed={fault} d={d} />}
      </div>
      <div role="status">{approved !== null && <p class="good">{w.devices.approved(approved)}</p>}</div>
    </section>
  );
};

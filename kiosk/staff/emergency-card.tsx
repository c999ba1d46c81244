/** The emergency: given by holding a button for three seconds, shown with who has confirmed it, withdrawn by a second word. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Command, commandTextCharsMax } from '../../shared/command.ts';
import type { Live } from '../../shared/live.ts';
import type { DeviceView } from '../../shared/wire.ts';
import type { Failure, Outcome } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { shortClockText } from '../words/desk.ts';
import type { Delivered } from './desk-acts.ts';
import { deviceName, type Say } from './say.ts';

export const holdMs = 3_000;

/** A button that acts only when it is held, by finger, mouse, Enter or space. */
const HoldButton = ({ label, holding, held }: { label: string; holding: string; held(): void }) => {
  const [down, setDown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = (): void => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    setDown(false);
  };
  const start = (): void => {
    if (timer.current) return;
    setDown(true);
    timer.current = setTimeout(() => {
      stop();
      held();
    }, holdMs);
  };
  useEffect(() => stop, []);
  const isPress = (event: KeyboardEvent): boolean => event.key === 'Enter' || event.key === ' ';
  return (
    <button
      type="button"
      class={`btn danger hold ${down ? 'down' : ''}`}
      onPointerDown={start}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onContextMenu={(e) => e.preventDefault()}
      onKeyDown={(e) => {
        if (!isPress(e)) return;
        e.preventDefault();
        start();
      }}
      onKeyUp={(e) => isPress(e) && stop()}
      onBlur={stop}
    >
      <span>{down ? holding : label}</span>
    </button>
  );
};

type Props = { live: Live; kiosks: readonly DeviceView[]; send(command: Command): Promise<Outcome<Delivered>>; say: Say };

export const EmergencyCard = ({ live, kiosks, send, say }: Props) => {
  const { f, d } = say;
  const t = f.orders;
  const [failed, setFailed] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);
  const text = useRef<HTMLInputElement>(null);
  const order = async (command: Command): Promise<void> => {
    setAsking(false);
    const answer = await send(command);
    setFailed(answer.ok ? null : answer);
  };
  const give = (): void => {
    const words = text.current?.value.trim() ?? '';
    void order({ kind: 'emergency', on: true, ...(words !== '' && { text: words }) });
  };
  const { emergency, paused } = live.hall;
  const unfollowed = kiosks.filter((k) => k.orders && !k.orders.followed).map(deviceName);
  return (
    <section class={`card emergency ${emergency ? 'stands' : ''}`}>
      <h2>{t.title}</h2>
      <div role="status">
        {emergency && (
          <>
            <p class="fault">
              <b>{t.stands(emergency.by, shortClockText(emergency.sinceMs))}</b>
            </p>
            {emergency.text && <p>{emergency.text}</p>}
          </>
        )}
        {!emergency && paused && <p class="fault">{t.pauseStands(paused.by, shortClockText(paused.sinceMs))}</p>}
        {(emergency || paused) && <p class={unfollowed.length > 0 ? 'fault' : 'good'}>{unfollowed.length > 0 ? t.unfollowed(unfollowed.join(', ')) : t.followed}</p>}
        <FailureNote failed={failed} d={d} />
      </div>
      {emergency ? (
        asking ? (
          <div class="confirm">
            <p>{t.withdrawAsk}</p>
            <button type="button" class="btn primary" onClick={() => void order({ kind: 'emergency', on: false })}>
              {t.withdrawYes}
            </button>
            <button type="button" class="btn" onClick={() => setAsking(false)}>
              {d.cancel}
            </button>
          </div>
        ) : (
          <button type="button" class="btn" onClick={() => setAsking(true)}>
            {t.withdraw}
          </button>
        )
      ) : (
        <>
          <p class="note">{t.note}</p>
          <label>
            <span>{t.text}</span>
            <input ref={text} maxLength={commandTextCharsMax} autocomplete="off" aria-describedby="emergency-hint" />
          </label>
          <p id="emergency-hint" class="note">
            {t.textHint}
          </p>
          <HoldButton label={t.give} holding={t.giving} held={give} />
        </>
      )}
    </section>
  );
};

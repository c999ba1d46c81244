/** What needs attention (`may` null: on a television, in brief): what is wrong, since when, what to do, who has seen it; and the two acts that take seconds. News are announced politely. */
import { useRef, useState } from 'preact/hooks';
import { type Alert, noteNeeded } from '../../shared/alerts.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Failure } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { shortClockText } from '../words/desk.ts';
import { alertText } from './alert-text.ts';
import type { DeskActs } from './desk-acts.ts';
import { nameOf, type Say } from './say.ts';

/** alerts that a count by hand mends */
const BY_HAND: ReadonlySet<string> = new Set(['sensor.silent', 'sensor.zero', 'sensor.fault']);

export type AlertActs = { showcase: string; role: Role; acts: Pick<DeskActs, 'acknowledge' | 'setAuthority'>; nowMs(): number };
type Props = { items: readonly Alert[]; most: number; names: ShowcaseNames | null; devices: readonly DeviceView[]; may: AlertActs | null; say: Say };

const SeenDialog = ({ alert, what, save, close, say }: { alert: Alert; what: string; save(note: string): Promise<Failure | null>; close(): void; say: Say }) => {
  const t = say.f.alerts;
  const [failed, setFailed] = useState<Failure | null>(null);
  const note = useRef<HTMLInputElement>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const failure = await save(note.current?.value.trim() ?? '');
    if (failure) setFailed(failure);
    else close();
  };
  return (
    <Dialog title={what} d={say.d} close={close}>
      <p>{t.advice[alert.rule]}</p>
      <form onSubmit={submit}>
        <label>
          <span>{noteNeeded(alert.rule) ? t.noteNeeded : t.note}</span>
          <input ref={note} maxLength={500} required={noteNeeded(alert.rule)} aria-describedby="alert-note-hint" />
        </label>
        <p id="alert-note-hint" class="note">
          {t.noteHint}
        </p>
        <div role="status">
          <FailureNote failed={failed} d={say.d} />
        </div>
        <button type="submit" class="btn primary">
          {t.save}
        </button>
      </form>
    </Dialog>
  );
};

export const AttentionPanel = ({ items, most, names, devices, may, say }: Props) => {
  const { w, f, d } = say;
  const t = f.alerts;
  const [open, setOpen] = useState<string | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const asked = items.find((a) => a.id === open);
  const byHand = async (point: string): Promise<void> => {
    if (!may) return;
    const answer = await may.acts.setAuthority(may.showcase, { point, source: 'clicker', from: rfc3339(may.nowMs()) });
    setFailed(answer.ok ? null : answer);
  };
  const save = async (alert: Alert, note: string): Promise<Failure | null> => {
    const answer = may && (await may.acts.acknowledge(may.showcase, alert.id, note));
    return answer && !answer.ok ? answer : null;
  };
  return (
    <section class={`panel attention ${items.length === 0 ? 'calm' : ''}`} aria-labelledby="attention">
      <h2 id="attention">
        {w.attention.title} {items.length > 0 && <small>{w.attention.count(String(items.length))}</small>}
      </h2>
      <FailureNote failed={failed} d={d} />
      <div role="status">
        {items.length === 0 && <p class="sub">{w.attention.none}</p>}
        {items.length > 0 && (
          <Scroll label={w.attention.title}>
            {items.slice(0, most).map((a) => {
              const { what, advice } = alertText(a, names, devices, say);
              const { acknowledged: seen } = a;
              return (
                <div key={a.id} class={`al ${a.level} ${seen ? 'seen' : ''}`}>
                  <b>{what}</b>
                  <span>{[t.since(shortClockText(a.sinceMs)), seen ? t.seenBy(seen.by, shortClockText(seen.atMs)) : may && advice, seen?.note].filter(Boolean).join(' · ')}</span>
                  <em class="lv">{w.attention[a.level]}</em>
                  {may && (
                    <div class="acts">
                      {BY_HAND.has(a.rule) && can(may.role, 'authority.set') && (
                        <button type="button" class="btn small" aria-label={t.byHandOf(nameOf(names?.points, a.subject, say.lang))} onClick={() => void byHand(a.subject)}>
                          {t.byHand}
                        </button>
                      )}
                      {!seen && can(may.role, 'alert.acknowledge') && (
                        <button type="button" class="btn small" aria-label={t.seenOf(what)} onClick={() => setOpen(a.id)}>
                          {t.seen}
                        </button>
                      )}
                    </div>
                  )}
                </div>
              );
            })}
          </Scroll>
        )}
      </div>
      {asked && (
        <SeenDialog key={asked.id} alert={asked} what={alertText(asked, names, devices, say).what} save={(note) => save(asked, note)} close={() => setOpen(null)} say={say} />
      )}
    </section>
  );
};

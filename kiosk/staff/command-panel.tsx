/** Commands to one kiosk or to all of a showcase, with who got them and who did not. */
import { useRef, useState } from 'preact/hooks';
import type { Command } from '../../shared/command.ts';
import type { Failure, Outcome } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import type { Delivered } from './desk-acts.ts';
import type { Say } from './say.ts';

export const noticeCharsMax = 200;

type Props = {
  say: Say;
  /** all kiosks at once: pausing asks first */
  all: boolean;
  names: ReadonlyMap<string, string>;
  /** what can be shown on the start screen, by name */
  projects: readonly { id: string; name: string }[];
  /** groups that can be told alone; none for a single kiosk */
  groups: readonly string[];
  send(command: Command, group?: string): Promise<Outcome<Delivered>>;
};
type Result = { delivered: Delivered['delivered'] } | { failed: Failure };

const Told = ({ result, names, say: { w, d } }: { result: Result; names: ReadonlyMap<string, string>; say: Say }) => {
  if ('failed' in result) return <FailureNote failed={result.failed} d={d} />;
  const lost = result.delivered.filter((x) => !x.ok);
  const one = result.delivered.length === 1 ? result.delivered[0] : undefined;
  if (result.delivered.length === 0) return <p>{w.command.none}</p>;
  if (one) return <p class={one.ok ? 'good' : 'fault'}>{(one.ok ? w.command.delivered : w.command.lost)(names.get(one.id) ?? one.id)}</p>;
  return (
    <>
      <p class={lost.length === 0 ? 'good' : 'fault'}>{w.command.summary(String(result.delivered.length - lost.length), String(result.delivered.length))}</p>
      <ul class="plain">
        {lost.map((x) => (
          <li key={x.id}>{w.command.lost(names.get(x.id) ?? x.id)}</li>
        ))}
      </ul>
    </>
  );
};

export const CommandPanel = ({ say, all, names, projects, groups, send }: Props) => {
  const { w, d } = say;
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [result, setResult] = useState<Result | 'no-text' | null>(null);
  const text = useRef<HTMLInputElement>(null);
  const [group, setGroup] = useState('');
  const project = useRef<HTMLSelectElement>(null);
  const f = say.f.command;
  const tell = async (command: Command): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setAsking(false);
    setResult(null);
    const answer = await send(command, groups.includes(group) ? group : undefined);
    setBusy(false);
    setResult(answer.ok ? { delivered: answer.value.delivered } : { failed: answer });
    return answer.ok;
  };
  const notice = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = text.current?.value.trim() ?? '';
    if (words === '') {
      setResult('no-text');
      text.current?.focus();
    } else if ((await tell({ kind: 'notice', text: words })) && text.current) text.current.value = '';
  };
  const button = (label: string, command: Command) => (
    <button type="button" class="btn" aria-disabled={busy} onClick={() => void tell(command)}>
      {label}
    </button>
  );
  return (
    <div class="commands">
      {groups.length > 0 && (
        <label class="row">
          <span>{f.whom}</span>
          <select value={group} onChange={(e) => setGroup(e.currentTarget.value)}>
            <option value="">{say.f.log.all}</option>
            {groups.map((g) => (
              <option key={g} value={g}>
                {g}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="row">
        {button(w.command.identify, { kind: 'identify' })}
        {button(w.command.attract, { kind: 'attract' })}
        {button(w.command.reload, { kind: 'reload' })}
        {all ? (
          <button type="button" class="btn" aria-disabled={busy} aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {w.command.pause}
          </button>
        ) : (
          button(w.command.pause, { kind: 'pause', on: true })
        )}
        {button(w.command.resume, { kind: 'pause', on: false })}
        {button(f.day, { kind: 'theme', theme: 'day' })}
        {button(f.night, { kind: 'theme', theme: 'night' })}
      </div>
      {projects.length > 0 && (
        <form
          class="row grow"
          onSubmit={(e) => {
            e.preventDefault();
            void tell({ kind: 'spotlight', project: project.current?.value ?? '' });
          }}
        >
          <label>
            <span>{f.project}</span>
            <select ref={project}>
              {projects.map((p) => (
                <option key={p.id} value={p.id}>
                  {p.name}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="btn" aria-disabled={busy}>
            {f.spotlight}
          </button>
        </form>
      )}
      {asking && (
        <div class="confirm">
          <p>{w.command.pauseAsk}</p>
          <button type="button" class="btn danger" onClick={() => void tell({ kind: 'pause', on: true })}>
            {w.command.pauseYes}
          </button>
          <button type="button" class="btn" onClick={() => setAsking(false)}>
            {d.cancel}
          </button>
        </div>
      )}
      <form class="row grow" onSubmit={notice}>
        <label>
          <span>{w.command.noticeText}</span>
          <input ref={text} maxLength={noticeCharsMax} autocomplete="off" aria-describedby={all ? 'notice-all' : 'notice-one'} />
        </label>
        <button type="submit" class="btn" aria-disabled={busy}>
          {w.command.notice}
        </button>
      </form>
      <p id={all ? 'notice-all' : 'notice-one'} class="note">
        {w.command.noticeHint}
      </p>
      <div class="told" role="status">
        {busy && <p>{w.command.sending}</p>}
        {result === 'no-text' ? <p class="fault">{w.command.needText}</p> : result && <Told result={result} names={names} say={say} />}
      </div>
    </div>
  );
};

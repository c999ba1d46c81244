/** The shift's log: what happened and who did what, newest first; lines are added and never changed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { LOG_TOPICS, type LogTopic } from '../../shared/entry.ts';
import type { LogLine } from '../../shared/floor.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Failure } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { shortDay } from '../words/desk.ts';
import type { DeskActs } from './desk-acts.ts';
import { DeskPage, ListTable } from './desk-page.tsx';
import { lineText, raisedBefore, timeOf, whoOf } from './log-text.ts';
import type { Say } from './say.ts';

/** the log is asked again so often while it is looked at */
const askEveryMs = 5_000;

type Props = {
  showcase: string;
  names: ShowcaseNames | null;
  devices: readonly DeviceView[];
  role: Role;
  acts: Pick<DeskActs, 'log' | 'writeLog'>;
  say: Say;
};

export const LogPage = ({ showcase, names, devices, role, acts, say }: Props) => {
  const { f, d } = say;
  const [lines, setLines] = useState<readonly LogLine[] | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [round, again] = useState(0);
  const [topic, text] = [useRef<HTMLSelectElement>(null), useRef<HTMLInputElement>(null)];
  useEffect(() => {
    let gone = false;
    const ask = async (): Promise<void> => {
      const answer = await acts.log(showcase);
      if (gone) return;
      if (answer.ok) setLines([...answer.value.lines].reverse());
      setFailed(answer.ok ? null : answer);
    };
    void ask();
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [showcase, round]);
  const write = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = text.current?.value.trim() ?? '';
    if (words === '') return;
    const answer = await acts.writeLog(showcase, (topic.current?.value ?? 'note') as LogTopic, words);
    setFailed(answer.ok ? null : answer);
    if (answer.ok && text.current) text.current.value = '';
    again((n) => n + 1);
  };
  const side = (
    <>
      {can(role, 'log.write') && (
        <section class="card">
          <h2>{f.log.add}</h2>
          <form onSubmit={write}>
            <label>
              <span>{f.log.topic}</span>
              <select ref={topic}>
                {LOG_TOPICS.map((at) => (
                  <option key={at} value={at}>
                    {f.log.topics[at]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              <span>{f.log.text}</span>
              <input ref={text} maxLength={500} required />
            </label>
            <p class="note">{f.log.note}</p>
            <button type="submit" class="btn primary">
              {f.log.save}
            </button>
          </form>
        </section>
      )}
      <div role="status">
        <FailureNote failed={failed} d={d} />
      </div>
    </>
  );
  const heads = [
    [f.log.time, 'text'],
    [f.log.who, 'text'],
    [f.log.what, 'text'],
  ] as const;
  return (
    <DeskPage title={f.log.title} side={side}>
      {lines?.length === 0 && <p class="note">{f.log.empty}</p>}
      {lines && lines.length > 0 && (
        <ListTable title={f.log.title} heads={heads} class="log">
          {lines.map((line, i) => {
            const day = dayOf(line.entry.receivedMs);
            const before = lines[i - 1];
            return (
              <tr key={line.position}>
                <td class="text when">
                  {(!before || dayOf(before.entry.receivedMs) !== day) && <small>{shortDay(day, d)} </small>}
                  {timeOf(line)}
                </td>
                <td class="text">{whoOf(line) ?? f.log.hub}</td>
                <td class="text what">{lineText(line, names, devices, say, raisedBefore(lines, i))}</td>
              </tr>
            );
          })}
        </ListTable>
      )}
    </DeskPage>
  );
};

/** The shift's log: what happened and who did what, newest first; lines are added and never changed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { LOG_TOPICS, type LogTopic } from '../../shared/entry.ts';
import type { LogLine } from '../../shared/floor.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Failure } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { shortDay } from '../words/desk.ts';
import type { DeskActs } from './desk-acts.ts';
import { lineText, timeOf, whoOf } from './log-text.ts';
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
  return (
    <div class="page-body devices">
      <section class="card main">
        <h2>{f.log.title}</h2>
        {lines?.length === 0 && <p class="note">{f.log.empty}</p>}
        {lines && lines.length > 0 && (
          <Scroll label={f.log.title}>
            <table class="grid log">
              <caption class="unseen">{f.log.title}</caption>
              <thead>
                <tr>
                  {[f.log.time, f.log.who, f.log.what].map((head) => (
                    <th key={head} scope="col" class="text">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
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
                      <td class="text what">{lineText(line, names, devices, say)}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Scroll>
        )}
      </section>
      <div class="side">
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
      </div>
    </div>
  );
};

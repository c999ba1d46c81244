/** The closing of a day: which devices have reported past closing, who is waived by name if it is closed all the same, then the act. */
import { useEffect, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import { type DeskWords, shortDay } from '../words/desk.ts';
import type { Ask, Failure } from './api.ts';
import { Dialog } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';

type Device = { id: string; name?: string };
type Reports = { closing: string; heard: Device[]; silent: Device[] };
type Props = { day: string; ask: Ask; showcase: string; d: DeskWords; done(): void; close(): void };

export const CloseDay = ({ day, ask, showcase, d, done, close }: Props) => {
  const [failed, setFailed] = useState<Failure | null>(null);
  const [reports, setReports] = useState<Reports | null>(null);
  const at = `${API}/showcases/${encodeURIComponent(showcase)}/days/${day}`;
  useEffect(() => {
    void ask<Reports>('GET', `${at}/reports`).then((answer) => (answer.ok ? setReports(answer.value) : setFailed(answer)));
  }, [at]);
  const act = async (waive: string[]): Promise<void> => {
    const answer = await ask('POST', `${at}/close`, { waive });
    if (!answer.ok) return setFailed(answer);
    done();
    close();
  };
  const silent = reports?.silent ?? [];
  return (
    <Dialog title={d.closeDay.title(shortDay(day, d))} d={d} close={close}>
      <p>{d.closeDay.note}</p>
      {reports === null && failed === null && <p class="note">{d.loading}</p>}
      {reports !== null && silent.length === 0 && <p class="good">{d.closeDay.allHeard(String(reports.heard.length), reports.closing.slice(11, 16))}</p>}
      {reports !== null && silent.length > 0 && (
        <>
          <p>{d.closeDay.silent(String(silent.length), reports.closing.slice(11, 16))}</p>
          <ul class="silent-devices">
            {silent.map((x) => (
              <li key={x.id}>{x.name ?? x.id}</li>
            ))}
          </ul>
          <p class="note">{d.closeDay.waiveNote}</p>
        </>
      )}
      <FailureNote failed={failed} d={d} />
      <div class="row">
        <button type="button" class="btn primary" disabled={reports === null} onClick={() => void act(silent.map((x) => x.id))}>
          {silent.length === 0 ? d.closeDay.yes : d.closeDay.waive}
        </button>
        <button type="button" class="btn" onClick={close}>
          {d.cancel}
        </button>
      </div>
    </Dialog>
  );
};

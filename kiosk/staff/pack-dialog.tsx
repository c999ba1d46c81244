/** What showing another version of a pack changes, project by project, and the act. */
import { useEffect, useState } from 'preact/hooks';
import type { Text } from '../../shared/words.ts';
import type { Failure } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { grouped } from '../words/numbers.ts';
import type { PacksWords } from '../words/packs.ts';
import type { Changes, PackActs } from './pack-acts.ts';
import { PackFaults } from './pack-send.tsx';
import type { Say } from './say.ts';

type Props = { version: string; title: string; acts: Pick<PackActs, 'changes' | 'activate'>; p: PacksWords; say: Say; shown(): void; close(): void };

const Names = ({ head, of, say }: { head: string; of: readonly { id: string; name: Text }[]; say: Say }) =>
  of.length === 0 ? null : (
    <div class="pack-changes">
      <h3>
        {head} <small>{grouped(of.length)}</small>
      </h3>
      <ul>
        {of.map((x) => (
          <li key={x.id}>{x.name[say.lang]}</li>
        ))}
      </ul>
    </div>
  );

export const PackDialog = ({ version, title, acts, p, say, shown, close }: Props) => {
  const [changes, setChanges] = useState<Changes | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void acts.changes(version).then((answer) => (answer.ok ? setChanges(answer.value) : setFailed(answer)));
  }, [version]);
  const show = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFailed(null);
    const answer = await acts.activate(version);
    setBusy(false);
    if (!answer.ok) return setFailed(answer);
    shown();
    close();
  };
  const same = changes && changes.against !== null && [changes.added, changes.dropped, changes.changed, changes.head].every((list) => list.length === 0);
  return (
    <Dialog title={title} d={say.d} close={close} wide>
      {changes === null && failed === null && <p class="note">{say.d.loading}</p>}
      {changes && (
        <>
          {changes.against === null && <p>{p.isNew}</p>}
          {same && <p>{p.same}</p>}
          <Names head={p.added} of={changes.added} say={say} />
          <Names head={p.dropped} of={changes.dropped} say={say} />
          <Names head={p.changed} of={changes.changed} say={say} />
          {changes.head.length > 0 && (
            <p>
              <b>{p.head}</b> {changes.head.map((key) => p.headOf[key] ?? key).join(say.lang === 'en' ? ', ' : '、')}
            </p>
          )}
          {changes.standing.length > 0 && (
            <>
              <p class="fault">{p.inTheWay}</p>
              <PackFaults faults={changes.standing} p={p} />
            </>
          )}
          <p class="note">{p.showNote}</p>
        </>
      )}
      <div role="status">
        <FailureNote failed={failed} d={say.d} />
        {failed && failed.errors.length > 0 && <PackFaults faults={failed.errors} p={p} />}
      </div>
      <div class="row">
        <button type="button" class="btn primary" disabled={changes === null || changes.standing.length > 0} aria-disabled={busy} onClick={() => void show()}>
          {p.show}
        </button>
        <button type="button" class="btn" onClick={close}>
          {say.d.cancel}
        </button>
      </div>
    </Dialog>
  );
};

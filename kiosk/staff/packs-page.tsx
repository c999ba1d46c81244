/** The content packs: every version that kiosks could show and which one they do, another one sent, looked at, shown, and the way back to an earlier one. */
import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../ui/api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import type { ShowcaseItem } from '../ui/page-head.tsx';
import { shortClockText, shortDay } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { packsWords } from '../words/packs.ts';
import { DeskPage, ListTable } from './desk-page.tsx';
import type { PackActs, PackSent, PackVersion } from './pack-acts.ts';
import { PackDialog } from './pack-dialog.tsx';
import { PackSend } from './pack-send.tsx';
import type { Say } from './say.ts';

/** of a version's hash so much is shown */
const versionChars = 8;

/** Showcase by showcase, what is shown before what is kept, the newest first. */
const inOrder = (packs: readonly PackVersion[], items: readonly ShowcaseItem[]): PackVersion[] => {
  const place = (showcase: string): number => {
    const at = items.findIndex((s) => s.id === showcase);
    return at < 0 ? items.length : at;
  };
  return [...packs].sort(
    (a, b) =>
      place(a.showcase) - place(b.showcase) ||
      a.showcase.localeCompare(b.showcase) ||
      Number(b.active) - Number(a.active) ||
      (b.sentAt ?? '').localeCompare(a.sentAt ?? '') ||
      a.version.localeCompare(b.version),
  );
};

type Props = { acts: PackActs; items: readonly ShowcaseItem[]; say: Say };

export const PacksPage = ({ acts, items, say }: Props) => {
  const { d, lang } = say;
  const p = packsWords(lang);
  const [packs, setPacks] = useState<readonly PackVersion[] | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [told, tell] = useState<string | null>(null);
  const [round, again] = useState(0);
  useEffect(() => {
    let gone = false;
    void acts.list().then((answer) => {
      if (gone) return;
      if (answer.ok) setPacks(answer.value.packs);
      setFailed(answer.ok ? null : answer);
    });
    return () => {
      gone = true;
    };
  }, [round]);
  const nameOf = (showcase: string): string => items.find((s) => s.id === showcase)?.name[lang] ?? showcase;
  const titleOf = (of: PackVersion): string => p.changesTitle(nameOf(of.showcase), of.version.slice(0, versionChars));
  const fromOf = ({ sentAt, by }: PackVersion): string =>
    sentAt === undefined || by === undefined ? p.installed : p.sentAt(by, `${shortDay(sentAt.slice(0, 10), d)} ${shortClockText(Date.parse(sentAt))}`);
  const list = inOrder(packs ?? [], items);
  const asked = list.find((v) => v.version === open);
  const heads = [
    [p.showcase, 'text'],
    [p.version, 'text'],
    [p.origin, 'text'],
    [p.projects, 'figure'],
    [p.state, 'text'],
  ] as const;
  const sent = (pack: PackSent): void => {
    again((n) => n + 1);
    if (!list.some((v) => v.version === pack.version && v.active)) setOpen(pack.version);
  };
  return (
    <DeskPage class="packs" title={p.title} side={<PackSend acts={acts} p={p} d={d} sent={sent} />}>
      <FailureNote failed={failed} d={d} />
      {packs === null && failed === null && <p class="note">{d.loading}</p>}
      {list.length > 0 && (
        <ListTable title={p.title} heads={heads} act={p.look}>
          {list.map((v) => (
            <tr key={v.version}>
              <th scope="row">{nameOf(v.showcase)}</th>
              <td class="text" data-head={p.version}>
                <code title={v.version}>{v.version.slice(0, versionChars)}</code>
              </td>
              <td class="text" data-head={p.origin}>
                {fromOf(v)}
              </td>
              <td data-head={p.projects}>{grouped(v.projects)}</td>
              <td class={`text state ${v.active ? 'ok' : ''}`} data-head={p.state}>
                {v.active && <i aria-hidden="true" />}
                {v.active ? p.shown : p.kept}
              </td>
              <td>
                {!v.active && (
                  <button type="button" class="btn small" aria-label={p.lookOf(titleOf(v))} onClick={() => setOpen(v.version)}>
                    {p.look}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </ListTable>
      )}
      <div role="status">{told !== null && <p class="good">{told}</p>}</div>
      {asked && (
        <PackDialog
          key={asked.version}
          version={asked.version}
          title={titleOf(asked)}
          acts={acts}
          p={p}
          say={say}
          shown={() => {
            tell(p.nowShown(nameOf(asked.showcase)));
            again((n) => n + 1);
          }}
          close={() => setOpen(null)}
        />
      )}
    </DeskPage>
  );
};

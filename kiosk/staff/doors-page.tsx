/** The doors in full: what counts at each one, how old its data are, out to in; and for supervisors the change of source and corrections. */
import { useState } from 'preact/hooks';
import { silentMsMin } from '../../shared/alert-signs.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import type { Live } from '../../shared/live.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Ask } from '../ui/api.ts';
import { CloseDay } from '../ui/close-day.tsx';
import { Num } from '../ui/figure.tsx';
import { staleMs } from '../ui/freshness.ts';
import { VoteControl } from '../ui/vote-control.tsx';
import { agoText, shortDay } from '../words/desk.ts';
import type { DeskActs } from './desk-acts.ts';
import { DeskPage, ListTable } from './desk-page.tsx';
import { CorrectCount, SwitchSource } from './door-acts.tsx';
import { outPerIn } from './figures.ts';
import { HallCard } from './hall-card.tsx';
import { outerFirst, SourceTag } from './panel-doors.tsx';
import { nameOf, type Say } from './say.ts';

type Props = { live: Live | null; names: ShowcaseNames | null; devices: readonly DeviceView[]; role: Role; acts: DeskActs; ask: Ask; nowMs: number; say: Say };

export const DoorsPage = ({ live, names, devices, role, acts, ask, nowMs, say }: Props) => {
  const { w, d, f, lang } = say;
  const [closing, setClosing] = useState<string | null>(null);
  const [closed, setClosed] = useState<string | null>(null);
  const [open, setOpen] = useState<{ id: string; act: 'switch' | 'correct' } | null>(null);
  const showcase = live?.showcase ?? '';
  const door = live?.points.find((p) => p.id === open?.id);
  const close = (): void => setOpen(null);
  const mayAct = can(role, 'authority.set') || can(role, 'count.correct');
  const heads = [
    [w.doors.name, 'text'],
    [w.doors.zone, 'text'],
    [w.doors.authority, 'text'],
    [w.doors.entries, 'figure'],
    [w.doors.exits, 'figure'],
    [w.doors.ratio, 'figure'],
    [w.doors.heard, 'figure'],
    [w.doors.state, 'text'],
  ] as const;
  return (
    <DeskPage
      title={w.doors.title}
      side={
        <>
          {live && <HallCard live={live} role={role} acts={acts} say={say} />}
          {live && can(role, 'day.close') && (
            <section class="card">
              <h2>{d.closeDay.button}</h2>
              <p class="note">{d.closeDay.note}</p>
              <button type="button" class="btn" onClick={() => setClosing(live.today.day)}>
                {d.closeDay.button} {shortDay(live.today.day, d)}
              </button>
              <div role="status">{closed && <p class="good">{f.log.lines.closed(shortDay(closed, d))}</p>}</div>
            </section>
          )}
          {live && can(role, 'vote.set') && (
            <section class="card">
              <VoteControl showcase={showcase} role={role} ask={ask} d={d} />
            </section>
          )}
        </>
      }
    >
      <ListTable title={w.doors.title} heads={heads} act={mayAct ? w.doors.actions : null}>
        {outerFirst(live?.points ?? []).map((p) => {
          const silent = p.heardMs === null;
          const ratio = silent ? null : outPerIn(p.entries, p.exits);
          const ageMs = p.heardMs === null ? null : nowMs - p.heardMs;
          const late = ageMs !== null && ageMs > staleMs ? 'late' : '';
          // a sensor that says no more how it is cannot be well
          const state = p.state === 'ok' && p.source !== 'clicker' && (ageMs ?? 0) > silentMsMin ? 'warn' : p.state;
          const name = nameOf(names?.points, p.id, lang);
          return (
            <tr key={p.id}>
              <th scope="row">
                {name} <small>{p.perimeter ? w.doors.boundary : w.doors.inner}</small>
              </th>
              <td class="text" data-head={w.doors.zone}>
                {nameOf(names?.zones, p.zone, lang)}
              </td>
              <td class="text" data-head={w.doors.authority}>
                <SourceTag source={p.source} say={say} />
              </td>
              <td class={late} data-head={w.doors.entries}>
                <Num of={silent ? null : p.entries} />
              </td>
              <td class={late} data-head={w.doors.exits}>
                <Num of={silent ? null : p.exits} />
              </td>
              <td class={late} data-head={w.doors.ratio}>
                {ratio === null ? '—' : ratio.toFixed(2)}
              </td>
              <td data-head={w.doors.heard}>{p.heardMs === null ? w.doors.never : agoText(nowMs - p.heardMs, d)}</td>
              <td class={`text state ${state === 'error' ? 'offline' : state}`} data-head={w.doors.state}>
                <i aria-hidden="true" />
                {w.doors[state]}
              </td>
              {mayAct && (
                <td>
                  <div class="act">
                    {can(role, 'authority.set') && (
                      <button
                        type="button"
                        class="btn small"
                        aria-label={`${p.source === 'clicker' ? w.doors.useSensor : w.doors.useClicker}: ${name}`}
                        onClick={() => setOpen({ id: p.id, act: 'switch' })}
                      >
                        {p.source === 'clicker' ? w.doors.useSensor : w.doors.useClicker}
                      </button>
                    )}
                    {can(role, 'count.correct') && (
                      <button type="button" class="btn small" aria-label={`${w.doors.correct}: ${name}`} onClick={() => setOpen({ id: p.id, act: 'correct' })}>
                        {w.doors.correct}
                      </button>
                    )}
                  </div>
                </td>
              )}
            </tr>
          );
        })}
      </ListTable>
      {closing && <CloseDay day={closing} ask={ask} showcase={showcase} d={d} done={() => setClosed(closing)} close={() => setClosing(null)} />}
      {door && open?.act === 'switch' && (
        <SwitchSource
          door={door}
          devices={devices}
          title={w.doors.switchTitle(nameOf(names?.points, door.id, lang))}
          switchTo={(source) => acts.setAuthority(showcase, { point: door.id, source, from: rfc3339(nowMs) })}
          close={close}
          say={say}
        />
      )}
      {door && open?.act === 'correct' && (
        <CorrectCount
          title={w.doors.correctTitle(nameOf(names?.points, door.id, lang))}
          nowMs={nowMs}
          save={(correction) => acts.correct(showcase, { point: door.id, ...correction })}
          close={close}
          say={say}
        />
      )}
    </DeskPage>
  );
};

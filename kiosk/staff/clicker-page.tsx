/** The clicker on a phone: two large keys, five at once, taking back, and whether what is pressed here counts. */
import { useEffect, useState } from 'preact/hooks';
import type { Alert } from '../../shared/alerts.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import type { Live } from '../../shared/live.ts';
import { can, type Role } from '../../shared/roles.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import type { Failure } from '../ui/api.ts';
import { Icon } from '../ui/desk-icon.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Num } from '../ui/figure.tsx';
import { freshText } from '../ui/fresh-line.tsx';
import type { Freshness } from '../ui/freshness.ts';
import { agoText, shortClockText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { alertText } from './alert-text.ts';
import { type Clicker, type Pressed, undoMsMax } from './clicker.ts';
import type { DeskActs } from './desk-acts.ts';
import type { FeedState } from './feed.ts';
import { occupancyNow } from './figures.ts';
import type { DoorLive } from './panel-doors.tsx';
import { outerFirst } from './panel-doors.tsx';
import { nameOf, type Say } from './say.ts';

export const atOnce = 5;
/** Whether the page opens again on this phone while the hub is away; `soon`: it is being kept. */
export type OpensAlone = 'yes' | 'soon' | 'no';

type Props = {
  live: Live | null;
  names: ShowcaseNames | null;
  devices: readonly DeviceView[];
  alerts: readonly Alert[];
  link: FeedState;
  fresh: Freshness;
  who: { name: string; role: Role };
  clicker: Clicker;
  opensAlone: OpensAlone;
  acts: Pick<DeskActs, 'setAuthority'>;
  /** the hub's time as well as it is known */
  nowMs: number;
  say: Say;
};

/** Whether what is pressed here counts, and the switch for those who may. */
const Authority = ({ door, live, acts, role, nowMs, say }: { door: DoorLive; live: Live; acts: Props['acts']; role: Role; nowMs: number; say: Say }) => {
  const { f, d } = say;
  const [failed, setFailed] = useState<Failure | null>(null);
  const counts = door.source === null || door.source === 'clicker';
  const take = async (): Promise<void> => {
    const answer = await acts.setAuthority(live.showcase, { point: door.id, source: 'clicker', from: rfc3339(nowMs) });
    setFailed(answer.ok ? null : answer);
  };
  const silentMs = door.heardMs === null ? null : nowMs - door.heardMs;
  return (
    <div class={`auth ${counts ? 'counts' : 'shadow'}`} role="status">
      <b>{counts ? f.clicker.counts : f.clicker.shadow}</b>
      <span>{counts ? f.clicker.countsNote : silentMs === null ? f.clicker.shadowNever : f.clicker.shadowNote(agoText(silentMs, d))}</span>
      {!counts && can(role, 'authority.set') && (
        <button type="button" class="btn primary" onClick={() => void take()}>
          {f.alerts.byHand}
        </button>
      )}
      <FailureNote failed={failed} d={d} />
    </div>
  );
};

export const ClickerPage = ({ live, names, devices, alerts, link, fresh, who, clicker, opensAlone, acts, nowMs, say }: Props) => {
  const { f, w, d, lang } = say;
  const t = f.clicker;
  const [told, setTold] = useState<string | null>(null);
  const doors = outerFirst(live?.points ?? []);
  const door = doors.find((p) => p.id === clicker.door.value) ?? doors[0];
  const waiting = clicker.waiting.value;
  useEffect(() => {
    if (door && clicker.door.value === null) clicker.choose(door.id);
  }, [door?.id]);
  const direction = (way: 'in' | 'out'): string => (way === 'in' ? w.doors.in : w.doors.out);
  const named = (p: Pressed): string => `${direction(p.direction)} +${p.n}`;
  const last = [...clicker.last.value].reverse().find((p) => p.point === door?.id && nowMs - p.atMs <= undoMsMax);
  const press = async (way: 'in' | 'out', n: number): Promise<void> => {
    if (!door || !live) return;
    const what = { showcase: live.showcase, point: door.id, direction: way, n, atMs: Math.round(nowMs) };
    setTold((await clicker.press(what)) ? t.pressed(`${direction(way)} +${n}`) : t.notKept);
  };
  const undo = async (): Promise<void> => {
    if (last) setTold((await clicker.takeBack(last, t.undoReason)) ? t.tookBack(named(last)) : t.notKept);
  };
  const key = (way: 'in' | 'out', n: number, kind: string) => (
    <button type="button" class={`key ${kind}`} aria-label={`${direction(way)} ${n}`} disabled={!door} onClick={() => void press(way, n)}>
      <span aria-hidden="true">
        {direction(way)} <small>+{n}</small>
      </span>
    </button>
  );
  const pending = door ? clicker.pending(door.id) : { in: 0, out: 0 };
  const counts = door?.source == null || door.source === 'clicker';
  const first = alerts.find((a) => a.acknowledged === null);
  return (
    <div class={`clicker ${clicker.hand.value} is-${fresh.state}`}>
      <h1 class="unseen">{t.tab}</h1>
      <div class="click-top">
        <a class="click-back" href="#live" aria-label={w.tab.live}>
          <Icon name="back" />
        </a>
        <select class="picker door-picker" aria-label={t.door} value={door?.id ?? ''} onChange={(e) => clicker.choose(e.currentTarget.value)}>
          {doors.map((p) => (
            <option key={p.id} value={p.id}>
              {nameOf(names?.points, p.id, lang)}
            </option>
          ))}
        </select>
        <span class={`net ${link === 'live' ? 'ok' : 'off'}`}>
          <i aria-hidden="true" />
          <span>
            {link === 'live' ? t.online : fresh.state === 'never' ? t.connecting : t.offline}
            {fresh.state !== 'never' && <small>{fresh.state === 'fresh' ? agoText(fresh.ageMs, d) : freshText(fresh, d)}</small>}
          </span>
        </span>
      </div>
      {first && (
        <a class={`click-alert ${first.level}`} href="#live">
          {alertText(first, names, devices, say).what}
          {alerts.length > 1 && <small>{w.attention.count(String(alerts.length))}</small>}
        </a>
      )}
      {door && live && <Authority door={door} live={live} acts={acts} role={who.role} nowMs={nowMs} say={say} />}
      <div class="cnt">
        <div>
          <b>
            <Num of={door ? door.entries + (counts ? pending.in : 0) : null} />
          </b>
          <span>{t.todayIn}</span>
        </div>
        <div>
          <b>
            <Num of={door ? door.exits + (counts ? pending.out : 0) : null} />
          </b>
          <span>{t.todayOut}</span>
        </div>
        <div>
          <b>
            <Num of={live && occupancyNow(live)} />
            {live && occupancyNow(live) !== null && <small> ± {grouped(live.hall.band)}</small>}
          </b>
          <span>{t.inside}</span>
        </div>
      </div>
      {key('in', 1, 'go-in')}
      {key('out', 1, 'go-out')}
      <div class="click-row">
        {key('in', atOnce, 'small')}
        {key('out', atOnce, 'small')}
        <button type="button" class="key small undo" aria-disabled={!last} onClick={() => void undo()}>
          {last ? t.undo(named(last)) : t.undoNothing}
        </button>
      </div>
      <p class={`click-told ${told === null && opensAlone === 'no' ? 'warn' : ''}`} role="status">
        {clicker.storage.value === 'memory' ? t.memoryOnly : clicker.refused.value > 0 ? t.refused(grouped(clicker.refused.value)) : (told ?? t.opensAlone[opensAlone])}
      </p>
      <div class="click-foot">
        <button type="button" class="btn" onClick={clicker.swapHands}>
          {t.swapHands}
        </button>
        <span>
          <span class={waiting > 0 ? 'waits' : ''}>{t.waiting(grouped(waiting))}</span> · {who.name} {shortClockText(nowMs)}
        </span>
      </div>
    </div>
  );
};

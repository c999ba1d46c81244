/** The staff page: signed out a form; signed in the live wall, the devices and the doors of one showcase, or the wall alone on a television. */
import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import type { Session } from '../../shared/paths.ts';
import { can } from '../../shared/roles.ts';
import type { Ask } from '../ui/api.ts';
import { Brand } from '../ui/brand.tsx';
import { Icon } from '../ui/desk-icon.tsx';
import { Entrance } from '../ui/entrance.tsx';
import { FreshLine } from '../ui/fresh-line.tsx';
import { freshnessOf, hubNowMs } from '../ui/freshness.ts';
import type { Language } from '../ui/language.ts';
import { LanguageSwitch, type ShowcaseItem, ShowcasePicker, SignedIn, SkipLink } from '../ui/page-head.tsx';
import type { SessionDoor } from '../ui/session.ts';
import { askShowcase, dayNumber, openHoursOf, type ShowcaseInfo } from '../ui/showcase-info.ts';
import { clockText, deskWords, longDay } from '../words/desk.ts';
import { floorWords } from '../words/floor.ts';
import { grouped } from '../words/numbers.ts';
import { packsWords } from '../words/packs.ts';
import { staffWords } from '../words/staff.ts';
import { type Alarm, useAlarm } from './alarm.ts';
import type { Clicker } from './clicker.ts';
import { ClickerPage, type OpensAlone } from './clicker-page.tsx';
import type { DeskActs } from './desk-acts.ts';
import { DevicesPage } from './devices-page.tsx';
import { DoorsPage } from './doors-page.tsx';
import type { Feed } from './feed.ts';
import type { Keeping } from './kept.ts';
import { LinkBanner } from './link-banner.tsx';
import { LogPage } from './log-page.tsx';
import type { PackActs } from './pack-acts.ts';
import { PacksPage } from './packs-page.tsx';
import type { Say } from './say.ts';
import { Wall } from './wall.tsx';

/** the address's `#live` and so on; `wall` is the live wall for a television */
export const VIEWS = ['live', 'clicker', 'doors', 'devices', 'packs', 'log', 'wall'] as const;
export type View = (typeof VIEWS)[number];
const TABS = ['live', 'clicker', 'doors', 'devices', 'packs', 'log'] as const;
/** the public description is asked again this often, for days that an organiser sets meanwhile */
const infoEveryMs = 60_000;
/** how often the doors are kept for a clicker that opens while the hub is away */
const keepEveryMs = 5_000;

export type StaffPlace = {
  ask: Ask;
  session: SessionDoor;
  language: Language;
  acts: DeskActs;
  packs: PackActs;
  /** this screen's clock, in steps of a second */
  nowMs: ReadonlySignal<number>;
  view: ReadonlySignal<View>;
  origin: string;
  copy(text: string): Promise<boolean>;
  go(view: View): void;
  openFeed(): Feed;
  alarm: Alarm;
  clicker: Clicker;
  kept: Keeping;
  /** whether this page opens on this device while the hub is away: `no` on an address that is not secure */
  opensAlone: ReadonlySignal<OpensAlone>;
};

const useShowcases = (ask: Ask, feed: Feed, kept: Keeping) => {
  const before = useMemo(kept.chosen, []);
  const [items, setItems] = useState(before.items);
  const [heard, hear] = useState(false);
  const [at, setAt] = useState(before.at);
  const [info, setInfo] = useState<ShowcaseInfo | null>(null);
  const [round, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), heard ? infoEveryMs : 3_000);
    return () => clearInterval(timer);
  }, [heard]);
  useEffect(() => {
    if (at !== null) kept.choose({ items, at });
  }, [items, at]);
  useEffect(() => {
    let gone = false;
    void ask<{ showcases: ShowcaseItem[] }>('GET', `${API}/showcases`).then((answer) => {
      if (gone || !answer.ok) return;
      const { showcases } = answer.value;
      setItems(showcases);
      hear(true);
      setAt((now) => (showcases.some((s) => s.id === now) ? now : (showcases[0]?.id ?? null)));
    });
    return () => {
      gone = true;
    };
  }, [round]);
  useEffect(() => {
    if (at === null) return undefined;
    let gone = false;
    feed.watch(at);
    void askShowcase(ask, at).then((answer) => {
      if (!gone && answer.ok) setInfo(answer.value);
    });
    return () => {
      gone = true;
    };
  }, [at, round]);
  return { items, at, info: info?.id === at ? info : null, pick: setAt };
};

const Console = ({ page, who, say }: { page: StaffPlace; who: Session; say: Say }) => {
  const { w, d, f, lang } = say;
  const feed = useMemo(page.openFeed, []);
  useEffect(() => {
    const leave = page.clicker.use(feed);
    return () => {
      leave();
      feed.close();
    };
  }, [feed]);
  const state = feed.state.value;
  useEffect(() => {
    if (state === 'live') page.clicker.wake();
  }, [state]);
  const { items, at, info, pick } = useShowcases(page.ask, feed, page.kept);
  const view = page.view.value;
  const tv = view === 'wall';
  const mayPacks = can(who.role, 'packs.write');
  const tab = tv || (view === 'packs' && !mayPacks) ? 'live' : view;
  // who counts at a door goes on with the doors as this device knows them; figures are shown as the hub told them in this life
  const kept = useMemo(() => (at === null ? null : page.kept.floor(at)), [at]);
  const told = feed.live.value && { live: feed.live.value, names: feed.names.value, heardLocalMs: feed.heardLocalMs.value };
  const { live, names, heardLocalMs } = told ?? (tab === 'clicker' ? kept : null) ?? { live: null, names: null, heardLocalMs: null };
  useEffect(() => {
    if (told?.names && told.heardLocalMs !== null) page.kept.keepFloor({ live: told.live, names: told.names, heardLocalMs: told.heardLocalMs });
  }, [told?.live.showcase, Math.floor((told?.heardLocalMs ?? 0) / keepEveryMs)]);
  const asOfMs = live ? Date.parse(live.asOf) : null;
  const nowMs = hubNowMs(asOfMs, heardLocalMs, page.nowMs.value);
  const fresh = freshnessOf(asOfMs, nowMs);
  useEffect(() => {
    document.documentElement.className = `night ${tv ? 'tv' : 'desk'} ${tab === 'clicker' ? 'clicking' : ''}`;
  }, [tv, tab]);
  useEffect(() => {
    if (!tv) return undefined;
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') page.go('live');
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [tv]);
  const may = live && { showcase: live.showcase, role: who.role, acts: page.acts, nowMs: () => nowMs };
  useAlarm(page.alarm, feed);
  const tabName = (t: (typeof TABS)[number]): string => (t === 'clicker' ? f.clicker.tab : t === 'log' ? f.log.tab : t === 'packs' ? packsWords(lang).tab : w.tab[t]);
  const number = dayNumber(info, nowMs);
  const name = items.find((s) => s.id === at)?.name[lang] ?? '';
  return (
    <div class="wall">
      <SkipLink d={d} />
      <header>
        <div class="hd">
          <Brand />
          <h1>{tabName(tab)}</h1>
          {tv ? <span class="m">{name}</span> : <ShowcasePicker items={items} at={at} lang={lang} d={d} pick={pick} />}
          <span class="m date">
            {number !== null && <span class="nb">{w.day(String(number))}</span>} <span class="nb">{longDay(dayOf(nowMs), d)}</span>{' '}
            {live && !live.open && !live.hall.rehearsing && <span class="nb shut">{w.shut}</span>} {live?.hall.rehearsing && <span class="nb shut">{f.rehearsal.title}</span>}{' '}
            {live?.hall.emergency && <span class="nb alarm">{f.orders.given.emergency}</span>} {live?.hall.paused && <span class="nb alarm">{f.orders.given.pause}</span>}
          </span>
          <span class="sp" />
          <FreshLine fresh={fresh} d={d} />
          <span class="clock">{clockText(nowMs)}</span>
          {tv && (
            <button type="button" class="btn small leave-tv" onClick={() => page.go('live')}>
              {w.wall.leave}
            </button>
          )}
        </div>
        {!tv && (
          <div class="bar">
            <nav aria-label={d.section}>
              {TABS.filter((t) => t !== 'packs' || mayPacks).map((t) => (
                <a key={t} href={`#${t}`} aria-current={tab === t ? 'page' : undefined}>
                  {tabName(t)}
                </a>
              ))}
            </nav>
            <span class="sp" />
            <a class="btn small tv-button" href="#wall">
              <Icon name="screen" />
              {w.wall.enter}
            </a>
            <button type="button" class="btn small" aria-pressed={page.alarm.on.value} onClick={page.alarm.toggle}>
              {f.alerts.sound} {page.alarm.on.value ? f.alerts.soundOn : f.alerts.soundOff}
            </button>
            <LanguageSwitch language={page.language} d={d} />
            <SignedIn who={who} d={d} leave={() => void page.session.leave()} />
          </div>
        )}
        <LinkBanner state={state} say={say} />
      </header>
      <main id="main" tabIndex={-1}>
        {tab === 'live' && (
          <Wall
            live={live}
            devices={feed.devices.value}
            alerts={feed.alerts.value}
            may={may}
            names={feed.names.value}
            open={openHoursOf(info, nowMs)}
            nowMs={nowMs}
            fresh={fresh}
            tv={tv}
            say={say}
          />
        )}
        {tab === 'devices' && info && (
          <DevicesPage
            devices={feed.devices.value}
            info={info}
            role={who.role}
            acts={page.acts}
            nowMs={nowMs}
            origin={page.origin}
            copy={page.copy}
            changed={feed.noteDevice}
            live={live}
            say={say}
          />
        )}
        {tab === 'doors' && <DoorsPage live={live} names={feed.names.value} devices={feed.devices.value} role={who.role} acts={page.acts} ask={page.ask} nowMs={nowMs} say={say} />}
        {tab === 'clicker' && (
          <ClickerPage
            live={live}
            names={names}
            devices={feed.devices.value}
            alerts={feed.alerts.value}
            link={feed.state.value}
            fresh={fresh}
            who={who}
            clicker={page.clicker}
            opensAlone={page.opensAlone.value}
            acts={page.acts}
            nowMs={nowMs}
            say={say}
          />
        )}
        {tab === 'packs' && <PacksPage acts={page.packs} items={items} say={say} />}
        {tab === 'log' && at !== null && <LogPage showcase={at} names={feed.names.value} devices={feed.devices.value} role={who.role} acts={page.acts} say={say} />}
      </main>
    </div>
  );
};

export const StaffPage = ({ page }: { page: StaffPlace }) => {
  const lang = page.language.lang.value;
  const say: Say = { w: staffWords(lang), d: deskWords(lang), f: floorWords(lang), lang };
  const state = page.session.state.value;
  const waiting = page.clicker.waiting.value;
  useEffect(() => {
    document.title = say.w.title;
  }, [lang]);
  if (typeof state === 'object') return <Console page={page} who={state} say={say} />;
  return (
    <Entrance title={say.w.title} signIn={say.w.signIn} session={page.session} language={page.language} d={say.d}>
      {waiting > 0 && <p class="note held">{say.f.clicker.heldFor(grouped(waiting))}</p>}
    </Entrance>
  );
};

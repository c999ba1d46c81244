/** The organiser page: what may be published first, then the tables it rests on, whether they are complete, and the downloads. */
import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import type { Grouping } from '../../shared/attendance.ts';
import { dayOf } from '../../shared/hongkong-time.ts';
import type { Session } from '../../shared/paths.ts';
import { can } from '../../shared/roles.ts';
import type { Ask } from '../ui/api.ts';
import { Brand } from '../ui/brand.tsx';
import { CloseDay } from '../ui/close-day.tsx';
import { Entrance } from '../ui/entrance.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { freshnessOf } from '../ui/freshness.ts';
import type { Language } from '../ui/language.ts';
import { LanguageSwitch, ShowcasePicker, SignedIn, SkipLink } from '../ui/page-head.tsx';
import type { SessionDoor } from '../ui/session.ts';
import { VoteControl } from '../ui/vote-control.tsx';
import { agoText, clockText, deskWords } from '../words/desk.ts';
import { dateText, daysText, grouped } from '../words/numbers.ts';
import { organiserWords } from '../words/organiser.ts';
import type { Say } from './cells.ts';
import { CompareDialog, lastTwo } from './compare-dialog.tsx';
import { statusOf } from './comparison.ts';
import { DaysDialog } from './days-dialog.tsx';
import type { DayRange } from './downloads.ts';
import { ExportDialog } from './export-dialog.tsx';
import { PublicationLine } from './publication-line.tsx';
import { RangeForm } from './range-form.tsx';
import { namesOf, readEveryMs, useBackground, useReading, useShowcases } from './reading.ts';
import type { SavingPlace } from './saving.ts';
import { CompletePanel, DownloadsPanel, EarlierPanel } from './side-panels.tsx';
import { GroupingTabs, ReconciliationLine, TablesOf } from './tables.tsx';

export type OrganiserPlace = { ask: Ask; session: SessionDoor; language: Language; saving: SavingPlace; nowMs: ReadonlySignal<number> };

const wholeShow: DayRange = { from: null, to: null };

const Totals = ({ page, who, say }: { page: OrganiserPlace; who: Session; say: Say }) => {
  const { w, d, lang } = say;
  const { ask, session } = page;
  const [picked, pick] = useState<string | null>(null);
  const [range, setRange] = useState<DayRange>(wholeShow);
  const [by, setBy] = useState<Grouping>('day');
  const [round, again] = useState(0);
  const [open, setOpen] = useState<'days' | 'export' | 'compare' | { close: string } | null>(null);
  const [changed, noteChange] = useState(0);
  const items = useShowcases(ask, changed);
  const showcase = picked ?? items[0]?.id ?? null;
  const background = useBackground(ask, showcase, changed);
  const { tables, readMs, failed } = useReading(ask, showcase, range, by, round + changed, () => Date.now(), session.noticed);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again((n) => n + 1);
    }, readEveryMs);
    return () => clearInterval(timer);
  }, []);
  const { info, event, earlier } = background;
  const names = namesOf(background);
  const now = page.nowMs.value;
  const today = dayOf(now);
  const days = tables.day ?? null;
  const fresh = freshnessOf(readMs, now);
  const [first, last] = [info?.days.toSorted()[0], info?.days.toSorted().at(-1)];
  const status = days ? statusOf(days.rows) : 'none';
  const exported: DayRange = days && (range.from !== null || range.to !== null) ? { from: days.from, to: days.to } : wholeShow;
  return (
    <div class="sheet">
      <SkipLink d={d} />
      <header>
        <div class="hd">
          <Brand />
          <h1>{w.title}</h1>
          <ShowcasePicker items={items} at={showcase} lang={lang} d={d} pick={pick} />
          <span class="m">
            {event && <span class="nb">{event[lang]}</span>} {first && last && <span class="nb">{daysText(first, last, lang)}</span>}
          </span>
          <span class="sp" />
          <span class={`st ${status}`}>{w.status[status]}</span>
          <LanguageSwitch language={page.language} d={d} />
          <SignedIn who={who} d={d} leave={() => void session.leave()} />
        </div>
      </header>
      <main id="main" tabIndex={-1} class={`is-${fresh.state}`}>
        <PublicationLine attendance={days} say={say} />
        <div class="tools">
          <RangeForm range={range} shown={days} today={today} say={say} choose={setRange} />
          <GroupingTabs by={by} say={say} choose={setBy} />
        </div>
        <div role="status">
          <FailureNote failed={failed} d={d} />
        </div>
        <div class="gd">
          <div class="tables">
            <TablesOf by={by} tables={tables} today={today} mayClose={can(who.role, 'day.close')} close={(day) => setOpen({ close: day })} names={names} say={say} />
            {days && <ReconciliationLine of={days.reconciliation} say={say} />}
          </div>
          <div class="aside">
            {showcase !== null && (
              <DownloadsPanel showcase={showcase} by={by} range={exported} mayEvents={can(who.role, 'events.read')} build={() => setOpen('export')} say={say} />
            )}
            {days && <CompletePanel attendance={days} say={say} />}
            {showcase !== null && (
              <section class="part">
                <VoteControl showcase={showcase} role={who.role} ask={ask} d={d} />
              </section>
            )}
            <EarlierPanel shows={earlier} attendance={days} whole={range.from === null && range.to === null} say={say}>
              {days && (
                <button type="button" class="btn wide" onClick={() => setOpen('compare')}>
                  {w.compare.open}
                </button>
              )}
            </EarlierPanel>
            <section>
              <h2>{w.days.title}</h2>
              <p class="note">{first && last ? `${daysText(first, last, lang)}　${w.days.summary(String(info?.days.length ?? 0))}` : w.days.none}</p>
              {can(who.role, 'days.set') && info && (
                <button type="button" class="btn" onClick={() => setOpen('days')}>
                  {w.days.edit}
                </button>
              )}
            </section>
          </div>
        </div>
      </main>
      <footer>
        {days && (
          <p>
            <span class="nb">{w.foot.cut(`${dateText(days.asOf.slice(0, 10), lang)} ${clockText(Date.parse(days.asOf))}`)}</span>{' '}
            <span class="nb">{w.foot.position(grouped(days.position))}</span> <span class="nb">{w.foot.rule(days.rule)}</span>
          </p>
        )}
        <p class={`fresh ${fresh.state}`}>
          <i aria-hidden="true" />
          {readMs === null ? d.fresh.never : w.read(agoText(now - readMs, d))}
          <button type="button" class="btn small" onClick={() => again((n) => n + 1)}>
            {w.refresh}
          </button>
        </p>
      </footer>
      {open === 'days' && info && showcase !== null && (
        <DaysDialog
          days={info.windows}
          today={today}
          say={say}
          save={async (next) => {
            const answer = await ask<object>('PUT', `${API}/showcases/${encodeURIComponent(showcase)}/days`, { days: next });
            if (answer.ok) noteChange((n) => n + 1);
            return answer;
          }}
          close={() => setOpen(null)}
        />
      )}
      {open === 'export' && showcase !== null && (
        <ExportDialog showcase={showcase} range={days ? { from: days.from, to: days.to } : exported} ask={ask} place={page.saving} say={say} close={() => setOpen(null)} />
      )}
      {open === 'compare' && days && showcase !== null && <CompareDialog showcase={showcase} first={lastTwo(days)} ask={ask} say={say} close={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && showcase !== null && (
        <CloseDay day={open.close} ask={ask} showcase={showcase} d={say.d} done={() => noteChange((n) => n + 1)} close={() => setOpen(null)} />
      )}
    </div>
  );
};

export const OrganiserPage = ({ page }: { page: OrganiserPlace }) => {
  const lang = page.language.lang.value;
  const say: Say = { w: organiserWords(lang), d: deskWords(lang), lang };
  const state = page.session.state.value;
  useEffect(() => {
    document.title = say.w.title;
  }, [lang]);
  if (typeof state === 'object' && can(state.role, 'attendance.read')) return <Totals page={page} who={state} say={say} />;
  return <Entrance title={say.w.title} signIn={say.w.signIn} session={page.session} language={page.language} d={say.d} />;
};

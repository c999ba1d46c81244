/** Beside the tables: earlier shows as they were published, whether the data are complete, and the downloads. */
import type { ComponentChildren } from 'preact';
import { type Attendance, GROUPINGS, type Grouping } from '../../shared/attendance.ts';
import { roughChange } from '../../shared/counting.ts';
import type { PackHead } from '../../shared/pack.ts';
import { Icon } from '../ui/desk-icon.tsx';
import { percent, signed } from '../ui/figure.tsx';
import { dateText, grouped } from '../words/numbers.ts';
import type { Say } from './cells.ts';
import { hatchedCoverageMin, statusOf } from './comparison.ts';
import { csvPath, type DayRange, eventsPath, reportPath, workbookPath } from './downloads.ts';

export type EarlierShow = PackHead['earlier'][number];

type EarlierProps = { shows: readonly EarlierShow[]; attendance: Attendance | null; whole: boolean; say: Say; children: ComponentChildren };
export const EarlierPanel = ({ shows, attendance, whole, say: { w, lang }, children }: EarlierProps) => {
  const t = w.earlier;
  const visits = attendance?.totals['visits'];
  const final = whole && attendance !== null && statusOf(attendance.rows) === 'closed' && typeof visits === 'number';
  const against = (earlier: number): string => {
    if (!final) return '';
    const change = roughChange(earlier, visits);
    return change === null ? '' : change === 0 ? t.like : (change > 0 ? t.more : t.fewer)(percent(Math.abs(change)));
  };
  /** many titles of papers name their date already */
  const sourceText = ({ source }: EarlierShow): string => {
    const [title, date] = [source.title[lang], dateText(source.date, lang)];
    return t.source(title.replaceAll('\u00a0', ' ').includes(date.replaceAll('\u00a0', ' ')) ? title : `${title} ${date}`);
  };
  return (
    <section>
      <h2>{t.title}</h2>
      {(shows.length === 0 || !final) && <p class="note">{shows.length === 0 ? t.none : t.notYet}</p>}
      {shows.map((s) => (
        <div key={s.id} class="earlier">
          <span class="name">{s.name[lang]}</span>
          <b>{s.precision === 'approx' ? t.about(grouped(s.visits)) : grouped(s.visits)}</b>
          <span class="note">{(s.precision === 'approx' ? t.published : t.exactly)(dateText(s.month, lang))}</span>
          <span class="note against">{against(s.visits)}</span>
          <span class="note source">
            {s.source.url ? (
              <a href={s.source.url} rel="noreferrer">
                {sourceText(s)}
              </a>
            ) : (
              sourceText(s)
            )}
          </span>
        </div>
      ))}
      {children}
    </section>
  );
};

const Line = ({ good, label, value, say: { w } }: { good: boolean; label: string; value: string; say: Say }) => (
  <li class={good ? 'good-line' : 'look-line'}>
    <Icon name={good ? 'tick' : 'warn'} />
    <span>
      {label}
      <span class="unseen"> {good ? w.complete.good : w.complete.look}</span>
    </span>
    <b>{value}</b>
  </li>
);

export const CompletePanel = ({ attendance, say }: { attendance: Attendance; say: Say }) => {
  const t = say.w.complete;
  const r = attendance.reconciliation;
  const coverage = typeof attendance.totals['coverage'] === 'number' ? attendance.totals['coverage'] : null;
  return (
    <section>
      <h2>{t.title}</h2>
      <ul class="complete">
        <Line good={r.check === 0} label={t.check} value={grouped(r.check)} say={say} />
        <Line good={r.quarantined === 0} label={t.quarantined} value={grouped(r.quarantined)} say={say} />
        <Line good={coverage !== null && coverage >= hatchedCoverageMin} label={t.coverage} value={percent(coverage)} say={say} />
        <Line good label={t.corrections} value={signed(r.corrections)} say={say} />
        <Line good label={t.duplicates} value={grouped(r.duplicates)} say={say} />
        <Line good label={t.shadow} value={grouped(r.shadow)} say={say} />
        <Line good label={t.outside} value={grouped(r.outside)} say={say} />
        <Line good label={t.staff} value={grouped(r.staff)} say={say} />
      </ul>
    </section>
  );
};

type DownloadsProps = { showcase: string; by: Grouping; range: DayRange; mayEvents: boolean; build(): void; say: Say };
export const DownloadsPanel = ({ showcase, by, range, mayEvents, build, say: { w, lang } }: DownloadsProps) => {
  const t = w.exports;
  return (
    <section>
      <h2>{t.title}</h2>
      <a class="btn primary big" href={workbookPath(showcase, range, lang)} download>
        <Icon name="down" />
        {t.workbook}
      </a>
      <button type="button" class="btn wide" onClick={build}>
        {t.open}
      </button>
      <a class="btn wide" href={reportPath(showcase, lang)} target="_blank" rel="noreferrer">
        {t.report}
      </a>
      <h3>{t.tables}</h3>
      <div class="links">
        {GROUPINGS.map((g) => (
          <a key={g} class={`btn small ${g === by ? 'shown' : ''}`} href={csvPath(showcase, g, range, lang)} download>
            {w.by[g]}
          </a>
        ))}
      </div>
      {mayEvents && (
        <>
          <h3>{t.events}</h3>
          <div class="links two">
            <a class="btn" href={eventsPath(showcase, 'ndjson', range)} download>
              {t.ndjson}
            </a>
            <a class="btn" href={eventsPath(showcase, 'csv', range)} download>
              {t.csv}
            </a>
          </div>
        </>
      )}
      <p class="note">{t.note}</p>
    </section>
  );
};

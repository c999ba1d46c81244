/** What may be published, first and largest, and beside it the exact number that it was rounded from. */
import type { Attendance } from '../../shared/attendance.ts';
import { publication } from '../../shared/counting.ts';
import { Num, percent } from '../ui/figure.tsx';
import { grouped } from '../words/numbers.ts';
import type { Say } from './cells.ts';

export const PublicationLine = ({ attendance, say: { w } }: { attendance: Attendance | null; say: Say }) => {
  const visits = typeof attendance?.totals['visits'] === 'number' ? attendance.totals['visits'] : null;
  const coverage = typeof attendance?.totals['coverage'] === 'number' ? attendance.totals['coverage'] : null;
  const days = attendance?.rows.filter((r) => r['visits'] !== null).length ?? 0;
  const published = visits === null ? null : publication(visits);
  const t = w.publication;
  return (
    <section class="lead" aria-label={w.exact.label}>
      <div>
        <p class="pub song">
          {published ? (
            <>
              {t.before}
              <em>
                {published.about ? `${t.about} ` : ''}
                <Num of={published.value} /> {t.unit}
              </em>
              {t.after}
            </>
          ) : (
            t.unknown
          )}
        </p>
        {published && visits !== null && (
          <p class="how">
            {published.about ? t.rounded(grouped(visits), visits >= 10_000 ? t.thousands : t.hundreds) : t.exact}
            {t.meaning}
          </p>
        )}
      </div>
      <div class="exact">
        <p class="huge">
          <Num of={visits} />
        </p>
        <p class="of">
          <span>{w.exact.label}</span>
          <span>{w.exact.days(String(days))}</span>
          <span>{coverage === null ? w.exact.noCoverage : w.exact.coverage(percent(coverage))}</span>
        </p>
      </div>
    </section>
  );
};

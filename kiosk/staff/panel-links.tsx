/** QR codes shown and scanned with their rate, the ten most viewed projects, and how kiosks are used. Never part of visits. */
import type { Live } from '../../shared/live.ts';
import type { ShowcaseNames } from '../../shared/wire.ts';
import { LANGS } from '../../shared/words.ts';
import { Num } from '../ui/figure.tsx';
import { grouped } from '../words/numbers.ts';
import { scanRate } from './figures.ts';
import type { Say } from './say.ts';

const Figure = ({ value, label }: { value: string; label: string }) => (
  <div>
    <dt class="sub">{label}</dt>
    <dd class="huge">{value}</dd>
  </div>
);
const text = (n: number | null | undefined): string => (n == null ? '—' : grouped(n));

export const LinksPanel = ({ live, say: { w } }: { live: Live | null; say: Say }) => {
  const today = live?.today;
  const rate = today ? scanRate(today.shown, today.scanned) : null;
  return (
    <section class="panel links">
      <h2>
        {w.links.title} <small>{w.doors.today}</small>
      </h2>
      <dl class="three">
        <Figure value={text(today?.shown)} label={w.links.shown} />
        <Figure value={text(today?.scanned)} label={w.links.scanned} />
        <Figure value={rate === null ? '—' : `${grouped(rate)}%`} label={w.links.rate} />
      </dl>
      {today?.scanned === null && <p class="sub">{w.links.direct}</p>}
    </section>
  );
};

export const TopPanel = ({ live, names, say: { w, lang } }: { live: Live | null; names: ShowcaseNames | null; say: Say }) => {
  const projects = (live?.projects ?? []).filter((p) => p.views > 0);
  return (
    <section class="panel top">
      <h2>
        {w.top.title} <small>{w.top.note}</small>
      </h2>
      {live && projects.length === 0 && <p class="sub">{w.top.none}</p>}
      <ol class="tp">
        {projects.map((p, i) => {
          const area = names?.projects[p.id]?.area;
          const name = names?.projects[p.id]?.name[lang] ?? p.id;
          return (
            <li key={p.id}>
              <span aria-hidden="true">{i + 1}</span>
              <span class="name" title={name}>
                {area && (
                  <span class={`g area-${area}`} aria-hidden="true">
                    {w.mark[area]}
                  </span>
                )}
                {name}
              </span>
              <b>
                <Num of={p.views} />
              </b>
            </li>
          );
        })}
      </ol>
    </section>
  );
};

export const UsePanel = ({ live, say: { w, d } }: { live: Live | null; say: Say }) => {
  const langs = live?.langs ?? {};
  const all = Object.values(langs).reduce((a, b) => a + b, 0);
  const own = { 'zh-HK': '繁', 'zh-CN': '简', en: 'EN' };
  return (
    <section class="panel use" aria-label={w.use.title}>
      <h2>{w.use.title}</h2>
      <dl class="four">
        <Figure value={text(live?.today.sessions)} label={w.use.sessions} />
        <Figure value={text(live?.today.engagedSessions)} label={w.use.engaged} />
        <Figure value={text(live?.today.projectViews)} label={w.use.views} />
        <div>
          <dt class="sub">{w.use.languages}</dt>
          <dd class="langs">
            {all === 0
              ? d.dash
              : LANGS.map((l) => (
                  <span key={l} class="nb">
                    <span lang={l}>{own[l]}</span> {Math.round(((langs[l] ?? 0) / all) * 100)}%
                  </span>
                ))}
          </dd>
        </div>
      </dl>
    </section>
  );
};

/** The kiosks as a strip of windows, lit when all is well, dashed when not; and the table with everything each one says of itself. */
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import { Num, signed } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { agoText, spanText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { kioskSign, nameOf, type Say } from './say.ts';

type Props = { kiosks: readonly DeviceView[]; say: Say };

export const KiosksPanel = ({ kiosks, say: { w } }: Props) => {
  const count = (...s: DeviceView['status'][]): number => kiosks.filter((k) => s.includes(k.status)).length;
  return (
    <section class="panel kiosks">
      <h2>
        {w.kiosks.title} {kiosks.length > 0 && <small>{w.kiosks.counts(count('ok'), count('warn'), count('offline', 'never'))}</small>}
      </h2>
      {kiosks.length === 0 && <p class="sub">{w.kiosks.none}</p>}
      <ul class={`kw ${kiosks.length > 24 ? 'many' : kiosks.length > 8 ? 'some' : ''}`}>
        {kiosks.map((k, i) => (
          <li key={k.id} class={k.status} title={k.name}>
            <span class="unseen">{k.name} </span>
            <span aria-hidden="true">{kioskSign(k.name, i)}</span>
            {k.status !== 'ok' && <small>{w.status[k.status]}</small>}
            {k.status === 'ok' && <span class="unseen"> {w.status.ok}</span>}
            {k.waiting ? (
              <>
                <small aria-hidden="true">{w.kiosks.held(grouped(k.waiting))}</small>
                <span class="unseen"> {w.kiosks.waiting(grouped(k.waiting))}</span>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};

type TableProps = Props & { names: ShowcaseNames | null; nowMs: number };

export const KiosksTable = ({ kiosks, names, nowMs, say: { w, d, lang } }: TableProps) => {
  const t = w.kiosks;
  if (kiosks.length === 0) return null;
  return (
    <section class="panel kiosk-table">
      <Scroll label={t.table}>
        <table class="grid">
          <caption>{t.table}</caption>
          <thead>
            <tr>
              {[t.name, t.zone, t.status, t.screen].map((head) => (
                <th key={head} scope="col" class="text">
                  {head}
                </th>
              ))}
              {[t.waitingHead, t.oldest, t.fps].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col" class="text">
                {t.pack}
              </th>
              <th scope="col">{t.offset}</th>
              <th scope="col">{t.heard}</th>
              <th scope="col" class="text">
                {t.faults}
              </th>
            </tr>
          </thead>
          <tbody>
            {kiosks.map((k) => (
              <tr key={k.id}>
                <th scope="row">{k.name}</th>
                <td class="text">{k.zone === null ? '—' : nameOf(names?.zones, k.zone, lang)}</td>
                <td class={`text state ${k.status}`}>
                  <i aria-hidden="true" />
                  {w.status[k.status]}
                </td>
                <td class="text">{k.screen === null ? '—' : (w.screens[k.screen] ?? k.screen)}</td>
                <td>
                  <Num of={k.waiting} />
                </td>
                <td>{k.oldestMs === null ? '—' : spanText(k.oldestMs, d)}</td>
                <td>
                  <Num of={k.fps === null ? null : Math.round(k.fps)} />
                </td>
                <td class="text code">{k.pack === null ? '—' : k.pack.slice(0, 12)}</td>
                <td>{k.offsetMs === null ? '—' : d.fresh.span(signed(Math.round(k.offsetMs / 10) / 100), 'second')}</td>
                <td>{k.heardMs === null ? '—' : agoText(nowMs - k.heardMs, d)}</td>
                <td class="text code">{k.faults.length === 0 ? '—' : k.faults.join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
};

/** The kiosks as a strip of windows, lit when all is well, dashed when not; and the table with everything each one says of itself. */
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import { Num, signed } from '../ui/figure.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { agoText, spanText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { deviceName, nameOf, type Say } from './say.ts';

type Props = { kiosks: readonly DeviceView[]; names: ShowcaseNames | null; nowMs: number; say: Say };

/** By their numbers. */
const inOrder = (kiosks: readonly DeviceView[]): DeviceView[] => [...kiosks].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));

export const KiosksPanel = ({ kiosks, names, nowMs, say: { w, d, lang } }: Props) => {
  const count = (...s: DeviceView['status'][]): number => kiosks.filter((k) => s.includes(k.status)).length;
  return (
    <section class="panel kiosks">
      <h2>
        {w.kiosks.title} {kiosks.length > 0 && <small>{w.kiosks.counts(count('ok'), count('warn'), count('offline'), count('never'))}</small>}
      </h2>
      {kiosks.length === 0 && <p class="sub">{w.kiosks.none}</p>}
      <ul class={`kw ${kiosks.length > 24 ? 'many' : kiosks.length > 8 ? 'some' : ''}`}>
        {inOrder(kiosks).map((k) => {
          const zone = k.zone === null ? null : nameOf(names?.zones, k.zone, lang);
          const away = k.status === 'offline' && k.heardMs !== null ? nowMs - k.heardMs : null;
          const about = [
            deviceName(k),
            zone,
            w.status[k.status],
            away === null ? null : `${w.kiosks.heard} ${agoText(away, d)}`,
            k.waiting ? w.kiosks.waiting(grouped(k.waiting)) : null,
          ];
          return (
            <li key={k.id} class={k.status} title={about.filter(Boolean).join(' · ')}>
              <span class="unseen">{about.filter(Boolean).join(' · ')}</span>
              <span aria-hidden="true">{k.number ?? k.name}</span>
              {k.status !== 'ok' && <small aria-hidden="true">{w.status[k.status]}</small>}
              {away !== null && (
                <small aria-hidden="true" class="nb">
                  {spanText(away, d)}
                </small>
              )}
              {k.waiting ? <small aria-hidden="true">{w.kiosks.held(grouped(k.waiting))}</small> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

export const KiosksTable = ({ kiosks, names, nowMs, say: { w, d, lang } }: Props) => {
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
            {inOrder(kiosks).map((k) => (
              <tr key={k.id}>
                <th scope="row">{deviceName(k)}</th>
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

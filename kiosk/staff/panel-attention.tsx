/** What needs attention, in words: what is wrong, since when, and whether it touches the count. News are announced politely. */
import type { ShowcaseNames } from '../../shared/wire.ts';
import { spanText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { Attention } from './attention.ts';
import { nameOf, type Say } from './say.ts';

const wording = (a: Attention, names: ShowcaseNames | null, { w, d, lang }: Say): [string, string] => {
  const t = w.attention;
  switch (a.kind) {
    case 'no-doors':
      return [t.noDoors, t.noDoorsNote];
    case 'door-silent':
      return [t.doorSilent(nameOf(names?.points, a.point, lang)), t.doorSilentNote(spanText(a.forMs, d))];
    case 'door-fault':
      return [t.doorFault(nameOf(names?.points, a.point, lang)), t.doorFaultNote];
    case 'kiosk-offline':
      return [t.kioskOffline(a.device.name, spanText(a.forMs, d)), (a.device.waiting ? t.unsent(grouped(a.device.waiting)) : '') + t.noEffect];
    case 'kiosk-waiting':
      return [t.kioskWaiting(a.device.name, grouped(a.waiting)), t.noEffect];
    case 'kiosk-fault':
      return [t.kioskFault(a.device.name), a.device.faults.join(' ')];
    case 'kiosk-clock':
      return [t.kioskClock(a.device.name, spanText(a.offMs, d)), t.noEffect];
    case 'kiosk-slow':
      return [t.kioskSlow(a.device.name, grouped(Math.round(a.fps))), t.noEffect];
  }
};

type Props = { items: readonly Attention[]; most: number; names: ShowcaseNames | null; say: Say };

export const AttentionPanel = ({ items, most, names, say }: Props) => {
  const t = say.w.attention;
  return (
    <section class={`panel attention ${items.length === 0 ? 'calm' : ''}`}>
      <h2>
        {t.title} {items.length > 0 && <small>{t.count(String(items.length))}</small>}
      </h2>
      <div role="status">
        {items.length === 0 && <p class="sub">{t.none}</p>}
        {items.slice(0, most).map((a) => {
          const [what, note] = wording(a, names, say);
          return (
            <div key={a.id} class={`al ${a.level}`}>
              <b>{what}</b>
              <span>{note}</span>
              <em class="lv">{t[a.level]}</em>
            </div>
          );
        })}
      </div>
    </section>
  );
};

/** A line of the shift's log in words. */
import type { LogLine } from '../../shared/floor.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import { signed } from '../ui/figure.tsx';
import { dayAndClock, shortClockText, shortDay } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { alertText } from './alert-text.ts';
import { called, nameOf, type Say } from './say.ts';

/** Who did it; `null`: the hub by itself. */
export const whoOf = ({ entry }: LogLine): string | null => ('by' in entry && entry.by !== 'hub' ? entry.by : null);

/** With what value the alert that the line at `i` clears or sees was raised last; null where it is none, or that was long ago. Newest first. */
export const raisedBefore = (lines: readonly LogLine[], i: number): number | null => {
  const e = lines[i]?.entry;
  if (e?.kind !== 'alert.cleared' && e?.kind !== 'alert.acknowledged') return null;
  for (const { entry } of lines.slice(i + 1)) if (entry.kind === 'alert.raised' && entry.rule === e.rule && entry.subject === e.subject) return entry.value;
  return null;
};

/** What was done. `raised`: as `raisedBefore` says. */
export const lineText = ({ entry: e }: LogLine, names: ShowcaseNames | null, devices: readonly DeviceView[], say: Say, raised: number | null): string => {
  const { f, w, d, lang } = say;
  const t = f.log.lines;
  const alert = (value: number | null = raised): string => ('rule' in e ? alertText({ rule: e.rule, subject: e.subject, value }, names, devices, say).what : '');
  const device = (id: string): string => called(devices, id);
  switch (e.kind) {
    case 'alert.raised':
      return t.raised(alert(e.value), w.attention[e.level]);
    case 'alert.cleared':
      return t.cleared(alert());
    case 'alert.acknowledged':
      return t.seen(alert(), e.note);
    case 'capacity.set':
      return t.capacity(e.people === null ? null : grouped(e.people));
    case 'heads.counted':
      return t.heads(grouped(e.people));
    case 'order.given':
      return t.order(t.orderNames[e.order], e.on, e.devices === null ? f.log.all : e.devices.map(device).join(', '));
    case 'command.sent':
      return t.command(e.command in w.command ? String(w.command[e.command as 'identify']) : e.command, grouped(e.delivered), grouped(e.of));
    case 'rehearsal.set':
      return t.rehearsal(e.on);
    case 'log.written':
      return t.wrote(f.log.topics[e.topic], e.text);
    case 'vote.set':
      return t.vote(e.state, e.opensMs === null ? null : dayAndClock(e.opensMs, d), e.closesMs === null ? null : dayAndClock(e.closesMs, d));
    case 'vote.published':
      return t.votePublished(e.on);
    case 'authority.set':
      return t.authority(nameOf(names?.points, e.point, lang), w.doors[e.source]);
    case 'count.corrected':
      return t.corrected(nameOf(names?.points, e.point, lang), `${e.hour.slice(11, 13)}:00`, signed(e.in), signed(e.out), e.reason);
    case 'click.voided':
      return t.voided(e.reason);
    case 'days.set':
      return t.days;
    case 'day.closed':
      return t.closed(shortDay(e.day, d));
  }
};
export const timeOf = ({ entry }: LogLine): string => shortClockText(entry.receivedMs);

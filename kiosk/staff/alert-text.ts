/** An alert in words: what is wrong with what, and what to do about it. */
import type { Alert, AlertNews } from '../../shared/alerts.ts';
import type { DeviceView, ShowcaseNames } from '../../shared/wire.ts';
import { shortDay, spanText } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import { called, nameOf, type Say } from './say.ts';

/** Whole percent from ten on: a tenth says nothing there. */
const percent = (share: number): string => `${share < 0.1 ? Math.round(share * 1000) / 10 : Math.round(share * 100)}%`;

const valueText = ({ rule, value }: Pick<Alert, 'rule' | 'value'>, { d }: Say): string => {
  if (value === null) return d.dash;
  switch (rule) {
    case 'occ.capacity':
    case 'occ.drift':
    case 'journal.disk':
      return percent(value);
    case 'sensor.clock':
    case 'kiosk.clock':
      return spanText(value, d);
    case 'sensor.ratio':
      return String(value);
    default:
      return grouped(Math.round(Math.abs(value)));
  }
};

const subjectText = ({ rule, subject }: Pick<Alert, 'rule' | 'subject'>, names: ShowcaseNames | null, devices: readonly DeviceView[], say: Say): string => {
  if (rule === 'occ.drift') return shortDay(subject, say.d);
  if (rule.startsWith('sensor.')) return nameOf(names?.points, subject, say.lang);
  return called(devices, subject);
};

/** What is wrong, and what to do. */
export const alertText = (
  alert: Pick<AlertNews, 'rule' | 'subject' | 'value'>,
  names: ShowcaseNames | null,
  devices: readonly DeviceView[],
  say: Say,
): { what: string; advice: string } => ({
  what: say.f.alerts.what[alert.rule](subjectText(alert, names, devices, say), valueText(alert, say)),
  advice: say.f.alerts.advice[alert.rule],
});

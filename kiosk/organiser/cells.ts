/** How a cell of a total is printed: names for ids, days and hours in words, a dash for what is not known. */
import { type Cell, COLUMNS, type Grouping } from '../../shared/attendance.ts';
import type { Lang, Text } from '../../shared/words.ts';
import { percent, signed } from '../ui/figure.tsx';
import { type DeskWords, shortClockText, shortDay } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { OrganiserWords } from '../words/organiser.ts';

export type Names = { points: ReadonlyMap<string, Text>; zones: ReadonlyMap<string, Text>; projects: ReadonlyMap<string, Text>; devices: ReadonlyMap<string, string> };
export type Say = { w: OrganiserWords; d: DeskWords; lang: Lang };
export type Column = keyof OrganiserWords['columns'];

/** The columns of a grouping; every one of them has a heading in the dictionary. */
export const columnsOf = (by: Grouping): readonly Column[] => COLUMNS[by] as readonly Column[];

/** columns that hold words, set at the left */
export const TEXT_COLUMNS: ReadonlySet<string> = new Set(['day', 'hour', 'point', 'zone', 'source', 'project', 'kiosk', 'code', 'status']);
/** the column of each grouping that is drawn as a bar */
export const BAR_COLUMN: { [G in Grouping]: Column } = {
  day: 'visits',
  hour: 'visits',
  point: 'entries',
  zone: 'entries',
  source: 'accepted',
  project: 'views',
  kiosk: 'sessions',
  link: 'shown',
};

const sourceName = (source: string, names: Names, w: OrganiserWords): string => {
  if (source === 'clicker') return w.clicker;
  const id = source.replace(/^sensor:/, '');
  return w.sensor(names.devices.get(id) ?? id);
};

/** The text of a cell; unknown is a dash, never 0. */
export const cellText = (column: Column, cell: Cell | undefined, names: Names, { w, d, lang }: Say): string => {
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'number') return column === 'coverage' ? percent(cell) : column === 'corrections' ? signed(cell) : grouped(cell);
  switch (column) {
    case 'day':
      return shortDay(cell, d);
    case 'hour':
      return `${shortDay(cell.slice(0, 10), d)} ${cell.slice(11, 16)}`;
    case 'peakHour':
      return shortClockText(Date.parse(cell));
    case 'status':
      return cell === 'closed' ? w.status.closed : w.status.provisional;
    case 'point':
      return names.points.get(cell)?.[lang] ?? cell;
    case 'zone':
      return names.zones.get(cell)?.[lang] ?? cell;
    case 'project':
      return names.projects.get(cell)?.[lang] ?? cell;
    case 'kiosk':
      return names.devices.get(cell) ?? cell;
    case 'source':
      return sourceName(cell, names, w);
    default:
      return cell;
  }
};

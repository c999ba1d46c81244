/** The words that a part of the page speaks with, and the names of what the hub calls by id. */
import type { DeviceView } from '../../shared/wire.ts';
import type { Lang } from '../../shared/words.ts';
import type { DeskWords } from '../words/desk.ts';
import type { FloorWords } from '../words/floor.ts';
import type { StaffWords } from '../words/staff.ts';

export type Say = { w: StaffWords; d: DeskWords; f: FloorWords; lang: Lang };

/** The name in `lang`, or the id where the pack has none any more. */
export const nameOf = (names: { [id: string]: { [lang: string]: string } } | undefined, id: string, lang: Lang): string => names?.[id]?.[lang] ?? id;

/** What a device is called: its name, with a kiosk's number before it where the name does not say it; so no two kiosks of a showcase are called alike. */
export const deviceName = ({ name, number }: Pick<DeviceView, 'name' | 'number'>): string =>
  number === undefined || new RegExp(`(?<!\\d)0*${number}(?!\\d)`).test(name) ? name : `${number} · ${name}`;

/** The device with this id by its name; the id where it is gone. */
export const called = (devices: readonly DeviceView[], id: string): string => {
  const device = devices.find((v) => v.id === id);
  return device ? deviceName(device) : id;
};

/** The words that a part of the page speaks with, and the names of what the hub calls by id. */
import type { Lang } from '../../shared/words.ts';
import type { DeskWords } from '../words/desk.ts';
import type { FloorWords } from '../words/floor.ts';
import type { StaffWords } from '../words/staff.ts';

export type Say = { w: StaffWords; d: DeskWords; f: FloorWords; lang: Lang };

/** The name in `lang`, or the id where the pack has none any more. */
export const nameOf = (names: { [id: string]: { [lang: string]: string } } | undefined, id: string, lang: Lang): string => names?.[id]?.[lang] ?? id;

/** A short sign for a kiosk's window: the number in its name, else its place in the list. */
export const kioskSign = (name: string, index: number): string => /(\d{1,3})\D*$/.exec(name)?.[1] ?? String(index + 1);

/**
 * The plain form in which a kiosk's batch is written to the journal, as the scanner compares it: bytes, the keys of the fields as words of
 * four bytes, and what an event of each kind must have for the folds to read it.
 */
import type { KioskEvent } from '../../shared/event.ts';

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const POINT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const SMALL_F = 0x66;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;

/** what a kind's event must have, besides an id and a time, for the folds to read it */
const NEEDS: { readonly [K in KioskEvent['kind']]: readonly ('session' | 'project' | 'lang' | 'code' | 'seconds' | 'inputs')[] } = {
  'session.started': ['lang'],
  'session.ended': ['seconds', 'inputs'],
  'project.opened': ['session', 'project'],
  'project.closed': [],
  'link.shown': ['code'],
  'project.saved': ['project'],
  'vote.cast': ['session', 'project'],
  'language.chosen': [],
  'mode.chosen': [],
  'quiz.answered': [],
  'visit.rated': [],
  'device.fault': [],
};

const FIELDS = ['id', 'atMs', 'time', 'kind', 'session', 'project', 'lang', 'code', 'seconds', 'inputs', 'reason', 'via', 'mode', 'rating', 'right'] as const;
type Field = (typeof FIELDS)[number];
const bitOf = (field: Field): number => 1 << FIELDS.indexOf(field);
/** of a kind's event, the bits of what it must have */
export const NEEDED = new Map<string, number>(
  Object.entries(NEEDS).map(([kind, fields]) => [kind, fields.reduce((bits, f) => bits | bitOf(f), bitOf('id') | bitOf('atMs') | bitOf('kind'))]),
);
/** the bit of each field */
export const BIT = Object.fromEntries(FIELDS.map((name) => [name, bitOf(name)])) as { readonly [F in Field]: number };

/** Four bytes of a text from `at` on, as a number. */
const wordOf = (text: string, at: number): number => Buffer.from(text, 'latin1').readInt32LE(at);
/** Six bytes or more as words that overlap: all of them are compared with three or four looks. */
export type Word = { readonly length: number; readonly first: number; readonly second: number; readonly last: number };
const asWord = (text: string): Word => ({
  length: text.length,
  first: wordOf(text, 0),
  second: text.length > 8 ? wordOf(text, 4) : wordOf(text, text.length - 4),
  last: wordOf(text, text.length - 4),
});
/** `"field":` of each field */
export const KEY = Object.fromEntries(FIELDS.map((name) => [name, asWord(`"${name}":`)])) as { readonly [F in Field]: Word };
/** what stands before each value of a batch's head */
export const HEAD = ['{"kind":"kiosk.recorded","receivedMs":', ',"showcase":', ',"zone":', ',"device":', ',"epoch":', ',"from":', ',"offsetMs":', ',"items":['].map((text) =>
  Buffer.from(text, 'latin1'),
) as unknown as readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
/** `true`, and `false` behind its first letter */
export const TRUE = wordOf('true', 0);
export const ALSE = wordOf('alse', 0);

/** Which sentences the content brings as recordings. A sentence is known by its language and its very words, however the page sets them. */
import type { Spoken } from '../../shared/pack.ts';
import { asSaid } from './reading.ts';
import type { Line } from './speech.ts';

/** Addresses by sentence. */
export type Recordings = ReadonlyMap<string, string>;

const keyOf = ({ lang, text }: Line): string => `${lang} ${asSaid(text).replace(/[‘’]/g, "'").replace(/[“”]/g, '"')}`;

/** The recordings of a content; of two of the same sentence the first. */
export const recordingsOf = (spoken: readonly Spoken[]): Recordings => new Map(spoken.map((s) => [keyOf(s), s.url] as const).reverse());

/** The address of a line's recording; null where there is none. */
export const recordingOf = (recordings: Recordings, line: Line): string | null => recordings.get(keyOf(line)) ?? null;

/**
 * The order of what is spoken: one line at a time, what is new interrupts, what was interrupted never comes back by itself. Pure: the voice
 * and the loudness's listener are passed in.
 */
import type { Lang } from '../../shared/words.ts';

export type Line = { text: string; lang: Lang };

/** Says one line and calls `done` once, when it was said or could not be; `hush` breaks off whatever is being said. */
export type Voice = { say(line: Line, volume: number, done: () => void): void; hush(): void };

/** Steps of loudness, quietest first, and the one that every visit begins with. */
export const volumes = [0.25, 0.5, 0.75, 1] as const;
export const usualVolume = 2;

export class SpeechQueue {
  readonly #voice: Voice;
  /** hears the line that is being said, null when it falls silent: the caption */
  readonly #onLine: (line: Line | null) => void;
  #waiting: Line[] = [];
  #saying: Line | null = null;
  #last: Line | null = null;
  /** what an interrupted voice still reports is of an earlier turn */
  #turn = 0;
  #volume = usualVolume;

  constructor(voice: Voice, onLine: (line: Line | null) => void) {
    this.#voice = voice;
    this.#onLine = onLine;
  }

  get speaking(): boolean {
    return this.#saying !== null;
  }

  /** 0 to 3. */
  get volume(): number {
    return this.#volume;
  }

  /** Breaks off what is being said and says these, in order. */
  now(lines: readonly Line[]): void {
    this.#break();
    this.#waiting = lines.filter((l) => l.text.trim() !== '');
    this.#next();
  }

  /** Says these once everything before them was said. */
  after(lines: readonly Line[]): void {
    this.#waiting.push(...lines.filter((l) => l.text.trim() !== ''));
    if (this.#saying === null) this.#next();
  }

  /** Says the last line once more. */
  again(): void {
    if (this.#last) this.now([this.#last]);
  }

  /** Silence at once; nothing waits any more. */
  hush(): void {
    this.#break();
    this.#waiting = [];
    this.#onLine(null);
  }

  /** One step louder or softer, within the steps; the rest of what is being said waits for the next line. */
  turn(by: 1 | -1): void {
    this.#volume = Math.min(volumes.length - 1, Math.max(0, this.#volume + by));
  }

  /** As nobody had been there: silent, usual loudness, no last line. */
  reset(): void {
    this.hush();
    this.#last = null;
    this.#volume = usualVolume;
  }

  #break(): void {
    this.#turn++;
    if (this.#saying !== null) this.#voice.hush();
    this.#saying = null;
  }

  #next(): void {
    const line = this.#waiting.shift() ?? null;
    this.#saying = line;
    this.#onLine(line);
    if (!line) return;
    this.#last = line;
    const turn = ++this.#turn;
    this.#voice.say(line, volumes[this.#volume] ?? 1, () => {
      if (turn !== this.#turn) return;
      this.#saying = null;
      this.#next();
    });
  }
}

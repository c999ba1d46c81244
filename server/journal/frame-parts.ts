/**
 * How the entries of one append, as JSON, are dealt out to frames: one, unless they are more than `frameBytesGoal`.
 */
import { frameBytesGoal, frameBytesMax } from './frame.ts';

/** Whether an entry leaves room for what stands around it in a frame. */
export const fits = (text: string): boolean => text.length <= frameBytesMax - 1024 && Buffer.byteLength(text) <= frameBytesMax - 1024;
/** About how many bytes the texts take in the file. */
export const bytesOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 100);

/** The texts in runs of about `frameBytesGoal`. */
export function* inParts(texts: readonly string[]): Generator<string[]> {
  let part: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const more = Buffer.byteLength(text) + 1;
    if (part.length > 0 && bytes + more > frameBytesGoal) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(text);
    bytes += more;
  }
  yield part;
}

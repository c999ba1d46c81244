/**
 * How the entries of one append, as JSON, are dealt out to frames: one, unless they are more than `frameBytesGoal`.
 */
import { frameBytesGoal, frameBytesMax } from './frame.ts';

/** Whether an entry leaves room for what stands around it in a frame. */
export const fits = (text: string): boolean => !longerThan([text], frameBytesMax - 1024);

/** UTF-8 takes at most so many bytes for a UTF-16 unit: most often that alone tells, and nothing has to be counted */
const bytesPerUnitMax = 3;
const aroundBytes = 100;
/** Whether the texts take more than about so many bytes in the file. */
export const longerThan = (texts: readonly string[], bytes: number): boolean => {
  const most = texts.reduce((sum, text) => sum + bytesPerUnitMax * text.length + 1, aroundBytes);
  return most > bytes && texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, aroundBytes) > bytes;
};

/** The texts in runs of about `frameBytesGoal`. */
export function* inParts(texts: readonly string[]): Generator<readonly string[]> {
  if (!longerThan(texts, frameBytesGoal)) return void (yield texts);
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

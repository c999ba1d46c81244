/**
 * A rescued outbox as it comes to the operator: the file itself (gzip or plain, its first bytes decide) or the text of its QR frames, one a
 * line. All three give the same text and so the same SHA-256. Nothing of a file that is not whole is taken.
 * Limits: 64 MiB as it comes, 256 MiB unpacked.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { joinFrames, type OutboxFault, type OutboxFile, outboxFileEventsMax, readOutbox } from '../../shared/outbox-file.ts';
import { errorCode } from '../journal/file-system.ts';
import { CommandFault } from './command.ts';

const fileBytesMax = 64 << 20;
const textBytesMax = 256 << 20;
const missingNamedMax = 40;

const FAULTS: { [F in OutboxFault]: string } = {
  not_an_outbox: "is not a kiosk's outbox",
  newer_version: 'was written by a newer version',
  cut_short: 'is cut short or damaged; nothing of it was taken',
  too_many: `holds more than ${outboxFileEventsMax.toLocaleString('en-US')} events`,
};

const readWhole = async (name: string): Promise<Buffer> => {
  try {
    const file = await open(name, 'r');
    try {
      const { size } = await file.stat();
      if (size > fileBytesMax) throw new CommandFault(`${name} has ${size.toLocaleString('en-US')} bytes, more than any outbox`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    throw new CommandFault(`${name} can't be read: ${errorCode(error) || String(error)}`);
  }
};

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const unpacked = (name: string, bytes: Buffer): Buffer => {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: textBytesMax });
  } catch (error) {
    throw new CommandFault(`${name} ${errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? 'unpacks to more than any outbox' : FAULTS.cut_short}`);
  }
};

const ranges = (numbers: readonly number[]): string => {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    let j = i;
    while (numbers[j + 1] === (numbers[j] as number) + 1) j++;
    parts.push(i === j ? `${numbers[i]}` : `${numbers[i]} to ${numbers[j]}`);
    i = j + 1;
  }
  return parts.length > missingNamedMax ? `${parts.slice(0, missingNamedMax).join(', ')} …` : parts.join(', ');
};

const fromFrames = (name: string, text: string): Buffer => {
  const joined = joinFrames(text);
  if ('fault' in joined) throw new CommandFault(`${name} has lines that are no QR frames, or frames of more than one outbox; nothing of it was taken`);
  if ('missing' in joined) throw new CommandFault(`${name} lacks ${joined.missing.length} of ${joined.of} QR frames: ${ranges(joined.missing)}; scan these and try again`);
  return Buffer.concat(joined.pieces.map((piece) => Buffer.from(piece, 'base64url')));
};

/** The outbox in a file and the SHA-256 of its text. Throws `CommandFault` for anything but a whole one. */
export const readOutboxText = async (name: string): Promise<{ outbox: OutboxFile; sha256: string }> => {
  const bytes = await readWhole(name);
  const framed = bytes.subarray(0, 64).toString('latin1').trimStart().startsWith('HLO1 ');
  const whole = unpacked(name, framed ? fromFrames(name, bytes.toString('utf8')) : bytes);
  const outbox = readOutbox(whole.toString('utf8'));
  if ('fault' in outbox) throw new CommandFault(`${name} ${FAULTS[outbox.fault]}`);
  return { outbox, sha256: createHash('sha256').update(whole).digest('hex') };
};

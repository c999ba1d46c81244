/**
 * A kiosk's outbox taken off the device by hand: as a file (gzip of these lines), or as a sequence of QR frames (the same bytes in
 * pieces). The first line says whose it is, then one event a line as it would have been sent, and a last line that says how many there
 * were: a file that was cut short is refused whole. The ids of the events stay, so that reading one twice, or hearing the kiosk itself
 * later, counts nothing twice. No schema library here: the visitor's page writes it.
 */

export const outboxFormat = 'harbourlight-outbox';
export const outboxVersion = 1;
/** events of one file: a kiosk's cap and its kept tail, with room */
export const outboxFileEventsMax = 200_000;
/** bytes of one QR frame's piece before base64: reads well from a kiosk's screen */
export const outboxPieceBytes = 720;
export const outboxPiecesMax = 9_999;

/** `offsetMs`: the hub's clock less the device's, as last measured; events' times are in the device's own. */
export type OutboxHead = {
  format: typeof outboxFormat;
  version: typeof outboxVersion;
  device: string;
  showcase: string;
  zone: string;
  epoch: string;
  madeMs: number;
  offsetMs: number;
};
export type OutboxFile = { head: OutboxHead; events: unknown[] };
export type OutboxFault = 'not_an_outbox' | 'newer_version' | 'cut_short' | 'too_many';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The lines of a file, each with its newline. */
export function* outboxLines(head: OutboxHead, events: Iterable<object>): Generator<string> {
  yield `${JSON.stringify(head)}\n`;
  let n = 0;
  for (const event of events) {
    n++;
    yield `${JSON.stringify(event)}\n`;
  }
  yield `${JSON.stringify({ end: n })}\n`;
}

const parsed = (line: string | undefined): unknown => {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return null;
  }
};

const isHead = (x: unknown): x is OutboxHead => {
  const head = x as Partial<OutboxHead> | null;
  if (typeof head !== 'object' || head === null || head.format !== outboxFormat) return false;
  const named = [head.device, head.showcase, head.epoch].every((id) => typeof id === 'string' && ID.test(id));
  return named && typeof head.zone === 'string' && head.zone.length <= 64 && Number.isSafeInteger(head.madeMs) && Number.isSafeInteger(head.offsetMs);
};

/** What a file's text says, its events unchecked; or why nothing of it can be taken. */
export const readOutbox = (text: string): OutboxFile | { fault: OutboxFault } => {
  const lines = text.split('\n');
  if (lines.length > outboxFileEventsMax + 3) return { fault: 'too_many' };
  const head = parsed(lines[0]);
  if (!isHead(head)) return { fault: 'not_an_outbox' };
  if ((head.version as number) !== outboxVersion) return { fault: 'newer_version' };
  const end = parsed(lines.at(-2)) as { end?: unknown } | null;
  const events = lines.slice(1, -2).map(parsed);
  if (lines.at(-1) !== '' || end?.end !== events.length || events.some((e) => e === null)) return { fault: 'cut_short' };
  return { head, events };
};

/** One QR frame: which piece of how many, of which file (`tag`, 8 characters that differ between files), and its bytes in base64url. */
export const outboxFrame = (tag: string, index: number, of: number, piece: string): string => `HLO1 ${tag} ${index + 1}/${of} ${piece}`;
const FRAME = /^HLO1 ([A-Za-z0-9_-]{8}) (\d{1,4})\/(\d{1,4}) ([A-Za-z0-9_-]+)$/;

/** The pieces in order, from frames as a scanner typed them: one a line, in any order, again and again; or which are missing. */
export const joinFrames = (text: string): { pieces: string[] } | { missing: number[]; of: number } | { fault: OutboxFault } => {
  const found = new Map<number, string>();
  let file: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, tag, index, of, piece] = FRAME.exec(line.trim()) ?? [];
    const mine = `${tag} ${of}`;
    if (tag === undefined || (file !== null && file !== mine)) return { fault: 'not_an_outbox' };
    file = mine;
    found.set(Number(index), piece as string);
  }
  const of = Number(file?.split(' ')[1] ?? 0);
  if (of < 1 || of > outboxPiecesMax || [...found.keys()].some((i) => i < 1 || i > of)) return { fault: 'not_an_outbox' };
  const wanted = Array.from({ length: of }, (_, i) => i + 1);
  const missing = wanted.filter((i) => !found.has(i));
  return missing.length > 0 ? { missing, of } : { pieces: wanted.map((i) => found.get(i) as string) };
};

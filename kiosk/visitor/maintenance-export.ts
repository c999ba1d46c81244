/**
 * The outbox taken off this device by hand: gzip of its lines, written page by page as they are read, so that they are never one text.
 * Reads only: nothing is removed or marked. Rejects where the storage fails, or more is kept than a file may hold.
 */
import { base64url } from '../../shared/ids.ts';
import { type OutboxHead, outboxFileEventsMax, outboxFrame, outboxLines, outboxPieceBytes, outboxPiecesMax } from '../../shared/outbox-file.ts';

export type Packed = { events: number; bytes: Uint8Array<ArrayBuffer> };

/** The lines of `outboxLines`, for events that come in pages. */
async function* linesOf(head: OutboxHead, pages: AsyncIterable<object[]>, counted: (n: number) => void): AsyncGenerator<string> {
  const [first] = outboxLines(head, []);
  yield first ?? '';
  let n = 0;
  for await (const page of pages) {
    n += page.length;
    if (n > outboxFileEventsMax) throw new RangeError('too_many');
    yield page.map((event) => `${JSON.stringify(event)}\n`).join('');
  }
  counted(n);
  yield `${JSON.stringify({ end: n })}\n`;
}

/** The file's bytes and how many events are in it. */
export const packOutbox = async (head: OutboxHead, pages: AsyncIterable<object[]>): Promise<Packed> => {
  let events = 0;
  const lines = linesOf(head, pages, (n) => {
    events = n;
  });
  const text = new ReadableStream<string>({
    pull: async (controller) => {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const gzip = new CompressionStream('gzip') as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;
  const packed = text.pipeThrough(new TextEncoderStream() as ReadableWritablePair<Uint8Array<ArrayBuffer>, string>).pipeThrough(gzip);
  return { bytes: new Uint8Array(await new Response(packed).arrayBuffer()), events };
};

/** How many codes the bytes need; null when they are too many to be shown. */
export const framesOf = (bytes: Uint8Array): number | null => {
  const of = Math.ceil(bytes.length / outboxPieceBytes);
  return of > outboxPiecesMax ? null : of;
};

/** The text of one code, from 0 on. */
export const frameAt = (bytes: Uint8Array, tag: string, at: number): string =>
  outboxFrame(tag, at, Math.ceil(bytes.length / outboxPieceBytes), base64url(bytes.subarray(at * outboxPieceBytes, (at + 1) * outboxPieceBytes)));

/** `harbourlight-outbox_<device>_<time>.ndjson.gz`, the time in UTC. */
export const fileName = (device: string, atMs: number): string =>
  `harbourlight-outbox_${device}_${new Date(atMs)
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z')}.ndjson.gz`;

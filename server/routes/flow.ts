/**
 * Long answers that are made while they are sent: written to the connection itself, each piece once the one before has left, so that a slow
 * reader holds back whoever makes them and nothing is gathered here. What ends early breaks the connection: nobody takes a part for the whole.
 */
import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** a reader that takes nothing for this long is given up: it holds one of few places */
export const takeMsMax = 600_000;

/** `chunks` are used again when the next one is asked for; `end` is called once they are not wanted any more, `broke` before it if they failed. */
export type Flow = { chunks: AsyncIterable<Uint8Array>; end(): void; broke(error: unknown): void };

const written = (outgoing: ServerResponse, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (): void => reject(new Error('the connection was closed'));
    outgoing.once('close', failed);
    outgoing.write(chunk, (error) => {
      outgoing.off('close', failed);
      if (error) reject(error);
      else resolve();
    });
  });

const send = async (outgoing: ServerResponse, { chunks, broke }: Flow): Promise<void> => {
  const idle = setTimeout(() => outgoing.destroy(), takeMsMax).unref();
  try {
    for await (const chunk of chunks) {
      idle.refresh();
      await written(outgoing, chunk);
      // what is still to be made may take its time
      idle.refresh();
    }
    outgoing.end();
  } catch (error) {
    // a reader who has gone is no failure
    if (!outgoing.destroyed) broke(error);
    outgoing.destroy();
  } finally {
    clearTimeout(idle);
  }
};

/** What the server's listener gets for an answer: itself, or, where a route left a flow for its body, word that it is being sent. */
export const answered = (answer: Response, { outgoing, flow }: { outgoing?: ServerResponse; flow?: Flow }): Response => {
  if (!flow) return answer;
  if (!outgoing || outgoing.destroyed || !answer.ok || outgoing.req.method === 'HEAD') {
    flow.end();
    return answer;
  }
  outgoing.once('close', flow.end);
  // after a long answer nobody should find the connection closing that they were about to use again
  outgoing.shouldKeepAlive = false;
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  void send(outgoing, flow);
  return RESPONSE_ALREADY_SENT;
};

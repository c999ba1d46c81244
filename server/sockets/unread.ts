/**
 * What sockets were sent and have not read. A screen that hangs, or a client that never reads, is cut before it costs a megabyte, after
 * `stuckMsMax` at the latest; it comes back and is told everything anew. Nothing is left out meanwhile: a screen that missed a change would
 * show it wrong until the next one.
 */

/** cut when this much waits, here or in the transport, and nothing was read since the last look */
export const unreadBytesMax = 512 * 1024;
/** cut when anything waits for this long and nothing was read */
export const stuckMsMax = 10_000;

/** The part of an engine.io socket that is looked at. */
export type Connection = {
  readonly writeBuffer: readonly { data?: unknown }[];
  readonly transport: { readonly writable: boolean; readonly socket?: { terminate?(): void; readonly bufferedAmount?: number } };
  on(event: 'drain' | 'close', heard: () => void): unknown;
  close(discard: boolean): unknown;
};
type Engine = { on(event: 'connection', heard: (connection: Connection) => void): unknown };

/** Since when nothing was read though something waits; null: all is read. `moved` since the last look. */
type Watched = { moved: boolean; sinceMs: number | null };

const bytesOf = ({ writeBuffer, transport }: Connection): number =>
  writeBuffer.reduce((n, { data }) => n + (typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0), transport.socket?.bufferedAmount ?? 0);

/** Watches every connection of an engine. `look`, called several times a second, cuts those that are stuck; `told` hears of each. */
export const watchUnread = (engine: Engine, monotonicMs: () => number, told: (bytes: number) => void): { look(): void } => {
  const watched = new Map<Connection, Watched>();
  engine.on('connection', (connection) => {
    const state: Watched = { moved: true, sinceMs: null };
    watched.set(connection, state);
    // the engine hands on what waits only once the kernel took what went before
    connection.on('drain', () => {
      state.moved = true;
    });
    connection.on('close', () => void watched.delete(connection));
  });
  const cut = (connection: Connection, bytes: number): void => {
    told(bytes);
    const wire = connection.transport.socket;
    connection.close(true);
    // a closing handshake would wait for a peer that does not read
    wire?.terminate?.();
  };
  const look = (): void => {
    const nowMs = monotonicMs();
    for (const [connection, state] of watched) {
      const idle = connection.writeBuffer.length === 0 && connection.transport.writable;
      if (idle || state.moved) {
        state.moved = false;
        state.sinceMs = null;
        continue;
      }
      // one look's grace: a burst of this turn had no time to leave
      const first = state.sinceMs === null;
      state.sinceMs ??= nowMs;
      const bytes = bytesOf(connection);
      if (nowMs - state.sinceMs >= stuckMsMax || (!first && bytes > unreadBytesMax)) cut(connection, bytes);
    }
  };
  return { look };
};

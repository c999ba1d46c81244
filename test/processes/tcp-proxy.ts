/** A line between kiosks and hub that misbehaves as told: it holds what the hub says, falls silent without a word, or cuts. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Line = {
  /** what the hub says does not arrive; it is kept until this is taken back or the line is cut */
  holdAnswers: boolean;
  /** nothing arrives on either side and nobody is told */
  silent: boolean;
  /** cuts a connection after so many bytes from the kiosk; null: never */
  cutAfterBytes: number | null;
  /** resets a connection with the n-th piece from the kiosk after the handshake; null: never */
  resetAtPiece: number | null;
};

export type BadLine = { origin: string; line: Line; connections: number; answersHeld: number; cutAll(): void; close(): Promise<void> };

/** Opens a line to a port of this machine. */
export const openProxy = async (toPort: number): Promise<BadLine> => {
  const line: Line = { holdAnswers: false, silent: false, cutAfterBytes: null, resetAtPiece: null };
  const open = new Set<Socket>();
  const proxy = { connections: 0, answersHeld: 0 };
  const server = createServer((kiosk) => {
    proxy.connections++;
    const hub = connect(toPort, '127.0.0.1');
    let fromKiosk = 0;
    let pieces = 0;
    for (const [a, b] of [
      [kiosk, hub],
      [hub, kiosk],
    ] as const) {
      open.add(a);
      a.setNoDelay(true);
      a.on('error', () => a.destroy());
      a.on('close', () => {
        open.delete(a);
        if (!line.silent) b.destroy();
      });
    }
    kiosk.on('data', (bytes) => {
      if (line.silent) return;
      fromKiosk += bytes.length;
      pieces++;
      if (line.cutAfterBytes !== null && fromKiosk > line.cutAfterBytes) {
        hub.end(bytes.subarray(0, Math.max(0, bytes.length - (fromKiosk - line.cutAfterBytes))));
        return kiosk.destroy();
      }
      if (line.resetAtPiece !== null && pieces >= line.resetAtPiece) {
        hub.resetAndDestroy();
        return kiosk.resetAndDestroy();
      }
      hub.write(bytes);
    });
    hub.on('data', (bytes) => {
      if (line.silent) return;
      if (line.holdAnswers) proxy.answersHeld++;
      else kiosk.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return Object.assign(proxy, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    line,
    cutAll,
    close: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  });
};

/** The peers: Socket.IO that only acknowledges, in the hub's settings, and node:http that only redirects. Nothing is checked, nothing kept. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { given, serve } from './program.ts';

export type EchoGiven = { /** what `io.emit` sends to the watchers at every record; null: nothing */ tally: unknown };
export type EchoReady = { port: number };

const { tally } = given<EchoGiven>();
const http = createServer((_request, response) => response.writeHead(302, { Location: 'https://www.smartcity.gov.hk/en/', 'Cache-Control': 'no-store' }).end());
const io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 256 * 1024, serveClient: false });
const staff = io.of('/staff');
io.of('/kiosk').on('connection', (socket) => {
  socket.on('hello', (_ask, ack: (answer: object) => void) => ack({ ok: true }));
  socket.on('record', (ask: { events: { seq: number; id: string }[] }, ack: (answer: object) => void) => {
    const last = ask.events.at(-1);
    ack({ ok: true, through: last?.seq, lastId: last?.id, rejected: [] });
    if (tally) staff.emit('tally', tally);
  });
});
staff.on('connection', (socket) => socket.on('watch', (_ask, ack: (answer: object) => void) => ack({ ok: true })));
http.listen(0, '127.0.0.1', () => serve({ port: (http.address() as AddressInfo).port } satisfies EchoReady, {}));

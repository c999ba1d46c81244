/** The wire against a real Socket.IO server on a free port. */
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import { pageClock } from '../../kiosk/link/clock.ts';
import { SocketWire } from '../../kiosk/link/socket-wire.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import { chanceOf } from '../faults/chance.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const serve = async () => {
  const http: HttpServer = createServer();
  const io = new Server(http, { transports: ['websocket'] });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  const kiosks = io.of('/kiosk');
  kiosks.use((socket, next) => next(socket.handshake.auth['token'] === 'good' ? undefined : Object.assign(new Error('no'), { data: { code: 'bad_credentials' } })));
  kiosks.on('connection', (socket) => {
    socket.on('hello', (ask, ack) => ack({ ok: true, ask, wire: socket.handshake.auth['wire'] }));
    socket.onAny((event, _ask, ack) => event === 'record' && ack({ ok: true, from: socket.id }));
  });
  const wire = new SocketWire({ origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, clock: pageClock(Date.now), random: chanceOf(1).bytes });
  closing.push(
    () => wire.close(),
    () => void io.close(),
  );
  const news: string[] = [];
  const waiters: (() => void)[] = [];
  const note = (what: string): void => {
    news.push(what);
    for (const wake of waiters.splice(0)) wake();
  };
  wire.on({
    up: () => note('up'),
    down: () => note('down'),
    refused: (code) => note(code),
    command: (command, done) => {
      note(JSON.stringify(command));
      done({ ok: true });
    },
    tally: (tally) => note(`tally ${tally.visits}`),
  });
  const until = async (count: number): Promise<string[]> => {
    while (news.length < count) await new Promise<void>((resolve) => void waiters.push(resolve));
    return news;
  };
  return { kiosks, wire, until };
};

describe('the socket wire', () => {
  it('connects with its token and wire version, asks, and hears commands and tallies', async () => {
    const { kiosks, wire, until } = await serve();
    wire.connect('good');
    expect(await until(1)).toEqual(['up']);
    expect(await wire.emitWithAck('hello', { a: 1 })).toEqual({ ok: true, ask: { a: 1 }, wire: WIRE_VERSION });
    const [socket] = await kiosks.fetchSockets();
    kiosks.emit('tally', { visits: 7 });
    expect(await socket?.timeout(2_000).emitWithAck('command', { kind: 'attract' })).toEqual({ ok: true });
    expect(await until(3)).toEqual(['up', 'tally 7', '{"kind":"attract"}']);
  });

  it('comes back by itself when the hub cuts it, on a new connection', async () => {
    const { kiosks, wire, until } = await serve();
    wire.connect('good');
    await until(1);
    const first = await wire.emitWithAck('record', {});
    kiosks.disconnectSockets(true);
    expect(await until(3)).toEqual(['up', 'down', 'up']);
    expect(await wire.emitWithAck('record', {})).not.toEqual(first);
  });

  it('makes another connection when it is told that nothing is heard on this one', async () => {
    const { wire, until } = await serve();
    wire.connect('good');
    await until(1);
    wire.reconnect();
    expect(await until(2)).toEqual(['up', 'up']);
  });

  it('keeps nothing for later that is asked while there is no connection', async () => {
    const { wire, until } = await serve();
    let answered = false;
    void wire.emitWithAck('record', {}).then(() => {
      answered = true;
    });
    wire.connect('good');
    await until(1);
    await wire.emitWithAck('record', {});
    expect(answered).toBe(false);
  });

  it('says why it is not let in', async () => {
    const { wire, until } = await serve();
    wire.connect('bad');
    expect(await until(1)).toEqual(['bad_credentials']);
  });
});

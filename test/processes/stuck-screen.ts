/** A staff screen that never reads: a websocket over plain TCP that is paused once it watches. It can still talk. Limit: frames below 64 KiB. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { adminToken, showcase } from './seeded-folder.ts';

const frame = (text: string): Buffer => {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]) : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, body]);
};

export type StuckScreen = { socket: Socket; pong(): void; watchAgain(): void };

export const openStuckScreen = async (port: number): Promise<StuckScreen> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const heard = async (what: string): Promise<void> => {
    for (let text = ''; !text.includes(what); ) text += String((await once(socket, 'data'))[0]);
  };
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await heard('"sid"');
  socket.write(frame(`40/staff,${JSON.stringify({ token: adminToken })}`));
  await heard('40/staff');
  const watch = `42/staff,1${JSON.stringify(['watch', { showcase }])}`;
  socket.write(frame(watch));
  await heard('43/staff');
  socket.pause();
  return { socket, pong: () => void socket.write(frame('3')), watchAgain: () => void socket.write(frame(watch)) };
};

/**
 * A Socket.IO client that costs next to nothing, so that the server is what is measured: websocket frames over a plain TCP socket, masked
 * with zeros, answers only looked at as far as needed. Both sides of every comparison get this same client.
 */
import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const PING = 0x32;

const frameHead = (length: number): Buffer => {
  if (length < 126) return Buffer.from([TEXT, 0x80 | length, 0, 0, 0, 0]);
  const long = length > 0xffff;
  const head = Buffer.alloc(long ? 14 : 8);
  head[0] = TEXT;
  head[1] = 0x80 | (long ? 127 : 126);
  if (long) head.writeBigUInt64BE(BigInt(length), 2);
  else head.writeUInt16BE(length, 2);
  return head;
};

export class WireClient {
  readonly #socket: Socket;
  #held: Buffer = Buffer.alloc(0);
  /** hears every text frame that isn't a ping */
  heard: (text: Buffer) => void = () => undefined;
  bytesHeard = 0;
  #closing = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.#data(data));
    socket.on('close', () => {
      if (!this.#closing) throw new Error('the server cut a load client');
    });
  }

  /** Connects to a namespace; resolves once it is joined. */
  static async open(port: number, namespace: string, auth: object): Promise<WireClient> {
    const socket = connect(port, '127.0.0.1');
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const rest = await new Promise<Buffer>((resolve, reject) => {
      let held: Buffer = Buffer.alloc(0);
      const read = (data: Buffer): void => {
        held = Buffer.concat([held, data]);
        const end = held.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', read);
        if (!held.includes(accept)) reject(new Error(`no websocket: ${held.toString('latin1', 0, 80)}`));
        resolve(held.subarray(end + 4));
      };
      socket.on('data', read);
      socket.once('error', reject);
    });
    const client = new WireClient(socket);
    await new Promise<void>((resolve, reject) => {
      client.heard = (text) => {
        if (text[0] === 0x30) client.send(Buffer.from(`40${namespace},${JSON.stringify(auth)}`));
        else if (text[1] === 0x30) resolve();
        else if (text[1] === 0x34) reject(new Error(text.toString()));
      };
      client.#data(rest);
    });
    return client;
  }

  send(text: Buffer): void {
    this.#socket.cork();
    this.#socket.write(frameHead(text.length));
    this.#socket.write(text);
    this.#socket.uncork();
  }

  /** Sends an event and resolves with the text of its acknowledgement. */
  ask(namespace: string, event: string, payload: object): Promise<string> {
    return new Promise((resolve) => {
      const before = this.heard;
      this.heard = (text) => {
        if (text[1] !== 0x33) return;
        this.heard = before;
        resolve(text.toString());
      };
      this.send(Buffer.from(`42${namespace},0${JSON.stringify([event, payload])}`));
    });
  }

  close(): void {
    this.#closing = true;
    this.#socket.destroy();
  }

  #data(data: Buffer): void {
    this.bytesHeard += data.length;
    let bytes = this.#held.length > 0 ? Buffer.concat([this.#held, data]) : data;
    while (bytes.length >= 2) {
      const short = (bytes[1] as number) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length < head) break;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
      if (bytes.length < head + length) break;
      const payload = bytes.subarray(head, head + length);
      bytes = bytes.subarray(head + length);
      if (length === 1 && payload[0] === PING) this.send(Buffer.from('3'));
      else this.heard(payload);
    }
    this.#held = bytes;
  }
}

/** Whether a text frame acknowledges with `{ ok: true`. Throws for a refusal, so that no figure counts one. */
export const acknowledges = (text: Buffer): boolean => {
  if (text[1] !== 0x33) return false;
  if (!text.includes('[{"ok":true')) throw new Error(`refused: ${text.toString('utf8', 0, 300)}`);
  return true;
};

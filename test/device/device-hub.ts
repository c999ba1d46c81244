/** The built hub as a process of its own, killed and started again on the same folder and port; and what it counted. */
import { rm } from 'node:fs/promises';
import { type HubProcess, runOperator, startHub } from '../hub/hub-process.ts';
import { untilGood, waitMsMax } from '../waiting.ts';
import { folder } from './kiosk-browser.ts';

export const showcase = 'smart-hong-kong-pavilion';
const passphrase = 'correct horse battery staple';

export type Counted = { id: string; kind: string; device: string; epoch: string; disposition: string };
export type Live = { today: { sessions: number }; kiosks: { id: string; faults: string[]; status: string; waiting: number | null; screen: string | null }[] };

export class DeviceHub {
  readonly dataDir = folder();
  #process: HubProcess | null = null;
  #cookie = '';
  port = 0;
  /** of the first start's link */
  pairSecret = '';

  static async begin(): Promise<DeviceHub> {
    const hub = new DeviceHub();
    await hub.start();
    return hub;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  /** Does nothing where it runs. */
  async start(): Promise<void> {
    if (this.#process) return;
    this.#process = await startHub(this.dataDir, this.port, { ADMIN_PASSPHRASE: passphrase });
    this.port = this.#process.port;
    this.pairSecret ||= /#pair=([\w-]+)/.exec(this.#process.text.out)?.[1] ?? '';
  }
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = null;
  }
  /** Runs one of the operator's commands; the hub is stopped meanwhile. */
  operator(...args: string[]) {
    return runOperator(args, { DATA_DIR: this.dataDir });
  }
  async close(): Promise<void> {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #get(at: string): Promise<Response> {
    const url = `${this.origin}/api/v1`;
    if (!this.#cookie) {
      const signed = await fetch(`${url}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'admin', passphrase }) });
      this.#cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    }
    return fetch(`${url}/showcases/${showcase}${at}`, { headers: { cookie: this.#cookie } });
  }
  async live(): Promise<Live> {
    return (await (await this.#get('/live')).json()) as Live;
  }
  /** Another kiosk, registered by an administrator. */
  async device(): Promise<{ id: string; token: string; showcase: string; zone: string }> {
    await this.live();
    const body = JSON.stringify({ kind: 'kiosk', name: 'second kiosk', showcase, zone: 'living' });
    const made = await fetch(`${this.origin}/api/v1/devices`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: this.#cookie }, body });
    return { ...((await made.json()) as { id: string; token: string }), showcase, zone: 'living' };
  }
  /** The sessions of today once they are at least `n` and no kiosk has more to send, or as they are when the limit is over. */
  async sessions(n: number): Promise<number> {
    const live = await untilGood(
      () => this.live(),
      (l) => l.today.sessions >= n,
      waitMsMax,
    );
    return live.today.sessions;
  }
  /** Every started session that was recorded, as the organisers' download tells it, in the journal's order. */
  async started(): Promise<Counted[]> {
    const text = await (await this.#get('/events')).text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Counted)
      .filter((event) => event.kind === 'session.started');
  }
}

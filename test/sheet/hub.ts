/** The sheet's own hub on an empty folder: paired, with a day's visits so far, and what staff may tell its kiosk. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Page } from 'playwright';
import type { Command } from '../../shared/command.ts';

const passphrase = 'correct horse battery staple';
const showcase = 'smart-hong-kong-pavilion';
/** the pages are built first where they are stale */
const readyWaitMsMax = 300_000;
const visitsSoFar = 1_986;
const visitsFilled = 400;

export type SheetHub = {
  origin: string;
  pairLink: string;
  signIn(page: Page): Promise<void>;
  /** tells every paired kiosk */
  tell(command: Command): Promise<void>;
  /** a minute of kiosks, doors and phones, for the pages of staff and organisers */
  fill(): Promise<void>;
  close(): Promise<void>;
};

/** Starts `npm start`'s program; rejects when it ends before it is ready. */
export const openHub = async (root: string, dataDir: string): Promise<SheetHub> => {
  const child = spawn(process.execPath, [path.join(root, 'server/start.mjs')], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', ADMIN_PASSPHRASE: passphrase },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), readyWaitMsMax);
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      if (!said.includes('#pair=')) return;
      clearTimeout(timer);
      resolve();
    });
    void ended.then(() => reject(new Error(`the hub ended: ${said}`)));
  });
  const pairLink = /https?:\/\/\S+#pair=[\w-]+/.exec(said)?.[0] ?? '';
  const origin = new URL(pairLink).origin;
  const api = `${origin}/api/v1`;
  const json = { 'content-type': 'application/json' };
  const signed = await fetch(`${api}/session`, { method: 'POST', headers: json, body: JSON.stringify({ name: 'admin', passphrase }) });
  const [name = '', value = ''] = (signed.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? [];
  const post = async (at: string, body: unknown, headers: { [name: string]: string } = { cookie: `${name}=${value}` }): Promise<unknown> => {
    const answer = await fetch(`${api}${at}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const counter = (await post('/devices', { kind: 'counter', name: 'Door A', showcase, point: 'door-a' })) as { token: string };
  const to = Math.floor(Date.now() / 60_000) * 60_000;
  const record = { kind: 'interval', from: new Date(to - 60_000).toISOString(), to: new Date(to).toISOString(), in: visitsSoFar, out: 410 };
  await post('/readings', { records: [record] }, { authorization: `Bearer ${counter.token}` });
  return {
    origin,
    pairLink,
    signIn: (page) => page.context().addCookies([{ name, value, url: origin }]),
    tell: async (command) => {
      const { devices } = (await (await fetch(`${api}/devices`, { headers: { cookie: `${name}=${value}` } })).json()) as { devices: { id: string; kind: string }[] };
      for (const d of devices) if (d.kind === 'kiosk') await post(`/devices/${d.id}/commands`, { command });
    },
    fill: async () => {
      const args = ['simulate', '--hub', origin, '--passphrase', passphrase, '--take-over', '--live', '1', '--visits', String(visitsFilled), '--kiosks', '6'];
      const show = spawn(process.execPath, [path.join(root, 'server/start.mjs'), '--operator', ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
      const code = await new Promise((resolve) => show.once('close', resolve));
      if (code !== 0) throw new Error(`the simulated minute ended with ${code}`);
    },
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

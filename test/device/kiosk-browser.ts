/** A real browser on a profile of its own, a real hub process, and what a test does with both. Every wait has a named limit. */
import { mkdtempSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { browserPath, chromiumFlags } from '../browser.ts';
import { type HubProcess, startHub } from '../hub/hub-process.ts';

export const pageWaitMsMax = 45_000;
export const countWaitMsMax = 45_000;
export const showcase = 'smart-hong-kong-pavilion';
const passphrase = 'correct horse battery staple';
const pollMs = 100;

export const folder = (): string => mkdtempSync(path.join(tmpdir(), 'harbourlight-device-'));

/** Waits until `read` answers something good; answers the last it read when the limit is over. */
export const until = async <T>(read: () => Promise<T>, good: (value: T) => boolean, withinMs: number): Promise<T> => {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (good(value) || Date.now() > endMs) return value;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};

/** A hub that can be killed and started again on the same folder and port. */
export class DeviceHub {
  readonly dataDir = folder();
  #process: HubProcess | null = null;
  port = 0;
  pairSecret = '';

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  async start(): Promise<void> {
    this.#process = await startHub(this.dataDir, this.port, { ADMIN_PASSPHRASE: passphrase });
    this.port = this.#process.port;
    this.pairSecret = /#pair=([\w-]+)/.exec(this.#process.text.out)?.[1] ?? this.pairSecret;
  }
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = null;
  }
  async close(): Promise<void> {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }
  #cookie = '';
  async live(): Promise<{ today: { sessions: number }; kiosks: { id: string; faults: string[]; status: string; waiting: number | null }[] }> {
    const url = `${this.origin}/api/v1`;
    if (!this.#cookie) {
      const signed = await fetch(`${url}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'admin', passphrase }) });
      this.#cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    }
    const answer = await fetch(`${url}/showcases/${showcase}/live`, { headers: { cookie: this.#cookie } });
    return (await answer.json()) as Awaited<ReturnType<DeviceHub['live']>>;
  }
  /** The sessions of today once they are `n`, or as they are when the limit is over. */
  sessions(n: number): Promise<number> {
    return until(
      async () => (await this.live()).today.sessions,
      (got) => got >= n,
      countWaitMsMax,
    );
  }
}

/** A browser on `profile`, which outlives it. */
export const openBrowser = async (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: await browserPath(),
    args: [...chromiumFlags],
    viewport: { width: 1080, height: 1920 },
    reducedMotion: 'reduce',
  });

/** Ends the browser of `profile` without a word, with all its processes. */
export const killBrowser = async (context: BrowserContext, profile: string): Promise<void> => {
  const { readdirSync, readFileSync } = await import('node:fs');
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let line: string;
    try {
      line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      continue; // it ended meanwhile
    }
    if (line.includes(`--user-data-dir=${profile}\0`) && !line.includes('--type=')) process.kill(Number(pid), 'SIGKILL');
  }
  await context.close().catch(() => undefined); // its other end is gone already
};

export const copyProfile = async (from: string): Promise<string> => {
  const to = folder();
  await cp(from, to, { recursive: true, filter: (file) => !/Singleton|lockfile/.test(file) });
  return to;
};

export const openKiosk = async (page: Page, url: string): Promise<void> => {
  await page.goto(url, { timeout: pageWaitMsMax });
  await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
};

/** `n` visits: each a touch and a start over. */
export const visits = async (page: Page, n: number): Promise<void> => {
  for (let i = 0; i < n; i++) {
    await page.locator('.start').first().click({ timeout: pageWaitMsMax });
    await page.locator('.hill').waitFor({ timeout: pageWaitMsMax });
    await page.locator('.bar').first().getByText('重新開始').click({ timeout: pageWaitMsMax });
    await page.locator('.start').first().waitFor({ timeout: pageWaitMsMax });
  }
};

/** Waits until this device keeps every file of its pages. */
export const keptPages = async (page: Page): Promise<number> => {
  const count = (): Promise<number> =>
    page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      const name = (await caches.keys()).find((n) => n.startsWith('pages-'));
      return name === undefined ? 0 : (await (await caches.open(name)).keys()).length;
    });
  let before = -1;
  return until(
    count,
    (n) => {
      const still = n > 0 && n === before;
      before = n;
      return still;
    },
    pageWaitMsMax,
  );
};

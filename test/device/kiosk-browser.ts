/** A real browser on a profile of its own, which outlives it: opened, killed, copied, opened again; and what a test does and sees in it. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { browserPath, chromiumFlags } from '../browser.ts';
import { untilGood, waitMsMax } from '../waiting.ts';

export const folder = (): string => mkdtempSync(path.join(tmpdir(), 'harbourlight-device-'));

export type BrowserOptions = {
  /** with 3D; without it a visit takes a fraction of the time */
  picture?: boolean;
  viewport?: { width: number; height: number };
  args?: readonly string[];
};

const pidOf = (profile: string): number | null => {
  for (const name of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    let line = '';
    try {
      line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
    } catch {
      continue; // it ended meanwhile
    }
    if (line.includes(`--user-data-dir=${profile}\0`) && !line.includes('--type=')) return Number(name);
  }
  return null;
};

/** One device: a profile, and the browser that runs on it at times. */
export class Device {
  readonly profile: string;
  readonly #options: BrowserOptions;
  #context: BrowserContext | null = null;

  constructor(options: BrowserOptions = {}, profile = folder()) {
    this.profile = profile;
    this.#options = options;
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is not open');
    return this.#context;
  }
  /** Starts the browser on an empty page. */
  async launch(): Promise<Page> {
    const { picture = false, viewport = { width: 432, height: 768 }, args = [] } = this.#options;
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: await browserPath(),
      args: [...chromiumFlags, ...(picture ? [] : ['--disable-3d-apis']), ...args],
      viewport,
      reducedMotion: 'reduce',
    });
    this.#context.setDefaultTimeout(waitMsMax);
    return this.#context.pages()[0] ?? (await this.#context.newPage());
  }
  /** Starts the browser and opens `url`, until a visitor could start. */
  async open(url: string): Promise<Page> {
    const page = await this.launch();
    await openKiosk(page, url);
    return page;
  }
  /** Ends the browser without a word, with all its processes: SIGKILL. */
  async kill(): Promise<void> {
    const context = this.#context;
    this.#context = null;
    const pid = context && pidOf(this.profile);
    if (pid) process.kill(pid, 'SIGKILL');
    await context?.close().catch(() => undefined); // its other end is gone already
  }
  /** What is on the disk now, as another device: its browser has never run. */
  async copy(): Promise<Device> {
    const to = folder();
    // what only says which browser runs here, and what a running one removes while it is read
    const filter = (file: string): boolean => !/Singleton|lockfile|Crash|GPUCache|ShaderCache|GrShaderCache|\.tmp$/.test(file);
    await cp(this.profile, to, { recursive: true, filter });
    return new Device(this.#options, to);
  }
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

export const openKiosk = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.locator('.start').first().waitFor();
};
export const reload = async (page: Page): Promise<void> => {
  await page.reload();
  await page.locator('.start').first().waitFor();
};

/** `n` visits: each a touch and a start over. */
export const visits = async (page: Page, n: number): Promise<void> => {
  for (let i = 0; i < n; i++) {
    await page.locator('.start').first().click();
    await page.locator('.hill').waitFor();
    await page.locator('.bar .bar-button').nth(2).click();
    await page.locator('.start').first().waitFor();
  }
};

/** Visits until the page is no more. */
export const visitOn = async (page: Page): Promise<void> => {
  try {
    for (;;) await visits(page, 1);
  } catch {
    // the browser was killed: that ends it
  }
};

/** What this device keeps: its events of one kind in the order they were stored, acknowledged or not. Read in strings, since this is no code of a page. */
export const stored = (page: Page, kind = 'session.started'): Promise<string[]> =>
  page.evaluate(
    `new Promise((resolve, reject) => {
      const asked = indexedDB.open('harbourlight');
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const all = asked.result.transaction('events').objectStore('events').getAll();
        all.onsuccess = () => {
          asked.result.close();
          resolve(all.result.filter((e) => e.event.kind === ${JSON.stringify(kind)}).map((e) => e.event.id));
        };
      };
    })`,
  );

/** Waits until the service worker keeps all `n` files of its pages; answers how many it keeps. */
export const keptPages = (page: Page, n: number): Promise<number> =>
  untilGood(
    () =>
      page.evaluate<number>(`(async () => {
        const counts = [0];
        for (const name of (await caches.keys()).filter((k) => k.startsWith('pages-'))) {
          const cache = await caches.open(name);
          if (await cache.match('/kept-whole')) counts.push((await cache.keys()).length - 1);
        }
        return Math.max(...counts);
      })()`),
    (kept) => kept >= n,
  );

/** Makes the page a kiosk that was paired before; it knows after a reload. */
export const pairAs = (page: Page, paired: { id: string; token: string; showcase: string; zone: string }): Promise<unknown> =>
  page.evaluate(
    `new Promise((resolve, reject) => {
      const asked = indexedDB.open('harbourlight');
      asked.onsuccess = () => {
        const tx = asked.result.transaction('device', 'readwrite');
        tx.objectStore('device').put(${JSON.stringify(paired)}, 'paired');
        tx.onabort = () => reject(tx.error);
        tx.oncomplete = () => {
          asked.result.close();
          resolve();
        };
      };
    })`,
  );

/** Holds the staff's corner until its panel is there, and opens the maintenance screen. */
export const openMaintenance = async (page: Page): Promise<void> => {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.move(width - 6, height - 6);
  await page.mouse.down();
  await page.locator('.staff').waitFor();
  await page.mouse.up();
  await page.locator('.staff .to-maintenance').click();
  await page.locator('.maintenance-facts').waitFor();
};

/**
 * The kiosk's own copy of its pages: kept when installed, so that a reload or a restart shows everything with the hub away. Scripts, styles,
 * pages and the hill are kept at once, font slices one after the other once it runs, or when they are first used. Every kept file bears
 * the hash of its bytes and is checked when it is given out: one that went bad on the disk is fetched again. The 3D models that the page
 * names are kept beside, whatever the version of the pages. Never touches the API, sockets or short links.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: { v: string; files: string[] };

const { v, files } = __PRECACHE__;
const cacheName = `pages-${v}`;
const modelsName = 'models';
const modelsKeptMax = 800;
const atOnce = files.filter((file) => !/\.(woff2?|map)$/.test(file));
const later = files.filter((file) => /\.woff2?$/.test(file));
const hashHeader = 'x-kept-sha256';
const HUB = /^\/(api|socket\.io|q|Q|qr|healthz|readyz|metrics)(\/|$)/;

const isModel = (path: string): boolean => path.startsWith('/content/');

const hashOf = async (bytes: ArrayBuffer): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((b) => b.toString(16).padStart(2, '0')).join('');
};

/** Keeps an answer of the hub under `path`, with the hash of its bytes; answers a copy. */
const kept = async (cache: Cache, path: string, fresh: Response): Promise<Response> => {
  const bytes = await fresh.arrayBuffer();
  const headers = new Headers(fresh.headers);
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name); // these bytes are plain, whoever asks
  headers.set(hashHeader, await hashOf(bytes));
  await cache.put(path, new Response(bytes, { headers }));
  return new Response(bytes, { headers });
};

/** Fetches a file past the browser's own cache and keeps it. Rejects when the hub does not give it. */
const keep = async (cache: Cache, file: string): Promise<Response> => {
  const fresh = await fetch(new Request(file, { cache: 'reload' }));
  if (!fresh.ok) throw new TypeError(`${file}: ${fresh.status}`);
  return kept(cache, file, fresh);
};

let filling = false;
let filled = false;
/** Keeps the files that need not be there at once. Ends at the first that can't be had; the next page that is opened goes on. */
const fill = async (): Promise<void> => {
  if (filling) return;
  filling = true;
  filled = true;
  try {
    const cache = await caches.open(cacheName);
    const there = new Set((await cache.keys()).map((r) => new URL(r.url).pathname));
    for (const file of later) if (!there.has(file)) await keep(cache, file);
  } catch {
    // the hub is away, or the disk is full: what is kept is kept
  } finally {
    filling = false;
  }
};

/** the models that the page wants kept; a later list takes the place of one that is being worked off */
let wanted: readonly string[] = [];
let keeping = false;
/** Keeps these models and no others, one after the other. Ends at the first that can't be had; the page asks again. */
const keepModels = async (files: readonly string[]): Promise<void> => {
  wanted = files;
  if (keeping) return;
  keeping = true;
  try {
    const cache = await caches.open(modelsName);
    for (let list: readonly string[] = []; list !== wanted; ) {
      list = wanted;
      const there = new Set<string>();
      for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        if (list.includes(pathname + search)) there.add(pathname + search);
        else await cache.delete(request);
      }
      for (const file of list) if (list === wanted && !there.has(file)) await keep(cache, file);
    }
  } catch {
    // the hub is away, or the disk is full: what is kept is kept
  } finally {
    keeping = false;
  }
};

self.addEventListener('message', (event) => {
  const said: unknown = (event.data as { models?: unknown } | null)?.models;
  if (!Array.isArray(said)) return;
  event.waitUntil(keepModels(said.filter((file): file is string => typeof file === 'string' && isModel(file)).slice(0, modelsKeptMax)));
});

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await Promise.all(atOnce.map((file) => keep(cache, file)));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('pages-') && name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

/** The page of a navigation: the exact one, else the visitor's. */
const pageOf = (path: string): string => (path === '/' ? '/index.html' : path.endsWith('/') ? `${path}index.html` : path);

/** What is kept under `path`, if its bytes are still those that were kept. */
const sound = async (cache: Cache, path: string): Promise<{ response: Response; isSound: boolean } | null> => {
  const found = await cache.match(path, { ignoreVary: true });
  if (!found) return null;
  const bytes = await found.arrayBuffer();
  return { response: new Response(bytes, { headers: found.headers }), isSound: found.headers.get(hashHeader) === (await hashOf(bytes)) };
};

const answer = async (request: Request): Promise<Response> => {
  const { pathname: path, search } = new URL(request.url);
  const cache = await caches.open(isModel(path) ? modelsName : cacheName);
  const file = request.mode === 'navigate' ? pageOf(path) : isModel(path) ? path + search : path;
  const found = await sound(cache, file);
  if (found?.isSound) return found.response;
  if (found) {
    try {
      return await keep(cache, file);
    } catch {
      return found.response; // no hub to fetch it from: damaged is better than nothing
    }
  }
  const fresh = await fetch(request);
  return fresh.ok && (path.startsWith('/assets/') || isModel(path)) ? kept(cache, file, fresh) : fresh;
};

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || HUB.test(url.pathname)) return;
  event.respondWith(answer(event.request));
  // not while it is being activated: pages wait for that
  if (event.request.mode === 'navigate' || !filled) event.waitUntil(fill());
});

export {};

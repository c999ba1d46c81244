/**
 * The kiosk's own copy of its pages: kept when installed, so that a reload or a restart shows everything with the hub away. Scripts, styles,
 * pages and the hill are kept at once, font slices a few at a time once it runs, or when they are first used. Every file is known by
 * the hash of its bytes: what is not this version's is neither kept nor given out, and what the device has already is not fetched again.
 * The version before stays until the next one, for a page that still runs. The 3D models and recordings that the page names are kept beside,
 * whatever the version of the pages. Never touches the API, sockets or short links.
 *
 * Registered for `/staff/` it keeps that page alone, for the clicker on a phone: no hill, and of the fonts those that were used. The page is
 * taken from the hub where it answers, so that staff have the newest.
 */
declare const self: ServiceWorkerGlobalScope;
/** `files`: every path with the hash of its bytes; `staff`: the paths of the staff page */
declare const __PRECACHE__: { v: string; files: { [path: string]: string }; staff: string[] };

const { v, staff } = __PRECACHE__;
const staffOnly = new URL(self.registration.scope).pathname === '/staff/';
const files: { [path: string]: string | undefined } = staffOnly ? Object.fromEntries(staff.map((file) => [file, __PRECACHE__.files[file]])) : __PRECACHE__.files;
const pagesPrefix = staffOnly ? 'staff-pages-' : 'pages-';
/** a hub that does not answer within this time has a staff page's copy shown */
const freshMsMax = 3_000;
const cacheName = `${pagesPrefix}${v}`;
/** kept last, when all that must be there at once is */
const wholeMark = '/kept-whole';
const modelsName = 'models';
const modelsKeptMax = 8_000;
const fillAgainMs = 60_000;
const fillAtOnceMax = 6;
const atOnce = Object.keys(files).filter((file) => !/\.(woff2?|map)$/.test(file));
const later = Object.keys(files).filter((file) => /\.woff2?$/.test(file));
const hashHeader = 'x-kept-sha256';
const HUB = /^\/(api|socket\.io|q|Q|qr|healthz|readyz|metrics)(\/|$)/;

const isModel = (path: string): boolean => path.startsWith('/content/');

const hashOf = async (bytes: ArrayBuffer): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((b) => b.toString(16).padStart(2, '0')).join('');
};

/** Of a model the hub's word is taken, here and in its address; of a page's file the build's. */
const isOurs = (file: string, hash: string): boolean => files[file] === undefined || files[file] === hash;

/** What is kept under `file`, if its bytes are still those that were kept. */
const sound = async (cache: Cache, file: string): Promise<{ response: Response; hash: string } | null> => {
  const found = await cache.match(file, { ignoreVary: true });
  if (!found) return null;
  const bytes = await found.arrayBuffer();
  const hash = await hashOf(bytes);
  return hash === found.headers.get(hashHeader) ? { response: new Response(bytes, { headers: found.headers }), hash } : null;
};

/** The same file in the pages of other versions on this device, if it is sound and `fits`. */
const elsewhere = async (file: string, fits: (hash: string) => boolean): Promise<Response | null> => {
  for (const name of await caches.keys()) {
    if (!name.startsWith(pagesPrefix) || name === cacheName) continue;
    const found = await sound(await caches.open(name), file);
    if (found && fits(found.hash)) return found.response;
  }
  return null;
};

/** A whole answer with the hash of its bytes; null where it is none, or not this version's. */
const checked = async (file: string, fresh: Response): Promise<Response | null> => {
  if (!fresh.ok) return null;
  const bytes = await fresh.arrayBuffer();
  const hash = await hashOf(bytes);
  if (!isOurs(file, hash)) return null;
  const headers = new Headers(fresh.headers);
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name); // these bytes are plain, whoever asks
  headers.set(hashHeader, hash);
  return new Response(bytes, { headers });
};

/** A file as it should be: from the browser's own cache, where the page's first load has left it, or from the hub; null where neither has it. */
const fetched = async (file: string): Promise<Response | null> => {
  for (const init of [{ cache: 'only-if-cached', mode: 'same-origin' }, { cache: 'reload' }] as const) {
    try {
      const whole = await checked(file, await fetch(new Request(file, init)));
      if (whole) return whole;
    } catch {
      // it is not there, the hub is away, or the answer broke off: the next place is asked
    }
  }
  return null;
};

/** Keeps a file that is not kept yet, or went bad. Rejects when it can't be had, or the disk refuses it. */
const keep = async (cache: Cache, file: string): Promise<void> => {
  const there = await sound(cache, file);
  if (there && isOurs(file, there.hash)) return;
  const whole = (isModel(file) ? null : await elsewhere(file, (hash) => files[file] === hash)) ?? (await fetched(file));
  if (!whole) throw new TypeError(`${file} can't be had`);
  await cache.put(file, whole);
};

let filling = false;
let fillFromMs = 0;
/** Keeps the files that need not be there at once. Ends at the first that can't be had; goes on with the next page, or after a minute. */
const fill = async (): Promise<void> => {
  if (filling || staffOnly) return;
  filling = true;
  fillFromMs = Number.POSITIVE_INFINITY;
  try {
    const cache = await caches.open(cacheName);
    const there = new Set((await cache.keys()).map((r) => new URL(r.url).pathname));
    const left = later.filter((file) => !there.has(file)).values();
    const turn = async (): Promise<void> => {
      for (const file of left) await keep(cache, file);
    };
    await Promise.all(Array.from({ length: fillAtOnceMax }, turn));
  } catch {
    fillFromMs = Date.now() + fillAgainMs; // the hub is away, or the disk is full: what is kept is kept
  } finally {
    filling = false;
  }
};

/** the models and recordings that the page wants kept; a later list takes the place of one that is being worked off */
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

/** Keeps these fonts: those that the page was drawn with before it was kept. */
const keepFonts = async (fonts: readonly unknown[]): Promise<void> => {
  const cache = await caches.open(cacheName);
  for (const file of later) if (fonts.includes(file)) await keep(cache, file).catch(() => undefined); // drawn in the device's own until then
};

self.addEventListener('message', (event) => {
  const { models: said, fonts } = (event.data ?? {}) as { models?: unknown; fonts?: unknown };
  if (staffOnly && Array.isArray(fonts)) event.waitUntil(keepFonts(fonts));
  if (!Array.isArray(said)) return;
  if (Date.now() >= fillFromMs) event.waitUntil(fill());
  event.waitUntil(keepModels(said.filter((file): file is string => typeof file === 'string' && isModel(file)).slice(0, modelsKeptMax)));
});

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      // all or nothing: an update that breaks off leaves the version that runs, and goes on from there the next time
      const cache = await caches.open(cacheName);
      await Promise.all(atOnce.map((file) => keep(cache, file)));
      await cache.put(wholeMark, new Response(v));
      await self.skipWaiting();
    })(),
  );
});

/** Which caches of other versions go: all but the newest whole one, whose page may still run. */
const outdated = async (): Promise<string[]> => {
  const names = (await caches.keys()).filter((name) => name.startsWith(pagesPrefix) && name !== cacheName);
  const whole: string[] = [];
  for (const name of names) if (await (await caches.open(name)).match(wholeMark)) whole.push(name);
  return names.filter((name) => name !== whole.at(-1));
};

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await outdated()) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

/** The page of a navigation: the exact one, else the visitor's. */
const pageOf = (path: string): string => (path === '/' ? '/index.html' : path.endsWith('/') ? `${path}index.html` : path);

/** Stands where a page went bad and there is no hub to fetch it from, and asks again by itself. */
const waitingPage = (): Response =>
  new Response(
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>萬家燈火</title><body bgcolor="#0b1e42" text="#fff"><h1 align="center">萬家燈火</h1>',
    {
      status: 503,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    },
  );

const answer = async (request: Request): Promise<Response> => {
  const { pathname: path, search } = new URL(request.url);
  const opens = request.mode === 'navigate';
  if (opens && staffOnly) {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(freshMsMax) }).catch(() => null);
    if (fresh && fresh.status < 500) return fresh;
  }
  const file = opens ? pageOf(path) : isModel(path) ? path + search : path;
  // a running page of the version before asks for files that only it has
  if (files[file] === undefined && !isModel(path)) return (await elsewhere(file, () => true)) ?? fetch(request);
  const cache = await caches.open(isModel(path) ? modelsName : cacheName);
  const found = await sound(cache, file);
  if (found && isOurs(file, found.hash)) return found.response;
  const whole = await fetched(file);
  if (!whole) return opens ? fetch(request).then((r) => (r.status < 500 ? r : waitingPage()), waitingPage) : Response.error();
  const copy = whole.clone();
  await cache.put(file, copy).catch(() => undefined); // a full disk keeps nothing from the visitor
  return whole;
};

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || HUB.test(url.pathname)) return;
  event.respondWith(answer(event.request));
  // not while it is being activated: pages wait for that
  if (event.request.mode === 'navigate' || Date.now() >= fillFromMs) event.waitUntil(fill());
});

export {};

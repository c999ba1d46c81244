/**
 * The kiosk's own copy of its pages: kept when installed, so that a reload or a restart shows everything with the hub away. Scripts, styles,
 * pages and the hill are kept at once; font slices when they are first used. Never touches the API, sockets or short links.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: { v: string; files: string[] };

const { v, files } = __PRECACHE__;
const cacheName = `pages-${v}`;
const atOnce = files.filter((file) => !/\.(woff2?|map)$/.test(file));
const HUB = /^\/(api|socket\.io|q|Q|qr|healthz|readyz|metrics)(\/|$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll(atOnce.map((file) => new Request(file, { cache: 'reload' })));
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

const answer = async (request: Request): Promise<Response> => {
  const cache = await caches.open(cacheName);
  const path = new URL(request.url).pathname;
  const navigating = request.mode === 'navigate';
  const kept = await cache.match(navigating ? pageOf(path) : path, { ignoreVary: true });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && path.startsWith('/assets/')) await cache.put(path, fresh.clone());
  return fresh;
};

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || HUB.test(url.pathname)) return;
  event.respondWith(answer(event.request));
});

export {};

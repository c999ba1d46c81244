/** What the maintenance screen asks of the browser: room, whether it may be cleared, whether the pages are kept. Every answer may be missing. */

export type Offline = { kind: 'insecure' | 'none' | 'kept' } | { kind: 'partly'; missing: number };
export type DeviceFacts = { usedBytes: number | null; quotaBytes: number | null; persisted: boolean | null; offline: Offline };

/** A browser that refuses to say is one that does not know. */
const orNull = <T>(asked: Promise<T> | undefined): Promise<T | null> => (asked ?? Promise.resolve(null)).catch(() => null);

const offlineOf = async (): Promise<Offline> => {
  if (!window.isSecureContext || !('serviceWorker' in navigator)) return { kind: 'insecure' };
  const registration = await orNull(navigator.serviceWorker.getRegistration());
  if (!registration?.active) return { kind: 'none' };
  const cache = await newestWhole();
  if (!cache) return { kind: 'none' };
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const missing = fontFiles().filter((file) => !kept.has(file)).length;
  return missing > 0 ? { kind: 'partly', missing } : { kind: 'kept' };
};

/** The newest kept pages that all is there of; an update that is under way, or broke off, stands beside it. */
const newestWhole = async (): Promise<Cache | null> => {
  const names = ((await orNull(caches.keys())) ?? []).filter((name) => name.startsWith('pages-'));
  for (const name of names.reverse()) {
    const cache = await orNull(caches.open(name));
    if (cache && (await orNull(cache.match('/kept-whole')))) return cache;
  }
  return null;
};

/** The font files that the page's style sheets name. */
const fontFiles = (): string[] =>
  [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      const url = rule instanceof CSSFontFaceRule ? /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1] : undefined;
      return url === undefined ? [] : [new URL(url, sheet.href ?? document.baseURI).pathname];
    }),
  );

/** How this device stands, now. Never rejects. */
export const readDevice = async (): Promise<DeviceFacts> => {
  const room = await orNull(navigator.storage?.estimate?.());
  return {
    usedBytes: room?.usage ?? null,
    quotaBytes: room?.quota ?? null,
    persisted: await orNull(navigator.storage?.persisted?.()),
    offline: (await orNull(offlineOf())) ?? { kind: 'none' },
  };
};

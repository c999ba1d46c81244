/** Keeps the pages on this device where the browser allows it: HTTPS, localhost, or an origin that the launch switch trusts. */

type ScriptUrls = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } };

const keepRetryMs = 60_000;
/** how often a running kiosk asks whether its pages were built anew; the browser itself asks with every reload */
const renewMs = 10 * 60_000;

/** Calls `whole` once everything is on this device. */
const whenWhole = (of: ServiceWorkerRegistration, whole: () => void): void => {
  if (of.active) whole();
  const worker = of.installing ?? of.waiting;
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'activated') whole();
  });
};

/**
 * Registers the service worker for the pages below `scope`. Answers whether this page can work with the hub away; false on plain http, which
 * the staff corner and the clicker say. `whole` is called once all of it is kept.
 */
export const keepPages = async (scope = '/', whole: () => void = () => undefined): Promise<boolean> => {
  if (!('serviceWorker' in navigator)) return false;
  const trusted = (globalThis as { trustedTypes?: ScriptUrls }).trustedTypes;
  const policy = trusted?.createPolicy('service-worker', { createScriptURL: (url) => url });
  try {
    const register = (): Promise<ServiceWorkerRegistration> => navigator.serviceWorker.register((policy ? policy.createScriptURL('/sw.js') : '/sw.js') as string, { scope });
    const registration = await register();
    // the hub may go while the pages are being kept: an install that failed is gone, and tried again until one holds
    const again = (of: ServiceWorkerRegistration): void => {
      whenWhole(of, whole);
      setTimeout(() => {
        if (of.active) return;
        if (of.installing || of.waiting) again(of);
        else register().then(again, () => again(of));
      }, keepRetryMs);
    };
    again(registration);
    setInterval(() => registration.update().catch(() => undefined), renewMs); // no hub, no news
    return true;
  } catch (error) {
    // without it the page goes on; only a reload needs the hub
    console.warn('the pages are not kept on this device', error);
    return false;
  }
};

/** Calls `renewed` whenever newer pages than this one's have been kept on this device, whole: a reload shows them. */
export const whenPagesRenewed = (renewed: () => void): void => {
  if (!('serviceWorker' in navigator)) return;
  let first = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!first) renewed();
    first = false;
  });
};

/** Has these files of the content (models, recordings) kept on this device, and no others; nothing happens where pages are not kept. Never rejects. */
export const keepFiles = async (files: readonly string[]): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ models: files });
};

/** Has the fonts that this page was drawn with kept, once the device keeps its pages: from then on they are kept as they are used. */
export const keepFontsUsed = (): void => {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    const used = performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname);
    navigator.serviceWorker.controller?.postMessage({ fonts: used.filter((file) => file.endsWith('.woff2')) });
  });
};

/** Keeps the pages on this device where the browser allows it: HTTPS, localhost, or an origin that the launch switch trusts. */

type ScriptUrls = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } };

/** Registers the service worker. Answers whether this page can work with the hub away; false on plain http, which the staff corner says. */
export const keepPages = async (): Promise<boolean> => {
  if (!('serviceWorker' in navigator)) return false;
  const trusted = (globalThis as { trustedTypes?: ScriptUrls }).trustedTypes;
  const policy = trusted?.createPolicy('service-worker', { createScriptURL: (url) => url });
  try {
    await navigator.serviceWorker.register((policy ? policy.createScriptURL('/sw.js') : '/sw.js') as string);
    return true;
  } catch (error) {
    // without it the page goes on; only a reload needs the hub
    console.warn('the pages are not kept on this device', error);
    return false;
  }
};

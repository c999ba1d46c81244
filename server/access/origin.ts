/** Where a request comes from, as far as a browser tells: the same rule for HTTP and for every socket handshake. */

/** The name of the session's cookie: bound to this host and to HTTPS where there is HTTPS. */
export const sessionCookie = (secure: boolean): string => (secure ? '__Host-sid' : 'sid');

/** Whether a page of another origin sent this: its Origin differs from the host asked, or the browser says cross-site. */
export const isForeign = (headers: { origin?: string | undefined; host?: string | undefined; site?: string | undefined }): boolean => {
  if (headers.site !== undefined && headers.site !== 'same-origin' && headers.site !== 'none') return true;
  if (headers.origin === undefined) return false;
  const at = /^https?:\/\/([^/]+)$/.exec(headers.origin)?.[1];
  return at === undefined || at.toLowerCase() !== (headers.host ?? '').toLowerCase();
};

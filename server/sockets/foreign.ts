/** A page of another origin that opens a socket is told 403 by HTTP's own rule, before anything of the socket's protocol is read. */
import type { Server } from 'node:http';
import { isForeign } from '../access/origin.ts';

const answer = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Comes before whoever takes upgrades. */
export const refuseForeignUpgrades = (server: Server): void => {
  server.prependListener('upgrade', (request, socket) => {
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    if (isForeign({ origin, host, site: typeof site === 'string' ? site : undefined })) socket.end(answer);
  });
};

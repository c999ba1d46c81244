/**
 * One hub for each data folder. The lock is a listening socket, which the kernel takes away with the process, so a killed hub leaves none
 * behind. On Linux an abstract socket named by the folder's device and inode decides; beside it a socket file in the folder, so that hubs
 * in other network namespaces (containers) that share the folder see each other too. Elsewhere the socket file (on Windows a named pipe)
 * decides alone. The pid file only serves the message.
 * Limits: hubs on two machines that share a network folder don't see each other, nor do two containers where the folder takes no sockets.
 */
import { createHash } from 'node:crypto';
import { link, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { errorCode, isReadOnly, makeFolders } from './file-system.ts';
import { JournalFault } from './journal.ts';

export type FolderLock = { /** Lets the folder go. */ release(): Promise<void> };

/** what `sun_path` holds, less its end, on the strictest of our systems (macOS; Linux takes 107) */
const socketPathBytesMax = 103;
const socketName = 'hub.sock';
const pidName = 'hub.pid';
const connectMs = 2_000;
/** how often a dead socket's place is tried for: others may be at it too */
const staleTriesMax = 3;

/** Takes the folder (made if missing) for this process. Throws a JournalFault: `locked` if another hub has it, `storage_failed`. */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  try {
    await makeFolders(folder);
    const real = await realpath(folder);
    const servers: Server[] = [];
    try {
      const kernel = await listenAtKernel(real);
      if (kernel) servers.push(kernel);
      const path = socketPath(real);
      const file =
        path === null
          ? null
          : await listenOnFile(path, kernel !== null).catch((error: unknown) => {
              // a folder that takes no writes takes no socket either, and nothing that two hubs could spoil
              if (kernel && isReadOnly(error)) return null;
              throw error;
            });
      if (file) servers.push(file);
      if (servers.length === 0) throw new Error('no kind of socket works here');
    } catch (error) {
      await Promise.all(servers.map(stop));
      if (error instanceof InUse) throw await locked(folder, real);
      throw error;
    }
    return await hold(real, servers);
  } catch (error) {
    if (error instanceof JournalFault) throw error;
    throw new JournalFault('storage_failed', `the folder ${folder} can't be locked: ${errorCode(error) || String(error)}`, { cause: error });
  }
};

class InUse extends Error {}

const hold = async (real: string, servers: readonly Server[]): Promise<FolderLock> => {
  const pid = join(real, pidName);
  // only for the message of the next one; a folder that takes no writes has none
  await writeFile(pid, `${process.pid}\n`, { mode: 0o600 }).catch(() => undefined);
  return {
    async release() {
      await rm(pid, { force: true }).catch(() => undefined);
      // closing a server also removes its socket file
      await Promise.all(servers.map(stop));
    },
  };
};

const locked = async (folder: string, real: string): Promise<JournalFault> => {
  const pid = (await readFile(join(real, pidName), 'utf8').catch(() => '')).trim();
  return new JournalFault('locked', `another hub${/^\d{1,10}$/.test(pid) ? ` (process ${pid})` : ''} uses the folder ${folder}`);
};

/** An address that the kernel hands out once and takes back by itself; null where there is none. */
const kernelAddress = async (real: string): Promise<string | null> => {
  if (process.platform === 'win32') return `\\\\.\\pipe\\harbourlight-${nameOf(real.toLowerCase())}`;
  if (process.platform !== 'linux') return null;
  // two bind mounts of one folder have one inode
  const { dev, ino } = await stat(real, { bigint: true });
  return `\0harbourlight-${nameOf(`${dev}:${ino}`)}`;
};

const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Where the socket file goes: in the folder, or, if its path is too long for a socket, in the system's folder for such files. */
const socketPath = (real: string): string | null => {
  if (process.platform === 'win32') return null;
  const inside = join(real, socketName);
  if (Buffer.byteLength(inside) <= socketPathBytesMax) return inside;
  return process.platform === 'linux' ? null : join('/tmp', `harbourlight-${nameOf(real)}.sock`);
};

/** Null where there is no such address, or a sandbox doesn't allow it. */
const listenAtKernel = async (real: string): Promise<Server | null> => {
  const address = await kernelAddress(real);
  try {
    return address === null ? null : await listenAt(address);
  } catch (error) {
    if (error instanceof InUse) throw error;
    return null;
  }
};

const listenAt = (address: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    // nobody has anything to say here: a connection is only a question whether someone listens
    const server = createServer((socket) => socket.on('error', () => undefined).destroy());
    server.once('error', (error) => reject(errorCode(error) === 'EADDRINUSE' ? new InUse(address) : error));
    server.listen({ path: address }, () => {
      // the lock must not keep a process alive that is done
      server.unref();
      resolve(server);
    });
  });

/** Listens on a socket file, taking the place of one that nobody listens on. Null if the folder takes no sockets and that is allowed. */
const listenOnFile = async (path: string, optional: boolean): Promise<Server | null> => {
  for (let tries = 0; tries < staleTriesMax; tries++) {
    try {
      return await listenAt(path);
    } catch (error) {
      if (!(error instanceof InUse)) {
        if (optional) return null;
        throw error;
      }
      if (await someoneListens(path)) throw error;
      await removeStale(path);
    }
  }
  throw new InUse(path);
};

/** Moves the dead socket aside before it is removed: if a living one took its name in between, that one gets its name back. */
const removeStale = async (path: string): Promise<void> => {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const living = await someoneListens(aside);
  if (living) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  if (living) throw new InUse(path);
};

const someoneListens = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ path });
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(connectMs, () => answer(true));
    socket.once('connect', () => answer(true));
    // refused or gone: nobody. Anything else (no permission, a full queue) may well be somebody
    socket.once('error', (error) => answer(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(errorCode(error))));
  });

const stop = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

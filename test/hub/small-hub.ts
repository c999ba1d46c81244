/** A whole hub on loopback for tests: real routes, sockets and packs on a memory journal, with a clock that a test may move. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Hono } from 'hono';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { MemoryShelf } from '../../server/access/shelf.ts';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import type { OpenThread } from '../../server/exports/thread-pool.ts';
import { createHub, type Hub, type HubOptions } from '../../server/hub.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { MemoryJournal } from '../../server/journal/memory-journal.ts';
import { findAudio } from '../../server/packs/audio.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { findModels } from '../../server/packs/models.ts';
import type { HubEnv } from '../../server/routes/env.ts';
import type { Reading } from '../../shared/reading.ts';
import type { Role } from '../../shared/roles.ts';
import { threadHere } from './thread-here.ts';

export const passphrase = 'correct horse battery staple';
const installed = path.resolve(import.meta.dirname, '../../content');

export type SmallHub = {
  hub: Hub;
  origin: string;
  journal: Journal;
  /** JSON in, status and JSON (or text) out */
  ask(
    method: string,
    at: string,
    more?: { body?: unknown; token?: string; cookie?: string; headers?: Record<string, string>; raw?: string },
  ): Promise<{ status: number; body: Answered; headers: Headers; text: string }>;
  cookie(role?: Role): Promise<string>;
  device(kind: 'kiosk' | 'counter', place?: { showcase?: string; zone?: string; point?: string }): Promise<{ id: string; token: string }>;
  kiosk(token: string, more?: Record<string, unknown>): Promise<Socket>;
  staff(cookie: string, headers?: Record<string, string>): Promise<Socket>;
  moveMs(ms: number): void;
  /** Somebody sets the machine's clock. */
  stepClock(ms: number): void;
  close(): Promise<void>;
};

/** Whatever JSON was answered: tests look into it. */
// biome-ignore lint/suspicious/noExplicitAny: a test names what it expects
type Answered = any;

export const showcase = 'smart-hong-kong-pavilion';

export type SmallHubOptions = {
  publicOrigin?: string | null;
  journal?: Journal;
  atMs?: number;
  pages?: Hono<HubEnv>;
  /** another content folder */
  content?: string;
  /** hears of models and recordings that can't be given out */
  told?(line: string): void;
  watch?: Partial<HubOptions['watch']>;
  /** where closed days are delivered */
  receiver?: HubOptions['receiver'];
  /** in place of one on this loop */
  openThread?: OpenThread;
  /** a store in place of one in memory */
  store?: Pick<HubOptions, 'journal' | 'documents' | 'checkpoints' | 'shelf' | 'crossing'>;
};

export const smallHub = async (options: SmallHubOptions = {}): Promise<SmallHub> => {
  const documents = options.store?.documents ?? new MemoryDocuments();
  const journal = options.store?.journal ?? options.journal ?? new MemoryJournal();
  let movedMs = options.atMs === undefined ? 0 : options.atMs - Date.now();
  let steppedMs = 0;
  const clock = {
    nowMs: () => Date.now() + movedMs,
    monotonicMs: () => performance.now(),
    stepped: () => {
      const byMs = steppedMs;
      movedMs += byMs;
      steppedMs = 0;
      return byMs;
    },
  };
  const content = options.content ?? installed;
  const packs = await findPacks(content, documents, () => undefined);
  const hub = await createHub({
    journal,
    documents,
    checkpoints: options.store?.checkpoints ?? new MemoryDocuments(),
    shelf: options.store?.shelf ?? (await MemoryShelf.open(documents, clock)),
    crossing: options.store?.crossing ?? null,
    packs,
    models: (shown, sent) => findModels(content, shown, (line) => options.told?.(line), sent),
    recorded: (shown, sent) => findAudio(content, shown, (line) => options.told?.(line), sent),
    clock,
    log: pino({ level: 'silent' }),
    publicOrigin: options.publicOrigin ?? null,
    linkHosts: [],
    pages: options.pages ?? new Hono(),
    tls: null,
    // alerts are looked for when a test says so
    watch: { everyMs: null, freeShare: async () => null, probe: null, webhook: null, ...options.watch },
    firstPassphrase: () => passphrase,
    // the real one takes a third of a second, and hundreds of hubs are opened
    passphraseCost: 2 ** 10,
    openThread: options.openThread ?? threadHere,
    receiver: options.receiver ?? null,
  });
  hub.http.listen(0, '127.0.0.1');
  await once(hub.http, 'listening');
  const origin = `http://127.0.0.1:${(hub.http.address() as AddressInfo).port}`;
  const open = new Set<Socket>();

  const ask: SmallHub['ask'] = async (method, at, more = {}) => {
    const headers: Record<string, string> = {
      ...(more.body !== undefined && { 'content-type': 'application/json' }),
      ...(more.token && { authorization: `Bearer ${more.token}` }),
      ...(more.cookie && { cookie: more.cookie }),
      ...more.headers,
    };
    const answer = await fetch(origin + at, {
      method,
      headers,
      redirect: 'manual',
      ...(more.raw !== undefined ? { body: more.raw } : more.body !== undefined && { body: JSON.stringify(more.body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: /^application\/(problem\+)?json/.test(answer.headers.get('content-type') ?? '') && text ? JSON.parse(text) : null,
    };
  };
  const signIn = async (name: string, words: string): Promise<string> => {
    const answer = await ask('POST', '/api/v1/session', { body: { name, passphrase: words } });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.text}`);
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
  };
  const cookies = new Map<Role, string>();
  const cookie = async (role: Role = 'admin'): Promise<string> => {
    let found = cookies.get(role);
    if (found) return found;
    if (role !== 'admin') await ask('POST', '/api/v1/accounts', { body: { name: `the-${role}`, role, passphrase }, cookie: await cookie('admin') });
    found = await signIn(role === 'admin' ? 'admin' : `the-${role}`, passphrase);
    cookies.set(role, found);
    return found;
  };
  const connect = (space: string, opts: object): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = io(origin + space, { transports: ['websocket'], reconnection: false, forceNew: true, ...opts });
      open.add(socket);
      socket.on('connect', () => resolve(socket));
      socket.on('connect_error', (error: Error & { data?: { code?: string } }) => reject(new Error(error.data?.code ?? error.message)));
    });
  return {
    hub,
    origin,
    journal,
    ask,
    cookie,
    device: async (kind, place = {}) => {
      const body = { kind, name: `test ${kind}`, showcase, ...(kind === 'counter' ? { point: 'door-a' } : { zone: 'living' }), ...place };
      const answer = await ask('POST', '/api/v1/devices', { body, cookie: await cookie('admin') });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body;
    },
    kiosk: (token, more = {}) => connect('/kiosk', { auth: { token, wire: 1, ...more } }),
    staff: (with_, headers = {}) => connect('/staff', { extraHeaders: { cookie: with_, ...headers } }),
    moveMs: (ms) => {
      movedMs += ms;
    },
    stepClock: (ms) => {
      steppedMs += ms;
    },
    close: async () => {
      for (const s of open) s.close();
      await hub.close();
    },
  };
};

/** A minute's interval that began `minutesAgo`. */
export const minute = (nowMs: number, minutesAgo: number, n: number, out: number, more: object = {}): Reading => {
  const from = Math.floor(nowMs / 60_000) * 60_000 - minutesAgo * 60_000;
  return { kind: 'interval', from: new Date(from).toISOString(), to: new Date(from + 60_000).toISOString(), in: n, out, ...more };
};

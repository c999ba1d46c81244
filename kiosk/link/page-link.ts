/** The kiosk link of one page: outbox, sender, hub and what the other tabs say, put together. */
import type { Command, CommandAnswer } from '../../shared/command.ts';
import type { Content } from '../../shared/pack.ts';
import type { PublicTally } from '../../shared/wire.ts';
import type { Text } from '../../shared/words.ts';
import type { Clock } from './clock.ts';
import { claimDevice, contentOf, type HttpParts, pollPairing, showcasesOf, startPairing } from './hub-http.ts';
import { HubLink } from './hub-link.ts';
import type { KioskLink, KioskLinkOptions, KioskStatus, LinkDetail, LinkState } from './kiosk-link.ts';
import { MendingStorage } from './mending-storage.ts';
import { type NewEvent, Outbox, type SentEvent } from './outbox.ts';
import { becomeSender } from './sender.ts';
import { SocketWire } from './socket-wire.ts';
import type { DeviceRecord, OutboxStorage } from './storage.ts';
import { type News, type TabNews, tabNews } from './tab-news.ts';

export class PageLink implements KioskLink {
  readonly #options: KioskLinkOptions;
  readonly #clock: Clock;
  readonly #storage: OutboxStorage;
  readonly #http: HttpParts;
  readonly #outbox: Outbox;
  #tabs: TabNews;
  readonly #listeners = new Set<(state: LinkState) => void>();
  readonly #faults = new Set<string>();
  #device: DeviceRecord | null = null;
  #hub: HubLink | null = null;
  #isSender = false;
  #senderOnline = false;
  #stepBack: () => void = () => undefined;
  #closed = false;
  #handler: (command: Command) => Promise<CommandAnswer | undefined> = async () => undefined;
  #tally: (tally: PublicTally) => void = () => undefined;
  #status: () => KioskStatus = () => ({ screen: '', fps: null, pack: null, faults: [] });
  #offsetMs = 0;
  #waited = false;
  #measuredMs: number | null = null;
  #ackedMs: number | null = null;
  #acked: ReadonlySet<string> | null = null;
  #rescued: string | undefined;
  #shown: Content | null = null;

  constructor(options: KioskLinkOptions, clock: Clock, storage: OutboxStorage) {
    this.#options = options;
    this.#clock = clock;
    this.#storage = storage;
    this.#http = { origin: options.origin, fetch: options.fetch, clock };
    this.#outbox = new Outbox({ storage, clock, random: options.random, changed: () => this.#outboxChanged() });
    this.#tabs = tabNews(storage.kind === 'durable', (news) => void this.#heard(news));
  }

  async open(): Promise<void> {
    try {
      this.#device = await this.#storage.device();
      await this.#outbox.open();
    } catch {
      // a full disk can still be read; the outbox asks it again with what is recorded, and tells so
      if (!this.#device) this.#faults.add('storage_failed');
    }
    if (this.#storage instanceof MendingStorage) this.#storage.onMended(() => void this.#mended());
    this.#elect();
  }

  /** The storage is on disk now: it knows what this device is paired as, and is shared with other tabs. */
  async #mended(): Promise<void> {
    this.#outbox.forget();
    this.#stepBack();
    this.#tabs.close();
    this.#tabs = tabNews(true, (news) => void this.#heard(news));
    try {
      this.#device = await this.#storage.device();
      await this.#outbox.refresh();
      this.#faults.delete('storage_failed');
    } catch {
      this.#faults.add('storage_failed');
    }
    if (!this.#closed) this.#elect();
    this.#changed();
  }

  #elect(): void {
    const { locks = globalThis.navigator?.locks } = this.#options;
    const shared = this.#storage.kind === 'durable';
    const parts = { storage: this.#storage, clock: this.#clock, random: this.#options.random, locks: (shared && locks) || undefined };
    this.#stepBack = becomeSender({ ...parts, begin: () => this.#sending(true), end: () => this.#sending(false) });
  }

  state(): LinkState {
    const { waiting, oldestMs } = this.#outbox.stats();
    const faults = [...this.#storageFaults(), ...(this.#hub?.faults ?? [])];
    const d = this.#device;
    const online = this.#isSender ? (this.#hub?.online ?? false) : this.#senderOnline;
    const atMs = oldestMs === null ? null : oldestMs + this.#offset();
    return {
      paired: d !== null,
      showcase: d?.showcase ?? null,
      zone: d?.zone ?? null,
      device: d?.id ?? null,
      online,
      waiting,
      oldestMs: atMs,
      storage: this.#storage.kind,
      faults,
    };
  }

  #storageFaults(): string[] {
    const now = [this.#outbox.stats().failing && 'storage_write_failed', this.#storage.kind === 'memory' && 'storage_memory', this.#outbox.wiped && 'storage_wiped'];
    return [...this.#faults, ...now.filter((code) => code !== false)];
  }

  detail(): LinkDetail {
    const stream = this.#outbox.stream;
    return {
      epoch: stream?.epoch ?? null,
      tail: stream?.tail ?? 0,
      offsetMs: this.#measuredMs === null ? null : this.#offset(),
      measuredMs: this.#measuredMs,
      ackedMs: this.#ackedMs,
    };
  }

  kept(tail: boolean): AsyncGenerator<SentEvent[]> {
    return this.#outbox.kept(tail);
  }

  subscribe(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async record(event: NewEvent & { atMs?: number }): Promise<void> {
    // while the disk is not open nobody knows whether this device is paired
    if (!this.#device && !(this.#storage instanceof MendingStorage && this.#storage.kind === 'memory')) return;
    await this.#outbox.record(event);
    if (this.#isSender) this.#hub?.wake();
    else this.#tabs.tell({ kind: 'recorded' });
  }

  onCommand(handler: (command: Command) => Promise<CommandAnswer | undefined>): void {
    this.#handler = handler;
  }

  onTally(handler: (tally: PublicTally) => void): void {
    this.#tally = handler;
  }

  report(status: () => KioskStatus): void {
    this.#status = status;
  }

  async claim(secret: string): Promise<boolean> {
    const device = await claimDevice(this.#http, secret);
    if (device) await this.#pair(device);
    return device !== null;
  }

  async startPairing(): Promise<{ userCode: string; words: Text; approved: Promise<void> } | null> {
    const started = await startPairing(this.#http);
    if (!started) return null;
    const untilMs = this.#clock.monotonicMs() + started.expiresInMs;
    const approval = async (): Promise<void> => {
      while (this.#clock.monotonicMs() < untilMs) {
        await new Promise<void>((resolve) => void this.#clock.after(started.intervalMs, resolve));
        if (this.#closed) throw new Error('link_closed');
        const polled = await pollPairing(this.#http, started.deviceCode);
        if (polled === 'gone') break;
        if (polled !== 'pending') return this.#pair(polled);
      }
      throw new Error('pairing_expired');
    };
    return { userCode: started.userCode, words: started.words, approved: approval() };
  }

  async unpair(): Promise<void> {
    await this.#storage.setDevice(null);
    this.#device = null;
    this.#connect();
    await this.#outbox.dropTail();
    this.#tabs.tell({ kind: 'paired' });
    this.#changed();
  }

  async content(showcase: string): Promise<Content | null> {
    const content = await contentOf(this.#http, this.#storage, showcase);
    if (content) this.#shown = content;
    return content;
  }

  showcases(): Promise<string[]> {
    return showcasesOf(this.#http, this.#storage);
  }

  nowMs(): number {
    return this.#clock.nowMs() + this.#offset();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#outbox.close();
    this.#stepBack();
    this.#tabs.close();
    this.#listeners.clear();
    this.#storage.close();
  }

  /** Keeps what the hub gave. A disk that refuses it makes the pairing last as long as the page. */
  async #pair(device: DeviceRecord): Promise<void> {
    try {
      await this.#storage.setDevice(device);
    } catch {
      this.#faults.add('storage_failed');
    }
    this.#device = device;
    this.#connect();
    this.#tabs.tell({ kind: 'paired' });
    this.#changed();
  }

  #sending(now: boolean): void {
    this.#isSender = now;
    this.#connect();
    this.#changed();
  }

  #offset(): number {
    return this.#hub?.offsetMs ?? this.#offsetMs;
  }

  /** Ends the link there was, and begins one if this tab sends for a paired device. */
  #connect(): void {
    if (this.#hub) this.#offsetMs = this.#hub.offsetMs;
    this.#hub?.close();
    this.#hub = null;
    if (!this.#isSender || !this.#device) return;
    const { origin, random } = this.#options;
    const make = this.#options.wire ?? ((parts) => new SocketWire(parts));
    this.#hub = new HubLink({
      wire: make({ origin, clock: this.#clock, random }),
      outbox: this.#outbox,
      clock: this.#clock,
      random,
      status: () => {
        const status = this.#status();
        return { ...status, faults: [...this.#storageFaults(), ...status.faults], heapBytes: this.#options.heapBytes?.() ?? null };
      },
      changed: () => this.#tellOnline(),
      command: (command) => this.#handler(command),
      tally: (tally) => this.#tally(tally),
      placed: (place) => void this.#placed(place),
    });
    this.#hub.start(this.#device.token);
  }

  /** The hub may have moved this device to another place. */
  async #placed({ showcase, zone }: { showcase: string; zone: string }): Promise<void> {
    this.#measuredMs = this.#clock.nowMs();
    const d = this.#device;
    if (!d || (d.showcase === showcase && d.zone === zone)) return;
    this.#device = { ...d, showcase, zone };
    this.#changed();
    try {
      await this.#storage.setDevice(this.#device);
    } catch {
      this.#faults.add('storage_failed'); // the next hello says it again
    }
  }

  async #heard(news: News): Promise<void> {
    if (this.#closed) return;
    try {
      if (news.kind === 'online') this.#senderOnline = news.online;
      if (news.kind === 'paired') {
        this.#device = await this.#storage.device();
        this.#connect();
      }
      await this.#outbox.refresh();
      this.#hub?.wake();
    } catch {
      this.#faults.add('storage_failed');
    }
    this.#changed();
  }

  #tellOnline(): void {
    this.#tabs.tell({ kind: 'online', online: this.#hub?.online ?? false });
    this.#changed();
  }

  /** The other tabs' numbers change with what this one sends; they are told when nothing waits any more. */
  #outboxChanged(): void {
    const { waiting } = this.#outbox.stats();
    const { stream } = this.#outbox;
    const known = this.#acked;
    if (known && stream?.acked.some((id) => !known.has(id))) this.#ackedMs = this.#clock.nowMs();
    if (stream) this.#acked = new Set(stream.acked);
    if (this.#outbox.wiped && stream?.store !== this.#rescued) void this.#rescue();
    if (this.#isSender && waiting === 0 && this.#waited) this.#tellOnline();
    else this.#changed();
    this.#waited = waiting > 0;
  }

  /** A wiped storage has forgotten what this device is paired as, and what it shows; this page has not. */
  async #rescue(): Promise<void> {
    this.#rescued = this.#outbox.stream?.store;
    try {
      if (this.#device && !(await this.#storage.device())) await this.#storage.setDevice(this.#device);
      const shown = this.#shown;
      if (shown && !(await this.#storage.content(shown.showcase))) await this.#storage.setContent({ showcase: shown.showcase, etag: null, content: shown });
    } catch {
      this.#rescued = undefined; // tried again with the next change
    }
  }

  #changed(): void {
    if (this.#closed) return;
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
  }
}

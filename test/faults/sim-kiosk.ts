/** One kiosk of the simulation: a disk that outlives its pages, one or two pages (tabs) on it, one of which sends, and what it recorded. */
import type { Clock } from '../../kiosk/link/clock.ts';
import { HubLink } from '../../kiosk/link/hub-link.ts';
import type { NewEvent, Outbox } from '../../kiosk/link/outbox.ts';
import type { Limits } from '../../kiosk/link/retention.ts';
import type { Chance } from './chance.ts';
import { ChaosLink, type HubDoor, type Weather } from './chaos-link.ts';
import { type Coverage, hit } from './coverage.ts';
import type { FakeClock } from './fake-clock.ts';
import { type Ledger, type OpKind, unknownKind } from './ledger.ts';
import { type Mistake, outboxWith, wireWith } from './mistakes.ts';
import { type Platter, PowerCutStorage } from './power-cut-storage.ts';
import { SplittingWire } from './wrapped-wire.ts';

export type World = {
  clock: FakeClock;
  chance: Chance;
  hub: HubDoor;
  weather: () => Weather;
  mistake: Mistake | null;
  limits: Partial<Limits>;
  ledger: Ledger;
  coverage: Coverage;
};

type Page = { outbox: Outbox; link: HubLink | null };

export class SimKiosk {
  readonly device: string;
  readonly #world: World;
  readonly #clock: Clock & { step(ms: number): void };
  /** batches of its pages are cut in two on their way, so often */
  readonly #splits: number;
  readonly #disk: number;
  #storage: PowerCutStorage | null = null;
  #pages: Page[] = [];

  constructor(world: World, parts: { device: string; disk: number; wrongByMs: number; splits: number }) {
    this.device = parts.device;
    this.#world = world;
    this.#disk = parts.disk;
    this.#clock = world.clock.device(parts.wrongByMs);
    this.#splits = parts.splits;
    if (parts.wrongByMs !== 0) hit(world.coverage, 'kiosk clock wrong');
  }

  get on(): boolean {
    return this.#storage !== null;
  }

  /** Everything acknowledged, as far as the page that sends knows. */
  get quiet(): boolean {
    return this.#pages.some((p) => p.link?.online && p.outbox.stats().waiting === 0);
  }

  async start(platter: Platter | undefined, tabs: number): Promise<void> {
    const { clock, chance, mistake, limits, coverage } = this.#world;
    const durability = mistake === 'relaxed-commit' ? 'relaxed' : 'strict';
    const storage = new PowerCutStorage({ clock, durability, commitMs: () => chance.between(1, 8), ...(platter && { platter }) });
    this.#storage = storage;
    if (tabs > 1) hit(coverage, 'two tabs');
    let aside = storage.disk.stream?.aside?.length ?? 0;
    const changed = (): void => {
      const now = storage.disk.stream?.aside?.length ?? 0;
      hit(coverage, 'backlog set aside', now - aside);
      aside = now;
    };
    this.#pages = Array.from({ length: tabs }, () => ({ outbox: outboxWith(mistake, { storage, clock: this.#clock, random: chance.bytes, limits, changed }), link: null }));
    try {
      for (const page of this.#pages) await page.outbox.open();
    } catch {
      // the disk refuses: the page is loaded again a little later
      if (this.#storage === storage) clock.after(1_000, () => this.#storage === storage && void this.start(this.stop(false) ?? undefined, tabs));
      return;
    }
    if (this.#storage === storage) this.lead(0);
  }

  /** Another of its pages sends from now on. */
  lead(tab: number): void {
    for (const page of this.#pages) {
      page.link?.close();
      page.link = null;
    }
    const page = this.#pages[tab % Math.max(1, this.#pages.length)];
    if (!page) return;
    const { clock, chance, hub, weather, mistake, coverage } = this.#world;
    const far = new ChaosLink({ clock, chance, hub, weather, coverage });
    const splits = (): boolean => {
      const cut = chance.hits(this.#splits);
      if (cut) hit(coverage, 'batch split in two');
      return cut;
    };
    page.link = new HubLink({
      wire: wireWith(mistake, this.#splits > 0 ? new SplittingWire(far, splits) : far, page.outbox),
      outbox: page.outbox,
      clock: this.#clock,
      random: chance.bytes,
      status: () => ({ screen: 'attract', fps: 60, heapBytes: null, pack: null, faults: [] }),
      changed: () => undefined,
      command: async () => undefined,
      tally: () => undefined,
      placed: () => undefined,
    });
    page.link.start(this.device);
  }

  /** The pages on its disk. */
  get tabs(): number {
    return this.#pages.length;
  }

  /** A visitor does something in one of the pages; now and then it is something that the hub does not know. */
  record(): void {
    const { chance, ledger, coverage } = this.#world;
    const page = this.#pages[chance.below(this.#pages.length)];
    if (!page) return;
    const kind: OpKind = chance.hits(0.03) ? unknownKind : chance.hits(0.5) ? 'session.started' : 'project.opened';
    const op = ledger.ask(kind, this.#disk);
    const session = op.key;
    if (kind === unknownKind) hit(coverage, 'unknown event');
    const about = kind === 'project.opened' ? { project: 'buoy', via: 'globe' } : { lang: 'en' };
    page.outbox.record({ kind, session, ...about } as NewEvent).then(
      () => {
        op.state = 'ok';
        for (const p of this.#pages) p.link?.wake();
      },
      () => undefined, // refused: nobody said that it is stored
    );
  }

  /** The page is gone, without a word. A power cut also loses what the disk had not written. */
  stop(cut: boolean): Platter | null {
    const platter = this.#storage?.die(cut) ?? null;
    for (const page of this.#pages) page.link?.close();
    this.#pages = [];
    this.#storage = null;
    return platter;
  }

  /** Its storage is lost, as when a browser clears it: what waited there is gone, the pages begin anew. */
  wipe(): void {
    this.stop(false);
    this.#world.ledger.wiped(this.#disk);
  }

  /** A copy of its disk, as a technician makes it. */
  image(): Platter | null {
    return this.#storage?.image() ?? null;
  }

  /** Its browser's quota is reached, or no longer. */
  refuseStorage(refuses: boolean): void {
    if (this.#storage) this.#storage.refuses = refuses;
  }

  stepClock(ms: number): void {
    this.#clock.step(ms);
  }
}

/** One kiosk of the simulation: a disk that outlives its pages, one or two pages (tabs) on it, one of which sends, and what it recorded. */
import type { Clock } from '../../kiosk/link/clock.ts';
import { HubLink } from '../../kiosk/link/hub-link.ts';
import type { NewEvent, Outbox } from '../../kiosk/link/outbox.ts';
import type { Limits } from '../../kiosk/link/retention.ts';
import type { Chance } from './chance.ts';
import { ChaosLink, type HubDoor, type Weather } from './chaos-link.ts';
import type { FakeClock } from './fake-clock.ts';
import { type Mistake, outboxWith, wireWith } from './mistakes.ts';
import { type Platter, PowerCutStorage } from './power-cut-storage.ts';

/** What was asked to be recorded: `ok` it is durable on the device, `info` nobody knows. */
export type Op = { key: string; kind: NewEvent['kind']; state: 'info' | 'ok' };
export type World = { clock: FakeClock; chance: Chance; hub: HubDoor; weather: () => Weather; mistake: Mistake | null; limits: Partial<Limits>; ops: Op[] };

type Page = { outbox: Outbox; link: HubLink | null };

export class SimKiosk {
  readonly #world: World;
  readonly #clock: Clock & { step(ms: number): void };
  readonly #device: string;
  #storage: PowerCutStorage | null = null;
  #pages: Page[] = [];

  constructor(world: World, device: string, wrongByMs: number) {
    this.#world = world;
    this.#device = device;
    this.#clock = world.clock.device(wrongByMs);
  }

  get on(): boolean {
    return this.#storage !== null;
  }

  /** Everything acknowledged, as far as the page that sends knows. */
  get quiet(): boolean {
    return this.#pages.some((p) => p.link?.online && p.outbox.stats().waiting === 0);
  }

  async start(platter: Platter | undefined, tabs: number): Promise<void> {
    const { clock, chance, mistake, limits } = this.#world;
    const durability = mistake === 'relaxed-commit' ? 'relaxed' : 'strict';
    const storage = new PowerCutStorage({ clock, durability, commitMs: () => chance.between(1, 8), ...(platter && { platter }) });
    this.#storage = storage;
    this.#pages = Array.from({ length: tabs }, () => ({ outbox: outboxWith(mistake, { storage, clock: this.#clock, random: chance.bytes, limits }), link: null }));
    for (const page of this.#pages) await page.outbox.open();
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
    const { clock, chance, hub, weather, mistake } = this.#world;
    page.link = new HubLink({
      wire: wireWith(mistake, new ChaosLink({ clock, chance, hub, weather }), page.outbox),
      outbox: page.outbox,
      clock: this.#clock,
      random: chance.bytes,
      status: () => ({ screen: 'attract', fps: 60, heapBytes: null, pack: null, faults: [] }),
      changed: () => undefined,
      command: async () => undefined,
      tally: () => undefined,
      placed: () => undefined,
    });
    page.link.start(this.#device);
  }

  /** A visitor does something in one of the pages. */
  record(): void {
    const { chance, ops } = this.#world;
    const page = this.#pages[chance.below(this.#pages.length)];
    if (!page) return;
    const session = `op-${String(ops.length).padStart(8, '0')}`;
    const event: NewEvent = chance.hits(0.5) ? { kind: 'session.started', session, lang: 'en' } : { kind: 'project.opened', session, project: 'buoy', via: 'globe' };
    const op: Op = { key: session, kind: event.kind, state: 'info' };
    ops.push(op);
    page.outbox.record(event).then(
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

  /** A copy of its disk, as a technician makes it. */
  image(): Platter | null {
    return this.#storage?.image() ?? null;
  }

  stepClock(ms: number): void {
    this.#clock.step(ms);
  }
}

/**
 * A small hub in memory for the fault simulation: the real admission, plans and tally; a journal that becomes durable some time after it
 * is appended to; crashes that lose what was not, and restores from an older copy. Answers leave once durable, unless a test plants
 * the mistake that they don't.
 */
import { Admission } from '../../shared/admission.ts';
import { offsetOf } from '../../shared/clock-offset.ts';
import type { Entry } from '../../shared/entry.ts';
import { planBatch, verdictOf } from '../../shared/streams.ts';
import { applyEntry, emptyTally, type Tally } from '../../shared/tally.ts';
import { helloSchema, recordSchema } from '../../shared/wire.ts';
import type { Chance } from './chance.ts';
import type { HubDoor } from './chaos-link.ts';
import type { FakeClock } from './fake-clock.ts';

export type HubMistake = 'ack-before-durable' | 'ack-high-water' | null;
type Session = { device: string; greeted: boolean; offsetMs: number; life: number };

const refused = (code: string, retryAfterMs?: number) => ({ ok: false, error: { code, message: code, ...(retryAfterMs !== undefined && { retryAfterMs }) } });
const never = (): Promise<never> => new Promise(() => undefined);

export class MemoryHub implements HubDoor {
  /** durable entries */
  journal: Entry[] = [];
  tally: Tally = emptyTally();
  busy = 0;
  readonly #clock: FakeClock;
  readonly #chance: Chance;
  readonly #mistake: HubMistake;
  readonly #syncMs: number;
  #admission = new Admission();
  #pending: { entry: Entry | null; settle: () => void }[] = [];
  #syncing = false;
  #life = 1;
  #up = true;
  #gone = new Set<() => void>();

  constructor(parts: { clock: FakeClock; chance: Chance; mistake: HubMistake; syncMs: number }) {
    this.#clock = parts.clock;
    this.#chance = parts.chance;
    this.#mistake = parts.mistake;
    this.#syncMs = parts.syncMs;
  }

  accept(token: string, gone: () => void): object | null {
    if (!this.#up) return null;
    this.#gone.add(gone);
    return { device: token, greeted: false, offsetMs: 0, life: this.#life } satisfies Session;
  }

  async ask(session: object, event: string, payload: unknown): Promise<unknown> {
    const me = session as Session;
    if (!this.#up || me.life !== this.#life) return never();
    if (event === 'hello') return this.#hello(me, payload);
    if (event === 'record') return this.#record(me, payload);
    return { ok: true, nowMs: this.#clock.nowMs() };
  }

  /** Power cut: what was not durable is gone. `forgets`: the newest entries of an older copy that is put back. */
  crash(downMs: number, forgets = 0): void {
    this.#up = false;
    this.#life++;
    this.#pending = [];
    this.#syncing = false;
    if (forgets > 0) this.journal = this.journal.slice(0, Math.max(0, this.journal.length - forgets));
    this.#admission = new Admission();
    this.tally = emptyTally();
    this.journal.forEach((entry, i) => {
      this.#admission.apply(entry);
      applyEntry(this.tally, entry, i + 1);
    });
    const gone = this.#gone;
    this.#gone = new Set();
    for (const tell of gone) tell();
    this.#clock.after(downMs, () => {
      this.#up = true;
    });
  }

  #hello(me: Session, payload: unknown): object {
    const ask = helloSchema.parse(payload);
    const nowMs = this.#clock.nowMs();
    me.greeted = true;
    me.offsetMs = offsetOf(nowMs, ask.nowMs);
    return { ok: true, ...verdictOf(this.#admission, me.device, ask.epoch, ask.last), nowMs, device: me.device, showcase: 'show', zone: 'hall', pack: 'p1' };
  }

  async #record(me: Session, payload: unknown): Promise<object> {
    const ask = recordSchema.parse(payload);
    if (!me.greeted) return refused('hello_first');
    if (this.#chance.hits(this.busy)) return refused('busy', 300);
    const planned = planBatch(this.#admission, { device: me.device, showcase: 'show', zone: 'hall' }, ask, { nowMs: this.#clock.nowMs(), offsetMs: me.offsetMs });
    if ('code' in planned) return refused(planned.code);
    if (planned.entry) this.#admission.apply(planned.entry);
    const life = this.#life;
    const durable = new Promise<void>((settle) => void this.#pending.push({ entry: planned.entry, settle }));
    this.#sync();
    if (this.#mistake !== 'ack-before-durable') await durable;
    if (life !== this.#life) return never();
    const stream = this.#admission.stream(me.device, ask.epoch);
    if (this.#mistake === 'ack-high-water' && stream) return { ok: true, through: stream.hw, lastId: stream.lastId, rejected: planned.answer.rejected };
    return { ok: true, ...planned.answer };
  }

  /** Group commit: what came in before a sync began is durable when it ends. */
  #sync(): void {
    if (this.#syncing) return;
    this.#syncing = true;
    const life = this.#life;
    const group = this.#pending.splice(0);
    this.#clock.after(this.#syncMs * this.#chance.next(), () => {
      if (life !== this.#life) return;
      for (const { entry, settle } of group) {
        if (entry) {
          this.journal.push(entry);
          applyEntry(this.tally, entry, this.journal.length);
        }
        settle();
      }
      this.#syncing = false;
      if (this.#pending.length > 0) this.#sync();
    });
  }
}

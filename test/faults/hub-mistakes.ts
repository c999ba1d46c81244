/** The hub's half of the planted mistakes: subclasses and views of the real classes, never flags in them. */
import { type Plan, type Recorded, Recorder } from '../../server/counting/recorder.ts';
import type { Journal } from '../../server/journal/journal.ts';
import type { HubParts } from '../../server/parts/hub-parts.ts';
import type { Handler } from '../../server/sockets/door.ts';
import { type KioskConnection, kioskAsks } from '../../server/sockets/kiosk-asks.ts';
import type { Admission, Stream } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import type { Mistake } from './mistakes.ts';

type RecorderParts = ConstructorParameters<typeof Recorder>[0];

/** Says that it is durable at once, and writes behind. */
class EarlyJournal implements Journal {
  readonly #journal: Journal;
  #behind: Promise<unknown> = Promise.resolve();
  #position: number;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#position = journal.position;
  }

  get position(): number {
    return this.#position;
  }

  get state(): Journal['state'] {
    return this.#journal.state;
  }

  async append(entries: readonly Entry[]): Promise<number> {
    // the mistake is that nobody waits for it and nobody hears that it failed
    this.#behind = this.#behind.then(() => this.#journal.append(entries)).catch(() => undefined);
    this.#position += entries.length;
    return this.#position;
  }

  read(after: number): AsyncIterable<{ first: number; entries: Entry[] }> {
    return this.#journal.read(after);
  }

  head(): { segment: number; hash: string } {
    return this.#journal.head();
  }

  async close(): Promise<void> {
    await this.#behind;
    await this.#journal.close();
  }
}

type View = { [name in 'holds' | 'stream' | 'ids']?: unknown };
/** The admission fold as a plan sees it, with something of it wrong. */
const seen = (admission: Admission, wrong: View): Admission =>
  new Proxy(admission, {
    get: (real, name) => {
      if (Object.hasOwn(wrong, name)) return wrong[name as keyof View];
      const value: unknown = Reflect.get(real, name);
      return typeof value === 'function' ? value.bind(real) : value;
    },
  });

const VIEWS: { [mistake in Mistake]?: (admission: Admission) => View } = {
  // whatever stands at a recorded seq is taken for what was sent
  'no-fork-check': () => ({ holds: () => true }),
  // an id is new whatever was recorded; refused places have a slash
  'no-id-check': ({ ids }) => ({ ids: { has: (text: string) => text.includes('/') && ids.has(text) } }),
};

/** Shows its plans a wrong view. */
class MistakenRecorder extends Recorder {
  readonly #view: (admission: Admission) => View;

  constructor(parts: RecorderParts, view: (admission: Admission) => View) {
    super(parts);
    this.#view = view;
  }

  override record<T>(plan: Plan<T>): Promise<Recorded<T>> {
    return super.record((admission) => plan(seen(admission, this.#view(admission))));
  }
}

export const journalWith = (mistake: Mistake | null, journal: Journal): Journal => (mistake === 'ack-before-sync' ? new EarlyJournal(journal) : journal);

export const recorderWith = (mistake: Mistake | null, parts: RecorderParts): Recorder => {
  const view = mistake && VIEWS[mistake];
  return view ? new MistakenRecorder(parts, view) : new Recorder(parts);
};

type RecordAsk = { epoch: string; events: { seq: number }[]; after?: string };
type Handlers = { [event: string]: Handler<KioskConnection> };

/** A recorder whose plans see every stream end right before `first`. */
const gapless = (recorder: Recorder, first: number): Pick<Recorder, 'record'> => ({
  record: <T>(plan: Plan<T>) =>
    recorder.record((admission) => {
      const stream = (device: string, epoch: string): Stream | undefined => {
        const real = admission.stream(device, epoch);
        return first > (real?.hw ?? 0) + 1 ? { index: 0, device, epoch, lastId: null, ...real, hw: first - 1 } : real;
      };
      return plan(seen(admission, { stream }));
    }),
});

export const handlersWith = (mistake: Mistake | null, parts: HubParts): Handlers => {
  const real = kioskAsks(parts);
  const record = real['record'] as (me: KioskConnection, ask: RecordAsk) => Promise<object>;
  if (mistake === 'accept-gaps') {
    const accepting = (me: KioskConnection, ask: RecordAsk): Promise<object> => {
      const recorder = gapless(parts.recorder, ask.events[0]?.seq ?? 1) as Recorder;
      return (kioskAsks({ ...parts, recorder })['record'] as typeof record)(me, ask);
    };
    return { ...real, record: accepting as Handler<KioskConnection> };
  }
  if (mistake === 'no-follow-check') {
    const credulous = (me: KioskConnection, { epoch, events }: RecordAsk): Promise<object> => record(me, { epoch, events });
    return { ...real, record: credulous as Handler<KioskConnection> };
  }
  if (mistake === 'ack-high-water') {
    const global = async (me: KioskConnection, ask: RecordAsk): Promise<object> => {
      const answer = await record(me, ask);
      const stream = parts.admission.stream(me.device.id, ask.epoch);
      return 'through' in answer && stream ? { ...answer, through: stream.hw, lastId: stream.lastId } : answer;
    };
    return { ...real, record: global as Handler<KioskConnection> };
  }
  return real;
};

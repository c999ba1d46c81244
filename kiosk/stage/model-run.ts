/**
 * Runs the model of the project on the podium: has it fetched while the sculpture stands there, lets it take the sculpture's place,
 * flies to its parts, opens it and moves it, and says where its parts are in the picture. A model that can't be had is told and
 * asked for again by itself; the sculpture stays until it comes.
 */
import { type Object3D, Vector3, type WebGLRenderer } from 'three';
import type { ModelInfo } from '../../shared/model.ts';
import { Glide } from './glide.ts';
import type { Anchor } from './hotspots.ts';
import type { ModelBody } from './model-body.ts';
import { ModelMending } from './model-mending.ts';
import type { ModelShelf } from './model-shelf.ts';
import { firstView, flightMs, limitsAround, orbitOf, shortWay, viewOf, wholeFocus } from './model-view.ts';
import type { Orbit, OrbitControl, OrbitLimits } from './orbit.ts';
import { type PodiumScene, podiumMiddle } from './podium-scene.ts';
import { Probes } from './probes.ts';
import { crossMs, podiumLimits, reducedFadeMs, veilMs } from './views.ts';

/** moving parts come to rest by themselves after this long */
export const playMaxMs = 20_000;
export const openMs = 1_200;
/** how often the card is asked for what it saw in the last picture, and how many times at most: a slow one takes its time */
const probeMs = 100;
const probesMax = 600;
/** models ahead are fetched once the visitor stays this long */
const aheadAfterMs = 400;

export type ModelStatus = {
  /** `none`: the project has none; `failed`: the sculpture stays, for now */
  state: 'none' | 'loading' | 'shown' | 'failed';
  face: 'model' | 'data';
  /** the part that is looked at */
  part: string | null;
  playing: boolean;
  opened: boolean;
  /** whether its file has what these would start */
  moves: boolean;
  opens: boolean;
};
export const noModel: ModelStatus = { state: 'none', face: 'model', part: null, playing: false, opened: false, moves: false, opens: false };

export type ModelHandlers = {
  onModel(status: ModelStatus): void;
  /** where the parts are, after every picture that shows the model; none when it shows none */
  onParts(parts: readonly Anchor[]): void;
  onFault(code: 'model_failed'): void;
  /** every model that could not be had has come after all */
  onMended(code: 'model_failed'): void;
};

/** What the model run needs of the stage around it. */
export type ModelTable = {
  podium(): PodiumScene;
  orbit: OrbitControl;
  reduced(): boolean;
  /** lays the present picture over what comes next and fades it */
  cover(spanMs: number): void;
  /** prepares its programs */
  warm(model: Object3D): Promise<void>;
  wake(): void;
};

export class ModelRun {
  private readonly shelf: ModelShelf<ModelInfo, ModelBody>;
  private readonly table: ModelTable;
  private readonly handlers: ModelHandlers;
  private readonly mending: ModelMending<ModelInfo>;
  private info: ModelInfo | null = null;
  private body: ModelBody | null = null;
  private status: ModelStatus = noModel;
  private readonly focus = new Glide(podiumMiddle);
  private readonly opening = new Glide([0]);
  private playedMs = 0;
  private probes = new Probes();
  private probeTimer: ReturnType<typeof setTimeout> | undefined;
  private aheadTimer: ReturnType<typeof setTimeout> | undefined;
  /** what is fetched ahead; a list that was replaced is not gone on with */
  private wanted: readonly ModelInfo[] = [];
  private warming = 0;
  private shownOpen = 0;
  private passing: ModelInfo | null = null;
  /** what may stand on its plinth at once, its programs being ready */
  private readonly warmed = new WeakSet<ModelBody>();
  private gone = false;

  constructor(shelf: ModelShelf<ModelInfo, ModelBody>, table: ModelTable, handlers: ModelHandlers) {
    this.shelf = shelf;
    this.table = table;
    this.handlers = handlers;
    this.mending = new ModelMending((info) => void this.fetch(info, true), handlers);
  }

  /** Another project is on the podium; null when it has no model, or nothing is there. */
  present(info: ModelInfo | null, nowMs: number): void {
    this.clear();
    this.passing = null;
    this.info = info;
    this.shelf.pin(info?.url ?? null);
    this.focus.aim(podiumMiddle, nowMs, 0);
    if (!info) {
      this.tell(noModel);
      return;
    }
    const here = this.shelf.peek(info.url);
    this.tell({ ...noModel, state: 'loading' });
    if (here) this.seat(here, info);
    else void this.fetch(info);
  }

  /** `again`: also when it has just failed. A visitor who still stands before it sees it come. */
  private async fetch(info: ModelInfo, again = false): Promise<void> {
    const body = await (again ? this.shelf.again(info) : this.shelf.take(info));
    if (this.gone) return;
    if (!body) {
      this.mending.failed(info);
      if (this.info === info && this.status.state === 'loading') this.tell({ ...noModel, state: 'failed' });
      return;
    }
    this.mending.came(info);
    if (this.info !== info || this.body) return;
    await this.warm(body.root);
    if (this.info !== info || this.gone || this.body) return;
    this.table.cover(this.table.reduced() ? reducedFadeMs : crossMs);
    this.seat(body, info);
    const { orbit } = this.table;
    const now = performance.now();
    const home = orbitOf(firstView(info), false, body.size);
    // a visitor who has begun to turn the sculpture goes on from there
    orbit.enter(
      limitsAround(home),
      now,
      orbit.atHome ? undefined : { ...orbit.current, azimuthDeg: shortWay(home.azimuthDeg, orbit.current.azimuthDeg) },
      orbit.atHome ? 0 : flightMs,
    );
    this.table.wake();
  }

  private async warm(model: Object3D): Promise<void> {
    this.warming++;
    await this.table.warm(model).finally(() => this.warming--);
  }

  /** Something is on its way that will be seen, or kept for later; or the card still owes an answer. */
  get busy(): boolean {
    return this.warming > 0 || this.wanted.length > 0 || this.shelf.loading || this.probeTimer !== undefined;
  }

  private seat(body: ModelBody, info: ModelInfo): void {
    this.body = body;
    body.play(false);
    body.open(0);
    this.opening.aim([0], 0, 0);
    this.table.podium().stand(body);
    this.focus.aim(this.whole, performance.now(), 0);
    this.tell({ ...noModel, state: 'shown', moves: body.moves && info.clips.length > 0, opens: body.opens });
  }

  /** A visitor walks past it: it is fetched, and stands on its plinth once it has come. */
  async pass(info: ModelInfo | null): Promise<void> {
    this.passing = info;
    if (!info) return;
    this.shelf.pin(info.url);
    if (this.passed(info)) {
      this.tell({ ...noModel, state: 'shown' });
      return;
    }
    const body = await this.shelf.take(info);
    if (this.gone) return;
    if (!body) {
      this.mending.failed(info);
      return;
    }
    this.mending.came(info);
    if (this.passing !== info) return;
    await this.warm(body.still);
    if (this.gone || this.passing !== info) return;
    this.table.cover(this.table.reduced() ? reducedFadeMs : crossMs);
    this.warmed.add(body);
    this.tell({ ...noModel, state: 'shown' });
    this.table.wake();
    // who walks past may come closer
    await this.warm(body.root);
  }

  /** The model for its plinth, where it is here and ready. */
  passed(info: ModelInfo): ModelBody | null {
    const body = this.shelf.peek(info.url);
    return body && this.warmed.has(body) ? body : null;
  }

  private clear(): void {
    this.body?.play(false);
    this.body?.open(0);
    this.body = null;
    this.info = null;
    this.table.podium().stand(null);
    this.probes.forget();
    this.stopProbes();
    this.handlers.onParts([]);
  }

  /** The graphics context is lost: the models that are here let go of it, and are drawn in the next one. */
  leaveContext(): void {
    for (const body of this.shelf.models) body.leaveContext();
  }

  /** The podium was built anew: what stood on it stands on it again. */
  restage(): void {
    this.probes = new Probes();
    this.table.podium().stand(this.status.face === 'model' ? this.body : null);
  }

  /** Where the camera is at first, for the project that was just presented, and how far it may be turned from there. */
  get limits(): OrbitLimits {
    if (!this.info || !this.body) return podiumLimits;
    const view = firstView(this.info);
    return limitsAround(orbitOf(view, view.target !== undefined, this.body.size));
  }

  /** What is looked at in the first view. */
  private get whole(): readonly number[] {
    const { info, body } = this;
    if (!info || !body) return podiumMiddle;
    const { target } = firstView(info);
    return target ? body.place(target).toArray() : wholeFocus(body.size);
  }

  /** Fetches these one after another once it has been calm for a moment; later calls replace earlier ones. */
  ahead(infos: readonly ModelInfo[]): void {
    clearTimeout(this.aheadTimer);
    this.wanted = infos;
    if (infos.length === 0) return;
    this.aheadTimer = setTimeout(async () => {
      for (const info of infos) {
        if (this.gone || this.wanted !== infos) return;
        await this.shelf.take(info);
      }
      if (this.wanted === infos) this.wanted = [];
    }, aheadAfterMs);
  }

  /** Flies to a part, or back to the whole. */
  look(part: string | null, nowMs: number): void {
    const { info, body } = this;
    if (!info || !body || this.status.face === 'data') return;
    const spot = part === null ? null : body.partAt(part);
    const own = spot?.clone().divideScalar(body.scale) ?? new Vector3();
    const view = part === null ? firstView(info) : viewOf(info, part, body.size, [own.x, own.y, own.z]);
    const at = view.target ? body.place(view.target) : spot;
    this.fly(orbitOf(view, view.target !== undefined || part !== null, body.size), at ? at.toArray() : wholeFocus(body.size), nowMs);
    this.tell({ ...this.status, part });
  }

  private fly(home: Orbit, focus: readonly number[], nowMs: number): void {
    const { orbit } = this.table;
    const cut = this.table.reduced();
    if (cut) this.table.cover(reducedFadeMs);
    const start = { ...orbit.current, azimuthDeg: shortWay(home.azimuthDeg, orbit.current.azimuthDeg) };
    if (cut) orbit.enter(limitsAround(home), nowMs);
    else orbit.enter(limitsAround(home), nowMs, start, flightMs);
    this.focus.aim(focus, nowMs, cut ? 0 : flightMs);
    this.table.wake();
  }

  /** The model, or the data sculpture in its place. */
  show(face: 'model' | 'data', nowMs: number): void {
    if (!this.body || face === this.status.face) return;
    this.table.cover(this.table.reduced() ? reducedFadeMs : veilMs);
    this.table.podium().stand(face === 'model' ? this.body : null);
    this.focus.aim(face === 'model' ? this.whole : podiumMiddle, nowMs, 0);
    if (face === 'data') {
      this.body.play(false);
      this.stopProbes();
      this.handlers.onParts([]);
    }
    this.table.orbit.enter(face === 'model' ? this.limits : podiumLimits, nowMs);
    this.tell({ ...this.status, face, part: null, playing: false });
    this.table.wake();
  }

  /** Lets moving parts move, for a while. Never where motion is reduced. */
  play(on: boolean): void {
    if (!this.body || !this.status.moves || (on && this.table.reduced())) return;
    this.playedMs = 0;
    this.body.play(on);
    this.tell({ ...this.status, playing: on });
    this.table.wake();
  }

  /** Takes it to pieces, or cuts it open; and back. */
  open(on: boolean, nowMs: number): void {
    if (!this.body || !this.status.opens) return;
    const cut = this.table.reduced();
    if (cut) this.table.cover(reducedFadeMs);
    this.opening.aim([on ? 1 : 0], nowMs, cut ? 0 : openMs);
    if (cut) this.body.open(on ? 1 : 0);
    this.tell({ ...this.status, opened: on });
    this.table.wake();
  }

  /** Motion is reduced from now on. */
  calm(): void {
    if (this.status.playing) this.play(false);
  }

  /** Moves on; true while there is more to come. */
  step(nowMs: number, passedMs: number): boolean {
    const { body } = this;
    if (!body) return false;
    const opens = this.opening.running(nowMs);
    if (opens || this.opening.goal[0] !== this.shownOpen) {
      this.shownOpen = this.opening.at(nowMs)[0] ?? 0;
      body.open(this.shownOpen);
    }
    if (this.status.playing) {
      body.advance(passedMs / 1_000);
      this.playedMs += passedMs;
      if (this.playedMs >= playMaxMs) this.play(false);
    }
    return opens || this.status.playing || this.focus.running(nowMs);
  }

  focusAt(nowMs: number): readonly number[] {
    return this.focus.at(nowMs);
  }

  /** After a picture was drawn: where the parts are in it. Asks the card which of them are seen; its answer comes a moment later. */
  drawn(renderer: WebGLRenderer, widthPx: number, heightPx: number, atRest: boolean): void {
    const { info, body } = this;
    if (!info || !body || this.status.face === 'data') return;
    const { camera } = this.table.podium();
    const at = new Map<string, Vector3>();
    for (const { id } of info.hotspots) {
      const spot = body.partAt(id);
      if (spot) at.set(id, spot.applyMatrix4(body.root.matrixWorld));
    }
    const asked = this.probes.ask(renderer, camera, at);
    const tell = (): void => {
      const parts = [...at].map(([id, spot]): Anchor => {
        const p = spot.clone().project(camera);
        return { id, x: ((p.x + 1) / 2) * widthPx, y: ((1 - p.y) / 2) * heightPx, seen: id === this.status.part || this.probes.seen(id) };
      });
      this.handlers.onParts(parts);
    };
    this.probes.read(renderer);
    tell();
    this.stopProbes();
    if (!atRest) return;
    // the last picture's answers come after it
    const again = (left: number): void => {
      this.probeTimer = setTimeout(() => {
        this.probeTimer = undefined;
        const open = this.probes.read(renderer);
        tell();
        if (open && left > 0) again(left - 1);
        // what came was of an earlier picture: this one is drawn once more and asked for
        else if (!open && !asked) this.table.wake();
      }, probeMs);
    };
    again(probesMax);
  }

  private stopProbes(): void {
    clearTimeout(this.probeTimer);
    this.probeTimer = undefined;
  }

  private tell(status: ModelStatus): void {
    this.status = status;
    this.handlers.onModel(status);
  }

  dispose(): void {
    this.gone = true;
    this.mending.dispose();
    clearTimeout(this.aheadTimer);
    this.clear();
    this.probes.dispose();
    this.shelf.dispose();
  }
}

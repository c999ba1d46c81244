/**
 * Runs the stage: holds what is shown, flies between views, lets lamps, theme and gestures play, and draws a frame only while one of
 * them moves. Attract alone keeps the water breathing, at most ten frames a second, and gives that up on a machine too slow for it.
 */
import { NoToneMapping, PerspectiveCamera, SRGBColorSpace, type WebGLRenderer } from 'three';
import type { ModelInfo } from '../../shared/model.ts';
import { Breath } from './breath.ts';
import { Director } from './director.ts';
import { Dusk } from './dusk.ts';
import { FrameLoop } from './frame-loop.ts';
import { listenGestures } from './gestures.ts';
import type { HillData, HillHead } from './hill-file.ts';
import { LampRun } from './lamps.ts';
import { Meter } from './meter.ts';
import { ModelRun } from './model-run.ts';
import { ModelShelf } from './model-shelf.ts';
import { OrbitControl } from './orbit.ts';
import { aim, type Box } from './pose.ts';
import { Quality } from './quality.ts';
import { Scenes } from './scenes.ts';
import type { Stage, StageOptions, StageView } from './stage.ts';
import { setDay, themeUniforms } from './theme.ts';
import { Veil } from './veil.ts';
import { arriveMs, hillLimits, hillTurnPerPx, homeAfterMs, otherTerraceMs, podiumTiltPerPx, podiumTurnPerPx, reducedFadeMs, sameTerraceMs, veilMs, walkLimits } from './views.ts';

const degrees = Math.PI / 180;
/** the arriving podium turns in from here */
const arriveDeg = -34;
const arriveZoom = 0.94;

type Load = (orientation: HillHead['orientation']) => Promise<HillData>;

export class Engine implements Stage {
  readonly model: Stage['model'];
  private readonly renderer: WebGLRenderer;
  private readonly options: StageOptions;
  private readonly load: Load;
  private readonly camera = new PerspectiveCamera();
  private readonly uniforms = themeUniforms();
  private readonly lamps = new LampRun();
  private readonly meter = new Meter();
  private readonly quality = new Quality();
  private readonly orbit = new OrbitControl(hillLimits);
  private readonly breath = new Breath();
  private readonly loop = new FrameLoop((now, passedMs, spanMs) => this.step(now, passedMs, spanMs));
  private readonly stopGestures: () => void;
  private readonly scenes: Scenes;
  private readonly director: Director;
  private readonly models: ModelRun;
  private readonly dusk: Dusk;
  private veil = new Veil();
  private view: StageView = { kind: 'attract' };
  private reduced: boolean;
  private lit = 0;
  private width = 0;
  private height = 0;
  private pixelRatio = 1;
  private homeTimer: ReturnType<typeof setTimeout> | undefined;
  private lost = false;
  private gone = false;
  private loading: HillHead['orientation'] | null = null;

  constructor(renderer: WebGLRenderer, options: StageOptions, data: HillData, load: Load) {
    this.renderer = renderer;
    this.options = options;
    this.load = load;
    this.reduced = options.motion === 'reduced';
    this.dusk = new Dusk(options.theme);
    setDay(this.uniforms, this.dusk.at(0));
    renderer.resetState();
    renderer.toneMapping = NoToneMapping;
    // the stage's own programs put out what is shown; models are lit and come out through this
    renderer.outputColorSpace = SRGBColorSpace;
    renderer.autoClear = false;
    renderer.info.autoReset = false;
    this.scenes = new Scenes(data, options.projects, this.uniforms);
    this.director = new Director(this.scenes.shotOf(this.view));
    this.models = this.modelRun();
    this.model = {
      look: (part) => this.models.look(part, performance.now()),
      show: (face) => this.models.show(face, performance.now()),
      play: (on) => this.models.play(on),
      open: (on) => this.models.open(on, performance.now()),
    };
    const { canvas } = options;
    canvas.setAttribute('aria-hidden', 'true');
    canvas.style.touchAction = 'none';
    canvas.addEventListener('webglcontextlost', this.onLost);
    canvas.addEventListener('webglcontextrestored', this.onRestored);
    this.stopGestures = listenGestures(canvas, {
      tap: (x, y) => this.tap(x, y),
      drag: (dx, dy) => (this.view.kind === 'project' ? this.nudge(dx * podiumTurnPerPx, -dy * podiumTiltPerPx, 1) : this.nudge(-dx * hillTurnPerPx, 0, 1)),
      pinch: (ratio) => this.nudge(0, 0, ratio),
      touched: () => this.restHome(),
    });
  }

  private modelRun(): ModelRun {
    const read = async (info: ModelInfo) => (await import('./model-file.ts')).loadModel(info, this.uniforms);
    const table = {
      podium: () => this.scenes.podium,
      orbit: this.orbit,
      reduced: () => this.reduced,
      cover: (spanMs: number) => this.cover(performance.now(), this.view, spanMs),
      warm: (body: Parameters<Scenes['podium']['warm']>[1]) => (this.lost ? Promise.resolve() : this.scenes.podium.warm(this.renderer, body)),
      wake: () => this.wake(),
    };
    const silent = () => undefined;
    return new ModelRun(new ModelShelf(read, () => performance.now()), table, this.options.models ?? { onModel: silent, onParts: silent, onFault: silent, onMended: silent });
  }

  get windows(): number {
    return this.scenes.data.sets.hill.counted;
  }

  show(view: StageView): void {
    const before = this.view;
    const now = performance.now();
    const onPodium = view.kind === 'project';
    if (onPodium || before.kind === 'project' || this.reduced) this.cover(now, before, this.reduced ? reducedFadeMs : veilMs);
    this.view = view;
    if (onPodium) {
      this.present(view.project, now);
      const { limits } = this.models;
      const { home } = limits;
      if (this.reduced) this.orbit.enter(limits, now);
      else this.orbit.enter(limits, now, { ...home, azimuthDeg: home.azimuthDeg + arriveDeg, zoom: home.zoom * arriveZoom }, arriveMs);
    } else {
      this.models.present(null, now);
      const to = this.scenes.shotOf(view);
      this.orbit.enter(view.kind === 'walk' ? walkLimits : hillLimits, now);
      const near = before.kind === 'walk' && view.kind === 'walk' && this.scenes.sameTerrace(before.project, view.project);
      if (this.reduced || before.kind === 'project' || this.meter.framesDrawn === 0) this.director.cut(to);
      else this.director.fly(to, now, near ? sameTerraceMs : otherTerraceMs);
    }
    this.fetchAhead(view);
    this.restHome();
    this.wake();
  }

  /** One step ahead: what may be opened here, and what stands beside it. */
  private fetchAhead(view: StageView): void {
    if (view.kind !== 'walk' && view.kind !== 'project') {
      this.models.ahead([]);
      return;
    }
    const near = [this.scenes.project(view.project), ...this.scenes.neighbours(view.project)];
    this.models.ahead(near.flatMap((p) => p?.model ?? []));
  }

  frame(box: Box): void {
    const now = performance.now();
    this.director.frame(box, now, this.reduced || this.meter.framesDrawn === 0 || this.veil.running(now));
    this.wake();
  }

  lights(lit: number): void {
    this.lit = Math.max(0, Math.min(this.windows, Math.round(lit)));
    this.lamps.aim(this.lit, performance.now(), this.reduced);
    this.wake();
  }

  theme(t: 'night' | 'day'): void {
    if (this.dusk.theme === t) return;
    const now = performance.now();
    if (this.reduced) this.cover(now, this.view, reducedFadeMs);
    this.dusk.aim(t, now, this.reduced);
    this.wake();
  }

  motion(m: 'full' | 'reduced'): void {
    this.reduced = m === 'reduced';
    if (this.reduced) {
      this.director.arrive();
      this.models.calm();
      this.breath.hold();
    }
    this.wake();
  }

  turn(direction: -1 | 1): void {
    this.orbit.turn(direction);
    this.restHome();
    this.wake();
  }

  zoom(direction: -1 | 1): void {
    this.orbit.zoom(direction);
    this.restHome();
    this.wake();
  }

  reset(): void {
    this.models.look(null, performance.now());
    this.home();
  }

  /** Back to the curated view of what is looked at. */
  private home(): void {
    if (this.reduced && !this.orbit.atHome) this.cover(performance.now(), this.view, reducedFadeMs);
    this.orbit.home(performance.now(), this.reduced);
    this.wake();
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    if (!(widthPx >= 1 && heightPx >= 1)) return;
    this.width = Math.round(widthPx);
    this.height = Math.round(heightPx);
    this.pixelRatio = Math.max(0.5, Math.min(pixelRatio, this.options.pixelRatioMax));
    this.veil.clear();
    this.sharpen();
    void this.adopt(this.width > this.height ? 'landscape' : 'portrait');
    this.wake();
  }

  private sharpen(): void {
    this.renderer.setPixelRatio(this.pixelRatio * this.quality.share);
    this.renderer.setSize(this.width, this.height, false);
    this.fit();
  }

  figures(): ReturnType<Stage['figures']> {
    const { draws, triangles, framesDrawn, scriptMsMedian } = this.meter;
    const { geometries, textures } = this.renderer.info.memory;
    return { draws, triangles, framesDrawn, scriptMsMedian, geometries, textures, ready: framesDrawn > 0 && !this.lost && !this.gone };
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    this.loop.hold();
    this.breath.hold();
    clearTimeout(this.homeTimer);
    this.stopGestures();
    const { canvas } = this.options;
    canvas.removeEventListener('webglcontextlost', this.onLost);
    canvas.removeEventListener('webglcontextrestored', this.onRestored);
    this.models.dispose();
    this.scenes.dispose();
    this.veil.dispose();
    this.renderer.dispose();
  }

  private readonly onLost = (e: Event): void => {
    e.preventDefault();
    this.lost = true;
    this.loop.hold();
    this.breath.hold();
    this.options.onLost('context_lost');
  };

  private readonly onRestored = (): void => {
    this.lost = false;
    this.loop.release();
    // what was built belongs to a context that is gone, its memory with it: nothing is freed, all is built again
    this.veil = new Veil();
    this.restage(this.scenes.data, false);
    this.options.onRestored();
  };

  /** Takes up the hill of the other orientation when the canvas turned. */
  private async adopt(orientation: HillHead['orientation']): Promise<void> {
    if (orientation === this.scenes.orientation || this.loading === orientation) return;
    this.loading = orientation;
    try {
      const data = await this.load(orientation);
      if (this.gone || this.loading !== orientation) return;
      this.restage(data, true);
      this.lights(this.lit);
    } catch {
      this.options.onLost('no_webgl');
    } finally {
      this.loading = null;
    }
  }

  /** Builds both scenes anew for the present view, without a flight. */
  private restage(data: HillData, free: boolean): void {
    this.scenes.rebuild(data, free);
    this.fit();
    if (this.view.kind === 'project') this.place(this.view.project);
    this.models.restage();
    this.director.cut(this.scenes.shotOf(this.view));
    this.wake();
  }

  private present(id: string, now: number): void {
    this.place(id);
    this.models.present(this.scenes.project(id)?.model ?? null, now);
  }

  private place(id: string): void {
    const project = this.scenes.project(id);
    if (project) this.scenes.podium.place(project.sculpture, project.area);
  }

  private fit(): void {
    const ratio = this.renderer.getPixelRatio();
    this.scenes.fit(this.width * ratio, this.height * ratio);
  }

  /** Lays the present picture over what comes next. */
  private cover(now: number, view: StageView, spanMs: number): void {
    if (this.meter.framesDrawn === 0 || this.lost || this.width === 0) return;
    this.draw(now, view);
    const ratio = this.renderer.getPixelRatio();
    this.veil.take(this.renderer, Math.floor(this.width * ratio), Math.floor(this.height * ratio), now, spanMs);
  }

  private nudge(azimuthDeg: number, polarDeg: number, zoomBy: number): void {
    this.orbit.move(azimuthDeg, polarDeg, zoomBy);
    this.wake();
  }

  /** Some time after the last touch the curated view comes back by itself. */
  private restHome(): void {
    clearTimeout(this.homeTimer);
    this.homeTimer = setTimeout(() => {
      if (!this.orbit.atHome) this.home();
    }, homeAfterMs);
  }

  private tap(x: number, y: number): void {
    const { kind } = this.view;
    if (kind === 'project' || kind === 'attract') return;
    const found = this.scenes.pick(this.camera, this.width, this.height, x, y, kind !== 'walk');
    if (found && 'project' in found) this.options.onPick(found.project);
    else if (found) this.options.onPickArea(found.area);
  }

  private wake(): void {
    this.breath.hold();
    this.ask();
  }

  private ask(): void {
    if (!this.lost && !this.gone && this.width > 0) this.loop.ask();
  }

  private step(now: number, passedMs: number, spanMs: number | null): void {
    if (this.lost || this.gone) return;
    if (spanMs !== null && !this.breath.resting && this.quality.heard(spanMs)) {
      this.veil.clear();
      this.sharpen();
    }
    let moving = this.lamps.running(now);
    if (this.orbit.step(now, passedMs, this.reduced)) moving = true;
    if (this.models.step(now, passedMs)) moving = true;
    if (this.director.moving(now) || this.veil.running(now) || this.dusk.running(now)) moving = true;
    setDay(this.uniforms, this.dusk.at(now));
    const started = performance.now();
    this.draw(now, this.view, moving && !this.quality.mirrorMoves);
    this.veil.draw(this.renderer, now);
    const { calls, triangles } = this.renderer.info.render;
    this.meter.record(performance.now() - started, calls, triangles);
    if (this.view.kind === 'project') this.models.drawn(this.renderer, this.width, this.height, !moving);
    if (moving) this.wake();
    else if (!this.reduced && this.view.kind === 'attract') this.breath.next(now, () => this.ask());
  }

  private draw(now: number, view: StageView, mirrorRests = false): void {
    const box = this.director.boxAt(now);
    const { hill, podium } = this.scenes;
    const { current } = this.orbit;
    this.lamps.write(hill.lamps.value, now);
    if (view.kind === 'project') {
      podium.setTime(this.breath.seconds);
      podium.turnTo(current, this.models.focusAt(now), box, this.width, this.height);
      const picture = `project|${JSON.stringify(box)}|${this.uniforms.uDay.value}|${current.polarDeg}|${Math.min(1.8, current.zoom)}`;
      this.scenes.draw(this.renderer, null, picture, mirrorRests);
      return;
    }
    const { pose: own, mood, grow } = this.director.composedAt(now);
    const pose = { ...own, yaw: own.yaw + current.azimuthDeg * degrees };
    hill.setMood(mood, grow);
    hill.setTime(this.breath.seconds);
    aim(this.camera, pose, box, this.width, this.height, current.zoom);
    const lit = this.lamps.running(now) ? now : this.lit;
    const picture = `${JSON.stringify([pose, box, mood.stand, mood.focus, mood.terraceDim, current.zoom, this.uniforms.uDay.value])}|${lit}`;
    this.scenes.draw(this.renderer, this.camera, picture, mirrorRests);
  }
}

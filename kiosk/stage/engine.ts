/**
 * Runs the stage: holds what is shown, flies between views, lets lamps, theme and gestures play, and has a frame drawn only while one of
 * them moves. Attract alone keeps the water breathing, at most ten frames a second, and gives that up on a machine too slow for it.
 */
import { NoToneMapping, type Object3D, SRGBColorSpace, type WebGLRenderer } from 'three';
import type { ModelInfo } from '../../shared/model.ts';
import { Breath } from './breath.ts';
import { Director } from './director.ts';
import { Dusk } from './dusk.ts';
import { FrameLoop } from './frame-loop.ts';
import { Hands } from './hands.ts';
import type { HillData, HillHead } from './hill-file.ts';
import { LampRun } from './lamps.ts';
import { Meter } from './meter.ts';
import { fetchModel } from './model-fetch.ts';
import { ModelRun } from './model-run.ts';
import { ModelShelf } from './model-shelf.ts';
import { OrbitControl } from './orbit.ts';
import { Picture } from './picture.ts';
import type { PodiumScene } from './podium-scene.ts';
import type { Box } from './pose.ts';
import { Scenes } from './scenes.ts';
import { Sheet } from './sheet.ts';
import type { Stage, StageOptions, StageView } from './stage.ts';
import { themeUniforms } from './theme.ts';
import { Veil } from './veil.ts';
import { arriveMs, hillLimits, otherTerraceMs, reducedFadeMs, sameTerraceMs, sceneFlightMs, veilMs, walkLimits } from './views.ts';

/** the arriving podium turns in from here */
const arriveDeg = -34;
const arriveZoom = 0.94;
/** the lamps of today's visits begin to go on while the camera still draws back */
const lampsAfterMs = 900;

type Load = (orientation: HillHead['orientation']) => Promise<HillData>;

export class Engine implements Stage {
  readonly model: Stage['model'];
  private readonly renderer: WebGLRenderer;
  private readonly options: StageOptions;
  private readonly load: Load;
  private readonly uniforms = themeUniforms();
  private readonly lamps = new LampRun();
  private readonly meter = new Meter();
  private readonly orbit = new OrbitControl(hillLimits);
  private readonly breath = new Breath();
  private readonly loop = new FrameLoop((now, passedMs, spanMs) => this.step(now, passedMs, spanMs));
  private readonly hands: Hands;
  private readonly scenes: Scenes;
  private readonly sheet: Sheet;
  private readonly picture: Picture;
  private readonly director: Director;
  private readonly models: ModelRun;
  private readonly dusk: Dusk;
  private veil = new Veil();
  private view: StageView = { kind: 'attract' };
  private reduced: boolean;
  private lit = 0;
  private lost = false;
  private gone = false;
  /** the canvas has a picture */
  private drawn = false;
  /** whose programs are linked ahead */
  private warmed: PodiumScene | null = null;
  private loading: HillHead['orientation'] | null = null;
  private close: 'away' | 'coming' | 'here' = 'away';

  constructor(renderer: WebGLRenderer, options: StageOptions, data: HillData, load: Load) {
    this.renderer = renderer;
    this.options = options;
    this.load = load;
    this.reduced = options.motion === 'reduced';
    this.dusk = new Dusk(options.theme);
    renderer.resetState();
    renderer.toneMapping = NoToneMapping;
    // the stage's own programs put out what is shown; models are lit and come out through this
    renderer.outputColorSpace = SRGBColorSpace;
    renderer.autoClear = false;
    renderer.info.autoReset = false;
    this.scenes = new Scenes(data, options.projects, this.uniforms);
    this.sheet = new Sheet(renderer, options.pixelRatioMax);
    this.director = new Director(this.scenes.shotOf(this.view));
    const { director, orbit, lamps, dusk } = this;
    this.picture = new Picture(renderer, this.scenes, this.sheet, this.uniforms, { director, orbit, lamps, dusk });
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
    this.hands = new Hands(canvas, {
      orbit,
      onPodium: () => this.view.kind === 'project',
      reduced: () => this.reduced,
      tap: (x, y) => this.tap(x, y),
      cover: (spanMs) => this.cover(performance.now(), this.view, spanMs),
      wake: () => this.wake(),
    });
  }

  private modelRun(): ModelRun {
    const read = (info: ModelInfo) => fetchModel(info, this.uniforms);
    const table = {
      podium: () => this.scenes.podium,
      orbit: this.orbit,
      reduced: () => this.reduced,
      cover: (spanMs: number) => this.cover(performance.now(), this.view, spanMs),
      warm: (model: Object3D) => (this.lost ? Promise.resolve() : this.scenes.podium.warm(this.renderer, model)),
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
      else this.orbit.enter(limits, now, { ...home, azimuthDeg: home.azimuthDeg + arriveDeg, zoom: home.zoom * arriveZoom }, view.slow ? sceneFlightMs : arriveMs);
    } else {
      this.models.present(null, now);
      void this.models.pass(view.kind === 'walk' ? (this.scenes.project(view.project)?.model ?? null) : null);
      const to = this.scenes.shotOf(view);
      this.orbit.enter(view.kind === 'walk' ? walkLimits : hillLimits, now);
      const near = before.kind === 'walk' && view.kind === 'walk' && this.scenes.sameTerrace(before.project, view.project);
      if (this.reduced || before.kind === 'project' || this.meter.framesDrawn === 0) this.director.cut(to);
      else this.director.fly(to, now, near ? sameTerraceMs : view.kind === 'attract' && before.kind === 'attract' ? sceneFlightMs : otherTerraceMs);
      if (view.kind === 'attract' && view.scene?.kind === 'lights' && !this.reduced) {
        this.lamps.aim(0, now, true);
        this.lamps.aim(this.lit, now + lampsAfterMs, false);
      }
    }
    this.fetchAhead(view);
    if (view.kind !== 'attract') void this.approach();
    this.hands.rest();
    this.wake();
  }

  /** Fetches what a walk needs; where it can't be had the walk goes without, and the next view asks again. */
  private async approach(): Promise<void> {
    if (this.close !== 'away') return;
    this.close = 'coming';
    try {
      this.scenes.approach(await import('./close.ts'));
      this.close = 'here';
      this.wake();
    } catch {
      this.close = 'away';
    }
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
    this.hands.turn(direction);
  }

  zoom(direction: -1 | 1): void {
    this.hands.zoom(direction);
  }

  reset(): void {
    this.models.look(null, performance.now());
    this.hands.home();
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    if (this.gone || !this.sheet.resize(widthPx, heightPx, pixelRatio)) return;
    this.veil.clear();
    this.fit();
    // another size has emptied the canvas: it is never shown like that
    if (this.drawn) this.redraw();
    void this.adopt(this.sheet.width > this.sheet.height ? 'landscape' : 'portrait');
    this.wake();
  }

  figures(): ReturnType<Stage['figures']> {
    const { draws, triangles, framesDrawn, scriptMsMedian } = this.meter;
    const { geometries, textures } = this.renderer.info.memory;
    return {
      draws,
      triangles,
      framesDrawn,
      scriptMsMedian,
      geometries,
      textures,
      ready: framesDrawn > 0 && !this.lost && !this.gone,
      atRest: !this.loop.asking && !this.models.busy && this.close !== 'coming',
    };
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    this.loop.hold();
    this.breath.hold();
    this.hands.dispose();
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
    this.models.leaveContext();
    this.options.onLost('context_lost');
  };

  private readonly onRestored = (): void => {
    this.lost = false;
    this.loop.release();
    // what was built belongs to a context that is gone, its memory with it: nothing is freed, all is built again
    this.veil = new Veil();
    this.restage(this.scenes.data, false);
    this.redraw();
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
    this.scenes.fit(this.sheet.drawnWidth, this.sheet.drawnHeight);
  }

  /** Lays the present picture over what comes next. */
  private cover(now: number, view: StageView, spanMs: number): void {
    if (this.meter.framesDrawn === 0 || this.lost || this.sheet.width === 0) return;
    this.draw(now, view);
    this.veil.take(this.renderer, Math.floor(this.sheet.drawnWidth), Math.floor(this.sheet.drawnHeight), spanMs);
  }

  private tap(x: number, y: number): void {
    const { kind } = this.view;
    if (kind === 'project' || kind === 'attract') return;
    const found = this.scenes.pick(this.picture.camera, this.sheet.width, this.sheet.height, x, y, kind !== 'walk');
    if (found && 'project' in found) this.options.onPick(found.project);
    else if (found) this.options.onPickArea(found.area);
  }

  redraw(): void {
    if (this.lost || this.gone || this.sheet.width === 0) return;
    const now = performance.now();
    this.draw(now, this.view);
    this.veil.draw(this.renderer, now);
  }

  private wake(): void {
    this.breath.hold();
    this.ask();
  }

  /** Has linked what the first project needs, so that opening it doesn't stop at that. */
  private warm(): void {
    const { podium } = this.scenes;
    if (this.warmed === podium) return;
    this.warmed = podium;
    void podium.warmSculptures(this.renderer);
    void this.veil.warm(this.renderer);
  }

  private ask(): void {
    if (!this.lost && !this.gone && this.sheet.width > 0) this.loop.ask();
  }

  private step(now: number, passedMs: number, spanMs: number | null): void {
    if (this.lost || this.gone) return;
    if (spanMs !== null && !this.breath.resting && this.sheet.heard(spanMs)) {
      this.veil.clear();
      this.fit();
    }
    let moving = this.lamps.running(now);
    if (this.orbit.step(now, passedMs, this.reduced)) moving = true;
    if (this.models.step(now, passedMs)) moving = true;
    if (this.director.moving(now) || this.veil.running(now) || this.dusk.running(now)) moving = true;
    const started = performance.now();
    this.draw(now, this.view, moving && !this.sheet.mirrorMoves);
    this.veil.draw(this.renderer, now);
    const { calls, triangles } = this.renderer.info.render;
    this.meter.record(performance.now() - started, calls, triangles);
    if (this.view.kind === 'project') this.models.drawn(this.renderer, this.sheet.width, this.sheet.height, !moving);
    this.warm();
    if (moving) this.wake();
    else if (!this.reduced && this.view.kind === 'attract') this.breath.next(now, () => this.ask());
  }

  private draw(nowMs: number, view: StageView, mirrorRests = false): void {
    this.drawn = true;
    this.picture.draw(view, { nowMs, waterSeconds: this.breath.seconds, lit: this.lit, focus: this.models.focusAt(nowMs), models: this.models }, mirrorRests);
  }
}

/**
 * Runs the stage: holds what is shown, flies between views, lets lamps, theme and gestures play, and draws a frame only while one of
 * them moves. Attract alone keeps the water breathing, at most ten frames a second, and gives that up on a machine too slow for it.
 */
import { LinearSRGBColorSpace, NoToneMapping, PerspectiveCamera, type WebGLRenderer } from 'three';
import { Breath } from './breath.ts';
import { Director } from './director.ts';
import { listenGestures } from './gestures.ts';
import type { HillData, HillHead } from './hill-file.ts';
import { HillScene } from './hill-scene.ts';
import { LampRun } from './lamps.ts';
import { Meter } from './meter.ts';
import { OrbitControl } from './orbit.ts';
import { areaAt, standAt } from './picking.ts';
import { PodiumScene } from './podium-scene.ts';
import { aim, type Box } from './pose.ts';
import { attractShot, hillShot, type Shot, terraceShot, walkShot } from './rails.ts';
import type { Stage, StageOptions, StageView } from './stage.ts';
import { type Stand, standsFor } from './stands.ts';
import { setDay, themeUniforms } from './theme.ts';
import { Veil } from './veil.ts';
import {
  arriveMs,
  duskMs,
  hillLimits,
  hillTurnPerPx,
  homeAfterMs,
  otherTerraceMs,
  podiumLimits,
  podiumTiltPerPx,
  podiumTurnPerPx,
  reducedFadeMs,
  sameTerraceMs,
  veilMs,
  walkLimits,
} from './views.ts';

const degrees = Math.PI / 180;

type Load = (orientation: HillHead['orientation']) => Promise<HillData>;

export class Engine implements Stage {
  private readonly renderer: WebGLRenderer;
  private readonly options: StageOptions;
  private readonly load: Load;
  private readonly camera = new PerspectiveCamera();
  private readonly uniforms = themeUniforms();
  private readonly lamps = new LampRun();
  private readonly meter = new Meter();
  private veil = new Veil();
  private readonly orbit = new OrbitControl(hillLimits);
  private readonly stopGestures: () => void;
  private data: HillData;
  private stands: Stand[] = [];
  private hill: HillScene;
  private podium: PodiumScene;
  private view: StageView = { kind: 'attract' };
  private readonly director: Director;
  private day: { from: number; to: number; startMs: number; spanMs: number };
  private reduced: boolean;
  private lit = 0;
  private width = 0;
  private height = 0;
  private frameAsked = 0;
  private homeTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly breath = new Breath();
  private lastMs = 0;
  private seen = '';
  private lost = false;
  private gone = false;
  private loading: HillHead['orientation'] | null = null;

  constructor(renderer: WebGLRenderer, options: StageOptions, data: HillData, load: Load) {
    this.renderer = renderer;
    this.options = options;
    this.load = load;
    this.data = data;
    this.reduced = options.motion === 'reduced';
    const day = options.theme === 'day' ? 1 : 0;
    this.day = { from: day, to: day, startMs: 0, spanMs: 0 };
    setDay(this.uniforms, day);
    renderer.resetState();
    renderer.toneMapping = NoToneMapping;
    renderer.outputColorSpace = LinearSRGBColorSpace;
    renderer.autoClear = false;
    renderer.info.autoReset = false;
    [this.hill, this.podium] = this.build();
    this.director = new Director(attractShot(data.head));
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

  private build(): [HillScene, PodiumScene] {
    const { projects } = this.options;
    this.stands = standsFor(this.data.head, projects);
    const sculptures = new Map(projects.map((p) => [p.id, p.sculpture]));
    return [new HillScene(this.data, this.uniforms, this.stands, sculptures), new PodiumScene(this.data, this.uniforms)];
  }

  get windows(): number {
    return this.data.sets.hill.counted;
  }

  show(view: StageView): void {
    const before = this.view;
    this.view = view;
    const now = performance.now();
    const onPodium = view.kind === 'project';
    if (onPodium || before.kind === 'project' || this.reduced) this.cover(now, before);
    if (onPodium) {
      this.present(view.project);
      const { home } = podiumLimits;
      if (this.reduced) this.orbit.enter(podiumLimits, now);
      else this.orbit.enter(podiumLimits, now, { ...home, azimuthDeg: home.azimuthDeg - 34, zoom: 0.94 }, arriveMs);
    } else {
      const to = this.shotOf(view);
      this.orbit.enter(view.kind === 'walk' ? walkLimits : hillLimits, now);
      const near = before.kind === 'walk' && view.kind === 'walk' && this.codeOf(before.project) === this.codeOf(view.project);
      if (this.reduced || before.kind === 'project' || this.meter.framesDrawn === 0) this.director.cut(to);
      else this.director.fly(to, now, near ? sameTerraceMs : otherTerraceMs);
    }
    this.restHome();
    this.wake();
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
    const now = performance.now();
    const to = t === 'day' ? 1 : 0;
    if (this.day.to === to) return;
    if (this.reduced) this.cover(now, this.view);
    this.day = { from: this.uniforms.uDay.value, to, startMs: now, spanMs: this.reduced ? 0 : duskMs };
    this.wake();
  }

  motion(m: 'full' | 'reduced'): void {
    this.reduced = m === 'reduced';
    if (this.reduced) {
      this.director.arrive();
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
    if (this.reduced && !this.orbit.atHome) this.cover(performance.now(), this.view);
    this.orbit.home(performance.now(), this.reduced);
    this.wake();
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    if (!(widthPx >= 1 && heightPx >= 1)) return;
    this.width = Math.round(widthPx);
    this.height = Math.round(heightPx);
    this.renderer.setPixelRatio(Math.max(0.5, Math.min(pixelRatio, this.options.pixelRatioMax)));
    this.renderer.setSize(this.width, this.height, false);
    this.veil.clear();
    this.fit();
    void this.adopt(this.width > this.height ? 'landscape' : 'portrait');
    this.wake();
  }

  figures(): ReturnType<Stage['figures']> {
    const { draws, triangles, framesDrawn, scriptMsMedian } = this.meter;
    return { draws, triangles, framesDrawn, scriptMsMedian, ready: framesDrawn > 0 && !this.lost && !this.gone };
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    cancelAnimationFrame(this.frameAsked);
    this.breath.hold();
    clearTimeout(this.homeTimer);
    this.stopGestures();
    const { canvas } = this.options;
    canvas.removeEventListener('webglcontextlost', this.onLost);
    canvas.removeEventListener('webglcontextrestored', this.onRestored);
    this.hill.dispose();
    this.podium.dispose();
    this.veil.dispose();
    this.renderer.dispose();
  }

  private readonly onLost = (e: Event): void => {
    e.preventDefault();
    this.lost = true;
    cancelAnimationFrame(this.frameAsked);
    this.frameAsked = 0;
    this.breath.hold();
    this.options.onLost('context_lost');
  };

  private readonly onRestored = (): void => {
    this.lost = false;
    // what was built belongs to a context that is gone, its memory with it: nothing is freed, all is built again
    this.veil = new Veil();
    this.restage();
    this.options.onRestored();
  };

  /** Takes up the hill of the other orientation when the canvas turned. */
  private async adopt(orientation: HillHead['orientation']): Promise<void> {
    if (orientation === this.data.head.orientation || this.loading === orientation) return;
    this.loading = orientation;
    try {
      const data = await this.load(orientation);
      if (this.gone || this.loading !== orientation) return;
      this.hill.dispose();
      this.podium.dispose();
      this.data = data;
      this.restage();
      this.lights(this.lit);
    } catch {
      this.options.onLost('no_webgl');
    } finally {
      this.loading = null;
    }
  }

  /** Builds both scenes anew for the present view, without a flight. */
  private restage(): void {
    [this.hill, this.podium] = this.build();
    this.fit();
    if (this.view.kind === 'project') this.present(this.view.project);
    this.director.cut(this.shotOf(this.view));
    this.wake();
  }

  private present(id: string): void {
    const project = this.options.projects.find((p) => p.id === id);
    if (project) this.podium.place(project.sculpture, project.area);
  }

  private fit(): void {
    const ratio = this.renderer.getPixelRatio();
    for (const scene of [this.hill, this.podium]) scene.resize(this.width * ratio, this.height * ratio);
    this.seen = '';
  }

  private codeOf(project: string): number {
    return this.stands.find((s) => s.project === project)?.code ?? -1;
  }

  private shotOf(view: StageView): Shot {
    const { head } = this.data;
    if (view.kind === 'attract') return attractShot(head);
    if (view.kind === 'terrace') return terraceShot(head, view.area, this.stands);
    if (view.kind === 'walk') {
      const index = this.stands.findIndex((s) => s.project === view.project);
      const stand = this.stands[index];
      if (stand) return walkShot(this.stands, stand, index);
    }
    return hillShot(head);
  }

  /** Lays the present picture over what comes next. */
  private cover(now: number, view: StageView): void {
    if (this.meter.framesDrawn === 0 || this.lost || this.width === 0) return;
    this.draw(now, view);
    const ratio = this.renderer.getPixelRatio();
    this.veil.take(this.renderer, Math.floor(this.width * ratio), Math.floor(this.height * ratio), now, this.reduced ? reducedFadeMs : veilMs);
  }

  private nudge(azimuthDeg: number, polarDeg: number, zoomBy: number): void {
    this.orbit.move(azimuthDeg, polarDeg, zoomBy);
    this.wake();
  }

  /** Some time after the last touch the curated view comes back by itself. */
  private restHome(): void {
    clearTimeout(this.homeTimer);
    this.homeTimer = setTimeout(() => {
      if (!this.orbit.atHome) this.reset();
    }, homeAfterMs);
  }

  private tap(x: number, y: number): void {
    if (this.view.kind === 'project' || this.view.kind === 'attract') return;
    const stand = standAt(this.stands, this.camera, this.width, this.height, x, y);
    if (stand) {
      this.options.onPick(stand.project);
      return;
    }
    const area = this.view.kind === 'walk' ? null : areaAt(this.data.head, this.camera, this.width, this.height, x, y);
    if (area) this.options.onPickArea(area);
  }

  private wake(): void {
    this.breath.hold();
    this.ask();
  }

  private ask(): void {
    if (this.frameAsked || this.lost || this.gone || this.width === 0) return;
    this.frameAsked = requestAnimationFrame(this.step);
  }

  private readonly step = (): void => {
    this.frameAsked = 0;
    if (this.lost || this.gone) return;
    const now = performance.now();
    const passedMs = Math.min(100, now - this.lastMs);
    this.lastMs = now;
    let moving = this.lamps.running(now);
    if (this.orbit.step(now, passedMs, this.reduced)) moving = true;
    if (this.director.moving(now) || this.veil.running(now)) moving = true;
    const dusk = this.day.spanMs > 0 ? Math.min(1, (now - this.day.startMs) / this.day.spanMs) : 1;
    if (dusk < 1) moving = true;
    setDay(this.uniforms, this.day.from + (this.day.to - this.day.from) * dusk);
    const started = performance.now();
    this.draw(now, this.view);
    this.veil.draw(this.renderer, now);
    const { calls, triangles } = this.renderer.info.render;
    this.meter.record(performance.now() - started, calls, triangles);
    if (moving) this.wake();
    else if (!this.reduced && this.view.kind === 'attract') this.breath.next(now, () => this.ask());
  };

  private draw(now: number, view: StageView): void {
    const box = this.director.boxAt(now);
    this.lamps.write(this.hill.lamps.value, now);
    if (view.kind === 'project') {
      this.podium.setTime(this.breath.seconds);
      this.podium.turnTo(this.orbit.current, box, this.width, this.height);
      this.renewMirror(`project|${JSON.stringify(box)}|${this.uniforms.uDay.value}|${this.orbit.current.polarDeg}|${this.orbit.current.zoom}`, this.podium);
      this.podium.draw(this.renderer);
      return;
    }
    const { pose: own, mood, grow } = this.director.composedAt(now);
    const pose = { ...own, yaw: own.yaw + this.orbit.current.azimuthDeg * degrees };
    this.hill.setMood(mood, grow);
    this.hill.setTime(this.breath.seconds);
    aim(this.camera, pose, box, this.width, this.height, this.orbit.current.zoom);
    this.renewMirror(
      `${JSON.stringify([pose, box, mood.stand, mood.focus, mood.terraceDim, this.orbit.current.zoom, this.uniforms.uDay.value])}|${this.lamps.running(now) ? now : this.lit}`,
      this.hill,
    );
    this.hill.draw(this.renderer, this.camera);
  }

  private renewMirror(picture: string, scene: HillScene | PodiumScene): void {
    if (picture === this.seen) return;
    this.seen = picture;
    scene.mirror.dirty = true;
  }
}

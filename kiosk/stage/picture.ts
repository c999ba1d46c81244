/**
 * Puts one frame on the canvas: writes camera, lamps, time of day and water, and draws the hill or the podium. The mirror in the water is
 * drawn anew only where a number that it depends on has changed. Runs sixty times a second: it makes no strings and no lists.
 */
import { PerspectiveCamera, type WebGLRenderer } from 'three';
import { Changes } from './changes.ts';
import type { Director } from './director.ts';
import type { Dusk } from './dusk.ts';
import type { HillData } from './hill-file.ts';
import type { LampRun } from './lamps.ts';
import type { ModelRun } from './model-run.ts';
import { firstView } from './model-view.ts';
import type { OrbitControl } from './orbit.ts';
import { aim, type Box, type Pose } from './pose.ts';
import type { Scenes } from './scenes.ts';
import type { Sheet } from './sheet.ts';
import type { StageView } from './stage.ts';
import { setDay, type ThemeUniforms } from './theme.ts';

const degrees = Math.PI / 180;

/** What moves: each knows where it is at a moment. */
export type Moving = { director: Director; orbit: OrbitControl; lamps: LampRun; dusk: Dusk };
/** What else a frame shows. */
export type Moment = {
  nowMs: number;
  waterSeconds: number /** lamps lit in the end */;
  lit: number /** what the podium's camera looks at */;
  focus: readonly number[] /** whose models stand on plinths */;
  models: Pick<ModelRun, 'passed'>;
};

export class Picture {
  readonly camera = new PerspectiveCamera();
  private readonly renderer: WebGLRenderer;
  private readonly scenes: Scenes;
  private readonly sheet: Sheet;
  private readonly uniforms: ThemeUniforms;
  private readonly moving: Moving;
  private readonly pose: Pose = { x: 0, y: 0, z: 0, yaw: 0, pitch: 0, fov: 0, width: 0, height: 0 };
  private readonly hillSeen = new Changes(21);
  private readonly podiumSeen = new Changes(7);
  private day = Number.NaN;
  private standing: { data: HillData; stand: number; at: ReturnType<Scenes['standing']> } | null = null;

  constructor(renderer: WebGLRenderer, scenes: Scenes, sheet: Sheet, uniforms: ThemeUniforms, moving: Moving) {
    this.renderer = renderer;
    this.scenes = scenes;
    this.sheet = sheet;
    this.uniforms = uniforms;
    this.moving = moving;
  }

  /** Draws the view as it is at this moment. `mirrorRests`: the mirror stays as it is for now, whatever changed. */
  draw(view: StageView, moment: Moment, mirrorRests: boolean): void {
    const day = this.moving.dusk.at(moment.nowMs);
    if (day !== this.day) setDay(this.uniforms, day);
    this.day = day;
    const box = this.moving.director.boxAt(moment.nowMs);
    if (view.kind === 'project') this.drawPodium(box, moment, mirrorRests);
    else this.drawHill(box, moment, mirrorRests);
  }

  private drawPodium(box: Box, { waterSeconds, focus }: Moment, mirrorRests: boolean): void {
    const { podium } = this.scenes;
    const { current } = this.moving.orbit;
    podium.setTime(waterSeconds);
    podium.turnTo(current, focus, box, this.sheet.width, this.sheet.height);
    this.put(this.podiumSeen, box).put(current.polarDeg).put(Math.min(1.8, current.zoom));
    podium.mirror.changed(this.podiumSeen.end(), mirrorRests);
    podium.draw(this.renderer);
  }

  /** The focus of a walk stands there as its model once that is here. */
  private seatModel(stand: number, grow: number, lookYaw: number, models: Moment['models']): void {
    const { data } = this.scenes;
    if (this.standing?.stand !== stand || this.standing.data !== data) this.standing = { data, stand, at: stand < 0 ? null : this.scenes.standing(stand) };
    const { at } = this.standing;
    const info = at?.project.model;
    const az = info ? firstView(info).az : 0;
    this.scenes.hill.seatModel(info ? models.passed(info) : null, stand, (at?.yaw ?? 0) - az * degrees, grow, lookYaw);
  }

  private drawHill(box: Box, { nowMs, waterSeconds, lit, models }: Moment, mirrorRests: boolean): void {
    const { hill } = this.scenes;
    const { director, orbit, lamps } = this.moving;
    const { current } = orbit;
    const { pose: own, mood, grow } = director.composedAt(nowMs);
    const pose = Object.assign(this.pose, own);
    pose.yaw += current.azimuthDeg * degrees;
    lamps.write(hill.lamps.value, nowMs);
    hill.setMood(mood, grow);
    this.seatModel(mood.stand, grow, pose.yaw, models);
    hill.setTime(waterSeconds);
    aim(this.camera, pose, box, this.sheet.width, this.sheet.height, current.zoom);
    const seen = this.put(this.hillSeen, box);
    seen.put(pose.x).put(pose.y).put(pose.z).put(pose.yaw).put(pose.pitch).put(pose.fov).put(pose.width).put(pose.height).put(current.zoom);
    seen.put(mood.stand).put(mood.focus).put(mood.terrace).put(mood.terraceDim).put(mood.sink).put(grow);
    seen.put(lamps.running(nowMs) ? nowMs : lit);
    hill.mirror.changed(seen.end(), mirrorRests);
    hill.draw(this.renderer, this.camera);
  }

  private put(seen: Changes, box: Box): Changes {
    return seen.put(box.top).put(box.right).put(box.bottom).put(box.left).put(this.day);
  }
}

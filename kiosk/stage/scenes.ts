/** What the stage shows, built from one baked file: the hill with its stands, the podium, and the shots of the views between them. */
import type { PerspectiveCamera } from 'three';
import type { Area } from '../../shared/areas.ts';
import type { HillData, HillHead } from './hill-file.ts';
import { type Close, HillScene } from './hill-scene.ts';
import { areaAt, standAt } from './picking.ts';
import { PodiumScene } from './podium-scene.ts';
import { attractShot, hillShot, pierShot, type Shot, sceneShot, terraceShot, walkShot } from './rails.ts';
import type { StageProject, StageView } from './stage.ts';
import { type Stand, standsFor } from './stands.ts';
import type { ThemeUniforms } from './theme.ts';

export class Scenes {
  data: HillData;
  hill: HillScene;
  podium: PodiumScene;
  private close: Close | null = null;
  private stands: readonly Stand[];
  private readonly projects: readonly StageProject[];
  private readonly uniforms: ThemeUniforms;

  constructor(data: HillData, projects: readonly StageProject[], uniforms: ThemeUniforms) {
    this.data = data;
    this.projects = projects;
    this.uniforms = uniforms;
    [this.stands, this.hill, this.podium] = this.build();
  }

  private build(): [readonly Stand[], HillScene, PodiumScene] {
    const stands = standsFor(this.data.head, this.projects);
    const sculptures = new Map(this.projects.map((p) => [p.id, p.sculpture]));
    return [stands, new HillScene(this.data, this.uniforms, stands, sculptures, this.close), new PodiumScene(this.data, this.uniforms)];
  }

  /** Builds everything anew. What was there is freed, unless it belongs to a context that is gone. */
  rebuild(data: HillData, free: boolean): void {
    if (free) this.dispose();
    this.data = data;
    [this.stands, this.hill, this.podium] = this.build();
  }

  /** What a walk needs is here. */
  approach(close: Close): void {
    this.close = close;
    this.hill.close = close;
  }

  project(id: string): StageProject | undefined {
    return this.projects.find((p) => p.id === id);
  }

  /** The projects one step to either side on the same terrace or quay, the next one first. */
  neighbours(id: string): StageProject[] {
    const own = this.project(id);
    if (!own) return [];
    const row = this.projects.filter((p) => p.place === own.place && p.quay === own.quay && (own.place !== 'terrace' || p.area === own.area));
    const at = row.indexOf(own);
    return [row[(at + 1) % row.length], row[(at - 1 + row.length) % row.length]].filter((p): p is StageProject => p !== undefined && p !== own);
  }

  fit(widthPx: number, heightPx: number): void {
    for (const scene of [this.hill, this.podium]) scene.resize(widthPx, heightPx);
  }

  sameTerrace(a: string, b: string): boolean {
    const code = (id: string): number => this.stands.find((s) => s.project === id)?.code ?? -1;
    return code(a) === code(b);
  }

  shotOf(view: StageView): Shot {
    const { head } = this.data;
    if (view.kind === 'attract') {
      if (view.scene?.kind === 'terrace') return sceneShot.terrace(head, view.scene.area, this.stands);
      return view.scene?.kind === 'pier' ? sceneShot.pier(head) : attractShot(head);
    }
    if (view.kind === 'pier') return pierShot(head);
    if (view.kind === 'terrace') return terraceShot(head, view.area, this.stands);
    if (view.kind === 'walk') {
      const index = this.stands.findIndex((s) => s.project === view.project);
      const stand = this.stands[index];
      if (stand) return walkShot(this.stands, stand, index);
    }
    return hillShot(head);
  }

  /** The project of a stand, and from where a walk looks at it. */
  standing(index: number): { project: StageProject; yaw: number } | null {
    const stand = this.stands[index];
    const project = stand && this.project(stand.project);
    return project ? { project, yaw: walkShot(this.stands, stand, index).pose.yaw } : null;
  }

  /** What lies under a point (CSS px): a project, else, where terraces can be picked, an area. */
  pick(camera: PerspectiveCamera, widthPx: number, heightPx: number, x: number, y: number, areas: boolean): { project: string } | { area: Area } | null {
    const stand = standAt(this.stands, camera, widthPx, heightPx, x, y);
    if (stand) return { project: stand.project };
    const area = areas ? areaAt(this.data.head, camera, widthPx, heightPx, x, y) : null;
    return area && { area };
  }

  get orientation(): HillHead['orientation'] {
    return this.data.head.orientation;
  }

  dispose(): void {
    this.hill.dispose();
    this.podium.dispose();
  }
}

/**
 * Asks the graphics card which points of the scene are seen: a few invisible pixels at each, counted by an occlusion query after the
 * scene was drawn. Answers come a frame or more later and are kept until the next. Never waits for the card. Until a point was first
 * answered for, it counts as hidden.
 */
import { BufferGeometry, Float32BufferAttribute, GLSL3, type PerspectiveCamera, Points, RawShaderMaterial, Scene, Vector3, type WebGLRenderer } from 'three';

/** a part lies in or on its surface: the probe stands this share of the way nearer to the camera */
const nearer = 0.012;
const probePx = 6;

type Probe = { query: WebGLQuery | null; asked: boolean; seen: boolean };

const vertexShader = `precision highp float; uniform mat4 viewMatrix,projectionMatrix; uniform vec3 uAt; void main(){ gl_PointSize=${probePx}.; gl_Position=projectionMatrix*viewMatrix*vec4(uAt,1.); }`;
const fragmentShader = 'precision mediump float; out vec4 o; void main(){ o=vec4(0.); }';

export class Probes {
  private readonly probes = new Map<string, Probe>();
  private readonly scene = new Scene();
  private context: WebGL2RenderingContext | null = null;
  private readonly at = { value: new Vector3() };
  private readonly point: Points<BufferGeometry, RawShaderMaterial>;

  constructor() {
    const material = new RawShaderMaterial({ glslVersion: GLSL3, vertexShader, fragmentShader, uniforms: { uAt: this.at }, colorWrite: false, depthWrite: false });
    this.point = new Points(new BufferGeometry().setAttribute('position', new Float32BufferAttribute([0, 0, 0], 3)), material);
    this.point.frustumCulled = false;
    this.scene.add(this.point);
  }

  /**
   * Probes these points, by name, in the picture that was just drawn. A point whose last answer is still due is left for the next time;
   * answers whether none was.
   */
  ask(renderer: WebGLRenderer, camera: PerspectiveCamera, points: ReadonlyMap<string, Vector3>): boolean {
    const gl = renderer.getContext();
    if (!(gl instanceof WebGL2RenderingContext)) return true;
    let all = true;
    for (const [id, at] of points) {
      const probe = this.probes.get(id) ?? { query: gl.createQuery(), asked: false, seen: false };
      this.probes.set(id, probe);
      if (probe.asked) all = false;
      if (probe.asked || !probe.query) continue;
      this.at.value.copy(at).lerp(camera.position, nearer);
      gl.beginQuery(gl.ANY_SAMPLES_PASSED_CONSERVATIVE, probe.query);
      renderer.render(this.scene, camera);
      gl.endQuery(gl.ANY_SAMPLES_PASSED_CONSERVATIVE);
      probe.asked = true;
      this.context = gl;
    }
    return all;
  }

  /** Takes the answers that have come; true while some are due. */
  read(renderer: WebGLRenderer): boolean {
    const gl = renderer.getContext();
    if (!(gl instanceof WebGL2RenderingContext) || gl.isContextLost()) return false;
    let due = false;
    for (const probe of this.probes.values()) {
      if (!probe.asked || !probe.query) continue;
      if (gl.getQueryParameter(probe.query, gl.QUERY_RESULT_AVAILABLE) === true) {
        probe.seen = Boolean(gl.getQueryParameter(probe.query, gl.QUERY_RESULT));
        probe.asked = false;
      } else due = true;
    }
    return due;
  }

  seen(id: string): boolean {
    return this.probes.get(id)?.seen === true;
  }

  /** Other points come next. */
  forget(): void {
    for (const { query } of this.probes.values()) if (query) this.context?.deleteQuery(query);
    this.probes.clear();
  }

  dispose(): void {
    this.forget();
    this.point.geometry.dispose();
    this.point.material.dispose();
  }
}

/**
 * A build without the parts of three that the kiosks never use. Three's own bundle can't be shaken: its renderer names headsets, shadow
 * maps, environment pictures and every built-in material. So the build reads three's sources instead of that bundle, with two changes,
 * both of whole modules and none inside one:
 *
 * - what `leftOut` names is replaced by the little that its importers ask of it, as if it were there and switched off;
 * - the texts of the built-in materials (`ShaderChunk`, `ShaderLib`) and their table of light are empty at first and filled by the chunk
 *   that reads a model's file. The hill has programs of its own and needs none of them; the files' materials are the only ones that do.
 *
 * A module that a newer three no longer has, or that nothing imports, stops the build: the list can't go stale unseen.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const sources = path.resolve(path.dirname(createRequire(import.meta.url).resolve('three')), '../src');

/** By path in three's sources: what stands in for the module, and why it can. */
const leftOut: { readonly [module: string]: string } = {
  // no headset is ever presented to
  'renderers/webxr/WebXRManager.js': `
    import { EventDispatcher } from '../../core/EventDispatcher.js';
    export class WebXRManager extends EventDispatcher {
      enabled = false; isPresenting = false;
      setAnimationLoop() {} dispose() {} hasDepthSensing() { return false; } getEnvironmentBlendMode() { return undefined; }
    }`,
  // shadows are baked; no light casts any
  'renderers/webgl/WebGLShadowMap.js': `
    export function WebGLShadowMap() { this.enabled = false; this.autoUpdate = true; this.needsUpdate = false; this.type = 1; this.render = () => {}; }`,
  'lights/DirectionalLightShadow.js': 'export class DirectionalLightShadow { copy() { return this; } dispose() {} }',
  // the studio's reflections are a few lines of shader, not a picture of surroundings
  'renderers/webgl/WebGLEnvironments.js': 'export function WebGLEnvironments() { return { get: (texture) => texture ?? null, dispose() {} }; }',
  // pictures go straight to the canvas, without tone mapping
  'renderers/webgl/WebGLOutput.js': "export function WebGLOutput() { throw new Error('outputBufferType is not in this build'); }",
  // no material shares its uniforms with another through a buffer; files of models can't ask for it
  'renderers/webgl/WebGLUniformsGroups.js': 'export function WebGLUniformsGroups() { return { bind() {}, update() {}, dispose() {} }; }',
  // nothing is cut by planes
  'renderers/webgl/WebGLClipping.js': `
    export function WebGLClipping() {
      this.uniform = { value: null, needsUpdate: false }; this.numPlanes = 0; this.numIntersection = 0;
      this.init = () => false; this.beginShadows = () => {}; this.endShadows = () => {}; this.setGlobalState = () => {}; this.setState = () => {};
    }`,
  // one camera, seen whole
  'math/FrustumArray.js': 'export class FrustumArray { setFromArrayCamera() { return this; } intersectsObject() { return true; } }',
  // picking is done in numbers, by the page: nothing is ever hit by a ray
  'math/Ray.js': 'export class Ray { copy() { return this; } applyMatrix4() { return this; } recast() { return this; } }',
  'math/Triangle.js': 'export class Triangle {}',
  // every scene draws its own sky; what lies behind it is one colour, black unless asked for
  'renderers/webgl/WebGLBackground.js': `
    import { Color } from '../../math/Color.js';
    export function WebGLBackground(renderer, environments, state, objects, alpha, premultipliedAlpha) {
      const colour = new Color(0x000000); let opacity = alpha === true ? 0 : 1;
      const set = () => state.buffers.color.setClear(colour.r, colour.g, colour.b, opacity, premultipliedAlpha);
      return {
        getClearColor: () => colour, getClearAlpha: () => opacity,
        setClearColor(next, a = 1) { colour.set(next); opacity = a; set(); }, setClearAlpha(a) { opacity = a; set(); },
        render() { set(); if (renderer.autoClear) renderer.clear(); }, addToRenderList() {}, dispose() {},
      };
    }`,
  // a table that only lit materials look into: it comes with the texts of those
  'renderers/shaders/DFGLUTData.js': 'let full; export const fillDFGLUT = (get) => { full = get; }; export const getDFGLUT = () => full();',
};

/** the texts of built-in materials, and what they are filled from */
const filledLater = ['renderers/shaders/ShaderChunk.js', 'renderers/shaders/ShaderLib.js'] as const;
const nameOf = (module: string): string => path.basename(module, '.js');
const filler = 'virtual:built-in-materials';
const table = 'renderers/shaders/DFGLUTData.js';
const tableFilled = `import { getDFGLUT as fullDFGLUT } from ${JSON.stringify(path.join(sources, table))}; import { fillDFGLUT } from ${JSON.stringify(`\0lean:${table}`)}; fillDFGLUT(fullDFGLUT);`;

const standIn = (module: string): string => `\0lean:${module}`;

/** Three's modules do nothing by being loaded (its package says so): what isn't used isn't built in */
const unusedIsLeftOut = (id: string) => ({ id, moduleSideEffects: false });

/** The plugin; only for what is built for the browser. */
export const leanThree = (): Plugin => {
  let used = new Set<string>();
  return {
    name: 'lean-three',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: (e) => e.name === 'client',
    buildStart() {
      used = new Set();
    },
    resolveId(source, importer) {
      if (source === 'three') return unusedIsLeftOut(path.join(sources, 'Three.js'));
      if (source === filler) return `\0${filler}`;
      if (source.startsWith('\0lean:')) return unusedIsLeftOut(source);
      if (!importer || !source.startsWith('.')) return null;
      // a stand-in's own imports start from where the module would be
      const from = importer.startsWith('\0lean:') ? path.join(sources, importer.slice('\0lean:'.length)) : importer;
      if (!from.startsWith(sources)) return null;
      const file = path.resolve(path.dirname(from), source);
      const module = path.relative(sources, file).replaceAll(path.sep, '/');
      const texts = (filledLater as readonly string[]).includes(module) && !from.startsWith(path.join(sources, 'renderers/shaders/'));
      if (module in leftOut || texts) {
        used.add(module);
        return unusedIsLeftOut(standIn(module));
      }
      return unusedIsLeftOut(file);
    },
    load(id) {
      if (id === `\0${filler}`)
        return filledLater
          .map((m) => {
            const name = nameOf(m);
            return `import { ${name} as full${name} } from ${JSON.stringify(path.join(sources, m))}; import { ${name} } from ${JSON.stringify(standIn(m))}; Object.assign(${name}, full${name});`;
          })
          .concat(tableFilled)
          .join('\n');
      if (!id.startsWith('\0lean:')) return null;
      const module = id.slice('\0lean:'.length);
      return leftOut[module] ?? `export const ${nameOf(module)} = {};`;
    },
    transform(code, id) {
      return id.endsWith('/three/examples/jsm/loaders/GLTFLoader.js') ? { code: `import '${filler}';\n${code}`, map: null } : null;
    },
    buildEnd(error) {
      const stale = [...Object.keys(leftOut), ...filledLater].filter((m) => used.size > 0 && !used.has(m));
      if (!error && stale.length > 0) this.error(`lean-three: nothing imports ${stale.join(', ')}`);
    },
  };
};

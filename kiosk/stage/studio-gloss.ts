/** The studio's reflections on the materials of a model's file. Apart from the lights: it comes with the first model. */
import { type IUniform, type Material, MeshStandardMaterial, type Texture, type WebGLProgramParametersWithUniforms } from 'three';

const environment = `
uniform float uDay;
vec3 studioEnv(vec3 d,float ro){
 float y=d.y; vec3 c=mix(vec3(.34,.35,.38),vec3(.80,.83,.88),smoothstep(-.5-ro*.5,.75+ro*.3,y)); c=mix(vec3(.40,.39,.38),c,smoothstep(-.25-ro,.05+ro*.4,y));
 c=mix(c*vec3(.82,.9,1.16),c,uDay);
 float e=.06+ro*.75; vec3 k=normalize(vec3(.25,.75,.6)); c+=vec3(1.25,1.2,1.1)*smoothstep(.86-e,.86+e*.5,dot(d,k))*(1.-ro*.62);
 vec3 m=normalize(vec3(-.75,.35,-.55)); c+=vec3(.7,.85,1.1)*smoothstep(.9-e,.9+e*.5,dot(d,m))*(1.-ro*.6);
 float h=exp(-pow((y-.12)/(.05+ro*.5),2.)); c-=.22*h*(1.-ro); return max(c,0.); }`;

/** where the baked shade is dark, little of the studio is mirrored */
const mirrored = `#include <lights_fragment_maps>
 { vec3 seen=inverseTransformDirection(reflect(-geometryViewDir,geometryNormal),viewMatrix); float open=clamp(dot(vColor.rgb,vec3(.333))*3.+.25,0.,1.);
 vec3 wide=inverseTransformDirection(geometryNormal,viewMatrix); radiance+=studioEnv(normalize(mix(seen,wide,material.roughness*material.roughness)),material.roughness)*.8*open; }`;

export type StudioUniforms = { uDay: { value: number } };

/** three's table of reflections: one of the whole page, on which every graphics context that draws with it leaves a listener */
let table: IUniform<Texture | null> | undefined;
/** Takes the listeners off that table: they hold all that a context had, though it is lost. */
export const freeTable = (): void => table?.value?.dispose();

/** how each corner shines, see model-still.ts: metal, rough, glowing */
const shineVertex = { pars: 'attribute vec4 aShine; varying vec4 vShine;', set: 'vShine=aShine;' };
const shineFragment = { pars: 'varying vec4 vShine;', set: 'metalnessFactor=vShine.x; roughnessFactor=vShine.y;', glow: 'if(vShine.z>.5) outgoingLight=diffuseColor.rgb;' };

/**
 * Gives a material of a file the studio's reflections. Call once a material, before it is first drawn. `shines`: its corners say how they
 * shine, in `aShine`.
 */
export const inStudio = (material: Material, uniforms: StudioUniforms, shines = false): void => {
  if (!(material instanceof MeshStandardMaterial) || !material.vertexColors) return;
  material.onBeforeCompile = (shader: WebGLProgramParametersWithUniforms) => {
    shader.uniforms['uDay'] = uniforms.uDay;
    table = shader.uniforms['dfgLUT'];
    shader.fragmentShader = shader.fragmentShader.replace('#include <common>', `#include <common>\n${environment}`).replace('#include <lights_fragment_maps>', mirrored);
    if (!shines) return;
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\n${shineVertex.pars}`)
      .replace('#include <begin_vertex>', `#include <begin_vertex>\n${shineVertex.set}`);
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${shineFragment.pars}`)
      .replace('#include <metalnessmap_fragment>', `#include <metalnessmap_fragment>\n${shineFragment.set}`)
      .replace('#include <opaque_fragment>', `${shineFragment.glow}\n#include <opaque_fragment>`);
  };
  material.customProgramCacheKey = () => (shines ? 'studio shines' : 'studio');
};

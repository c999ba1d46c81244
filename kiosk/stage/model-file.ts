/**
 * Reads a model's file. Loaded only when there is a first model to show. Nothing is fetched: pictures lie inside it and are read through
 * image elements, which the page's policy allows, not through requests.
 */
import { LoadingManager, TextureLoader } from 'three';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import type { ModelInfo } from '../../shared/model.ts';
import { meshoptDecoder } from './meshopt.ts';
import { ModelBody } from './model-body.ts';
import type { StudioUniforms } from './studio-gloss.ts';

const onlyInside = (url: string): string => {
  if (!url.startsWith('blob:')) throw new Error('model: refers to another file');
  return url;
};

/** Reads a model from its bytes; throws on anything that is no model within the limits. */
export const readModel = async (bytes: ArrayBuffer, info: ModelInfo, studio: StudioUniforms): Promise<ModelBody> => {
  const manager = new LoadingManager().setURLModifier(onlyInside);
  const loader = new GLTFLoader(manager).setMeshoptDecoder(meshoptDecoder as unknown as Parameters<GLTFLoader['setMeshoptDecoder']>[0]);
  loader.register((parser) => {
    parser.textureLoader = new TextureLoader(manager);
    return { name: 'HARBOURLIGHT_images' };
  });
  const { scene, animations } = await loader.parseAsync(bytes, '');
  return new ModelBody(scene, animations, info, studio);
};

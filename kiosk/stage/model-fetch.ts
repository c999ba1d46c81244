/** Fetches a model's file, and at the same time what reads such files: neither waits for the other. Throws when one of them can't be had. */
import { type ModelInfo, modelFileBytesMax } from '../../shared/model.ts';
import type { ModelBody } from './model-body.ts';
import type { StudioUniforms } from './studio-gloss.ts';

const fetchMaxMs = 20_000;

const bytesOf = async (info: ModelInfo): Promise<ArrayBuffer> => {
  const answer = await fetch(info.url, { signal: AbortSignal.timeout(fetchMaxMs) });
  if (!answer.ok) throw new Error(`model ${info.id}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength > modelFileBytesMax) throw new Error(`model ${info.id}: ${bytes.byteLength} bytes`);
  return bytes;
};

/** The model at its address; throws when it can't be had or is none within the limits. */
export const fetchModel = async (info: ModelInfo, studio: StudioUniforms): Promise<ModelBody> => {
  const [{ readModel }, bytes] = await Promise.all([import('./model-file.ts'), bytesOf(info)]);
  return readModel(bytes, info, studio);
};

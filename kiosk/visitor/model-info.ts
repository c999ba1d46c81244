/** A project's model as the hub tells of it; null where there is none that a screen can show. */
import { type ModelInfo, modelClipsMax, modelHotspotsMax } from '../../shared/model.ts';
import type { PlacedProject } from '../../shared/pack.ts';

export const modelOf = (project: PlacedProject): ModelInfo | null => {
  const said: unknown = project.model;
  if (typeof said !== 'object' || said === null || !('url' in said) || !('id' in said)) return null;
  const model = said as ModelInfo;
  return { ...model, hotspots: model.hotspots.slice(0, modelHotspotsMax), clips: model.clips.slice(0, modelClipsMax) };
};

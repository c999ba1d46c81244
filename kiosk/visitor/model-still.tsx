/** A rendered picture of the model where there is no 3D; without one the drawn sculpture stays. */
import { useState } from 'preact/hooks';
import type { ModelInfo } from '../../shared/model.ts';

export const ModelStill = ({ model, alt }: { model: ModelInfo; alt: string }) => {
  const [failed, setFailed] = useState<string | null>(null);
  if (model.still === undefined || failed === model.still) return null;
  return <img class="model-still" src={model.still} alt={alt} draggable={false} onError={() => setFailed(model.still ?? null)} />;
};

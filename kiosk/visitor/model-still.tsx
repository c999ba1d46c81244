/** A rendered picture of the model where there is no 3D; without one the drawn sculpture stays, with what is said of it (`children`). */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ModelInfo } from '../../shared/model.ts';

export const ModelStill = ({ model, alt, children }: { model: ModelInfo; alt: string; children: ComponentChildren }) => {
  const [failed, setFailed] = useState<string | null>(null);
  if (model.still === undefined || failed === model.still) return <>{children}</>;
  return <img class="model-still" src={model.still} alt={alt} draggable={false} onError={() => setFailed(model.still ?? null)} />;
};

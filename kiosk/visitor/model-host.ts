/** What the screens know of the model on the stage, and how they steer it. Every call is safe while there is no stage. */
import { signal } from '@preact/signals';
import type { Anchor } from '../stage/hotspots.ts';
import type { ModelHandlers, ModelStatus } from '../stage/model-run.ts';
import type { Stage } from '../stage/stage.ts';

const nothing: ModelStatus = { state: 'none', face: 'model', part: null, playing: false, opened: false, moves: false, opens: false };

export const makeModelHost = (stage: () => Stage | null, onFault: (code: string) => void, onMended: (code: string) => void) => {
  const status = signal<ModelStatus>(nothing);
  const parts = signal<readonly Anchor[]>([]);
  const handlers: ModelHandlers = {
    onModel: (next) => {
      status.value = next;
    },
    onParts: (next) => {
      parts.value = next;
    },
    onFault,
    onMended,
  };
  return {
    status,
    /** where the model's parts are in the window, CSS px; set anew with every picture drawn */
    parts,
    handlers,
    look: (part: string | null) => stage()?.model.look(part),
    show: (face: 'model' | 'data') => stage()?.model.show(face),
    play: (on: boolean) => stage()?.model.play(on),
    open: (on: boolean) => stage()?.model.open(on),
    /** The stage is gone: nothing is shown in 3D. */
    forget(): void {
      status.value = nothing;
      parts.value = [];
    },
  };
};

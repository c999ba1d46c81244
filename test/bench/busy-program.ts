/** Keeps one processor busy at the priority of an export, and does nothing else: what that costs kiosks on this machine, whatever it is for. */
import { stepBack } from '../../server/exports/step-back.ts';
import { serve } from './program.ts';

stepBack();
serve(null, {
  burn: (ms: number): void => {
    for (const since = performance.now(); performance.now() - since < ms; );
  },
});

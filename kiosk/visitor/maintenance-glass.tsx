/**
 * What staff measure once on a kiosk: how large a millimetre is on its glass (with any card of a purse), how high the glass hangs, and which
 * keys its keypad types. Every step holds at once and is kept in this browser.
 */
import { useEffect, useState } from 'preact/hooks';
import type { MaintenanceWords } from '../words/maintenance.ts';
import { grouped } from '../words/numbers.ts';
import { learnKey, learntMap, padNeeded, usualKeys } from './keypad.ts';
import { cardHeightMm, cardWidthMm, edgeMmMax, edgeMmMin, type Glass, glassPxPerMmMax, glassPxPerMmMin, layoutFor, touchMm, usualEdgeMm } from './layout.ts';

/** one press on a step button */
const fineShare = 1.004;
const coarseShare = 1.05;
const edgeStepMm = 10;
/** the smallest thing that can be pressed, in millimetres of the design */
const smallestDesignMm = 40;

type Words = MaintenanceWords['glass'];

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** Waits for five keys, one after the other. */
const Learning = ({ w, onDone }: { w: Words; onDone(keys: readonly string[]): void }) => {
  const [keys, setKeys] = useState<readonly string[]>([]);
  useEffect(() => {
    const hear = (e: KeyboardEvent): void => {
      e.preventDefault();
      e.stopPropagation();
      setKeys((before) => learnKey(before, e));
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
  useEffect(() => {
    if (keys.length === padNeeded) onDone(keys);
  }, [keys.length]);
  return <p role="status">{w.press(w.keys[keys.length] ?? '')}</p>;
};

export const GlassSettings = ({ w, glass, onGlass }: { w: Words; glass: Glass; onGlass(g: Glass): void }) => {
  const [learning, setLearning] = useState(false);
  const layout = layoutFor(window.innerWidth, window.innerHeight, glass);
  const edgeMm = glass.edgeMm ?? usualEdgeMm;
  const size = (share: number): void => onGlass({ ...glass, pxPerMm: clamp(layout.glassPxPerMm * share, glassPxPerMmMin, glassPxPerMmMax) });
  const edge = (by: number): void => onGlass({ ...glass, edgeMm: clamp(edgeMm + by, edgeMmMin, edgeMmMax) });
  const smallest = Math.round((smallestDesignMm * layout.pxPerMm) / layout.glassPxPerMm);
  return (
    <section class="glass">
      <h3>{w.title}</h3>
      <p class="maintenance-note">{w.card}</p>
      <div class="glass-card" style={{ width: `${cardWidthMm * layout.glassPxPerMm}px`, height: `${cardHeightMm * layout.glassPxPerMm}px` }}>
        <span>{w.cardSize}</span>
      </div>
      <div class="staff-acts">
        <button type="button" class="btn" onClick={() => size(1 / coarseShare)}>
          −−
          <span class="unseen">{w.muchSmaller}</span>
        </button>
        <button type="button" class="btn" onClick={() => size(1 / fineShare)}>
          − {w.smaller}
        </button>
        <button type="button" class="btn" onClick={() => size(fineShare)}>
          + {w.larger}
        </button>
        <button type="button" class="btn" onClick={() => size(coarseShare)}>
          ++
          <span class="unseen">{w.muchLarger}</span>
        </button>
      </div>
      <p role="status">
        {w.measured(layout.glassPxPerMm.toFixed(2))} {smallest < touchMm ? w.tooSmall(String(smallest)) : w.smallest(String(smallest))}
      </p>
      <p class="maintenance-note">{w.edge}</p>
      <div class="staff-acts">
        <button type="button" class="btn" onClick={() => edge(-edgeStepMm)}>
          − {w.lower}
        </button>
        <p role="status">{w.edgeAt(grouped(edgeMm))}</p>
        <button type="button" class="btn" onClick={() => edge(edgeStepMm)}>
          + {w.higher}
        </button>
      </div>
      <p class="maintenance-note">{w.keypad}</p>
      <div class="staff-acts">
        <button type="button" class="btn" disabled={learning} onClick={() => setLearning(true)}>
          {w.learn}
        </button>
        <button type="button" class="btn" onClick={() => onGlass({ ...glass, keys: usualKeys })}>
          {w.usual}
        </button>
        {learning ? (
          <Learning
            w={w}
            onDone={(keys) => {
              setLearning(false);
              onGlass({ ...glass, keys: learntMap(keys) ?? usualKeys });
            }}
          />
        ) : (
          <p lang="en">{[glass.keys.up, glass.keys.down, glass.keys.left, glass.keys.right, glass.keys.select].join(' ')}</p>
        )}
      </div>
    </section>
  );
};

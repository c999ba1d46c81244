/**
 * The numbers on the model: one button a part, where the part is in the picture. They keep clear of each other and of the words that
 * stand on the picture; what is turned away, or finds no room, is in the list beside all the same, and so keys walk that list only.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ModelInfo } from '../../shared/model.ts';
import { type Area, spreadDots } from '../stage/hotspots.ts';
import type { Desk } from './desk.ts';

/** the touch target; what is drawn in it is about half as wide */
const dotMm = 41;
const clearMm = 3;
/** a button this far from its part gets a line to it, mm */
const lineFromMm = 12;
const nowhere: Area = { left: 0, top: 0, right: 0, bottom: 0 };

/** The picture above the turn buttons. */
const pictureOf = (view: Element, footPx: number): Area => {
  const r = view.getBoundingClientRect();
  return { left: r.left, top: r.top, right: r.right, bottom: r.bottom - footPx };
};

/** Its free part: below the words at its top, above those at its foot. */
const freeArea = (view: Element, footPx: number, clearPx: number): Area => {
  const r = view.getBoundingClientRect();
  const area = pictureOf(view, footPx);
  for (const words of view.querySelectorAll('.whereabouts, .legend')) {
    const w = words.getBoundingClientRect();
    if (w.height === 0) continue;
    if (w.top + w.bottom < r.top + r.bottom) area.top = Math.max(area.top, w.bottom + clearPx);
    else area.bottom = Math.min(area.bottom, w.top - clearPx);
  }
  return area;
};

export const ModelDots = ({ desk, model, footMm, onPick }: { desk: Desk; model: ModelInfo; footMm: number; onPick(part: string): void }) => {
  const { lang, pxPerMm } = desk;
  const ref = useRef<HTMLDivElement>(null);
  const [{ area, picture }, setAreas] = useState({ area: nowhere, picture: nowhere });
  const parts = desk.stage.model.parts.value;
  const { part } = desk.stage.model.status.value;
  useLayoutEffect(() => {
    const view = ref.current?.closest('.view');
    if (!view) return;
    const measure = (): void => setAreas({ area: freeArea(view, footMm * pxPerMm, clearMm * pxPerMm), picture: pictureOf(view, footMm * pxPerMm) });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(view);
    return () => observer.disconnect();
  }, [lang, pxPerMm, footMm, desk.portrait, desk.visit.modes]);
  const dots = spreadDots(parts, area, dotMm * pxPerMm, picture);
  return (
    <div ref={ref} class="dots">
      <svg class="dot-lines" aria-hidden="true" focusable="false">
        {dots
          .filter((d) => Math.hypot(d.x - d.anchorX, d.y - d.anchorY) > lineFromMm * pxPerMm)
          .map((d) => (
            <g key={d.id}>
              <line x1={d.x} y1={d.y} x2={d.anchorX} y2={d.anchorY} />
              <circle cx={d.anchorX} cy={d.anchorY} r={2.4 * pxPerMm} />
            </g>
          ))}
      </svg>
      {dots.map((d) => {
        const n = model.hotspots.findIndex((h) => h.id === d.id);
        return (
          <button
            type="button"
            key={d.id}
            class="dot"
            aria-label={`${n + 1} ${model.hotspots[n]?.name[lang] ?? ''}`}
            aria-pressed={part === d.id}
            tabIndex={-1}
            style={{ left: `${d.x}px`, top: `${d.y}px` }}
            onClick={() => onPick(d.id)}
          >
            <b aria-hidden="true">{n + 1}</b>
          </button>
        );
      })}
    </div>
  );
};

/**
 * A short guided tour of a model: one part after another, eight seconds each. A touch anywhere else pauses it; at the end the whole
 * model is shown again. The stage is flown by the tour alone while it runs.
 */
import { useEffect, useRef, useState } from 'preact/hooks';

export const tourStopMs = 8_000;
export const tourStopsMax = 5;

export type Tour = {
  /** the stop, from 0; null while there is no tour */
  at: number | null;
  stops: number;
  paused: boolean;
  start(): void;
  next(): void;
  pause(): void;
  resume(): void;
  stop(): void;
};

/** What is touched on its own controls doesn't pause it. */
const ownControls = '[data-tour]';

/** A tour of these parts; anew for another model (`about`). */
export const useTour = (about: string, parts: readonly string[], look: (part: string | null) => void): Tour => {
  const stops = parts.slice(0, tourStopsMax);
  const [at, setAt] = useState<number | null>(null);
  const [paused, setPaused] = useState(false);
  const looking = useRef(look);
  looking.current = look;

  const to = (stop: number | null): void => {
    setPaused(false);
    setAt(stop);
    looking.current(stop === null ? null : (stops[stop] ?? null));
  };
  const onward = useRef((): void => undefined);
  onward.current = () => to(at !== null && at + 1 < stops.length ? at + 1 : null);

  useEffect(() => {
    setAt(null);
    setPaused(false);
  }, [about]);
  useEffect(() => {
    if (at === null || paused) return;
    const timer = setTimeout(() => onward.current(), tourStopMs);
    return () => clearTimeout(timer);
  }, [at, paused]);
  useEffect(() => {
    if (at === null) return;
    const touched = (e: PointerEvent): void => {
      if (!(e.target instanceof Element && e.target.closest(ownControls))) setPaused(true);
    };
    window.addEventListener('pointerdown', touched, true);
    return () => window.removeEventListener('pointerdown', touched, true);
  }, [at === null]);

  return {
    at,
    stops: stops.length,
    paused,
    start: () => to(0),
    next: () => onward.current(),
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    stop: () => to(null),
  };
};

/**
 * What the whole page hears: touches and keys for the idle clock, swipes along a terrace, the staff's corner; and what it refuses:
 * page zoom, context menus, drags, palms, and a second contact while the first one presses. Every gesture here has a button that does the same.
 */
export type Heard = {
  touched(finger: number): void;
  lifted(finger: number): void;
  pressed(): void;
  swiped(by: 1 | -1): void;
  cornerHeld(): void;
  escaped(): void;
  pxPerMm(): number;
};

/** a contact wider than this is a palm or a sleeve */
const palmMm = 40;
const swipeMm = 30;
const swipeMaxMs = 800;

type Start = { id: number; x: number; y: number; atMs: number; swipes: boolean };

const swipeable = (target: EventTarget | null): boolean =>
  target instanceof Element && (target.closest('[data-swipe]') !== null || (target.tagName === 'CANVAS' && document.querySelector('main[data-swipe]') !== null));

/** Moves the focus to the next or previous thing that can be pressed, round and round: all that a keypad with arrows needs. */
const moveFocus = (by: 1 | -1): void => {
  const scope = document.querySelector('[role="dialog"]') ?? document;
  const all = [...scope.querySelectorAll<HTMLElement>('button:not([disabled])')].filter((e) => e.tabIndex >= 0 && e.offsetParent !== null);
  if (all.length === 0) return;
  const active = document.activeElement;
  const at = active instanceof HTMLElement ? all.indexOf(active) : -1;
  if (at >= 0) {
    all[(at + by + all.length) % all.length]?.focus();
    return;
  }
  const after = all.findIndex((e) => active !== null && (active.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  all[by === 1 ? Math.max(0, after) : ((after < 0 ? all.length : after) - 1 + all.length) % all.length]?.focus();
};

const ARROWS: { [key: string]: 1 | -1 } = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Listens on `window` until the returned function is called. */
export const listen = (heard: Heard, corner: { mm: number; holdMs: number }): (() => void) => {
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  let start: Start | null = null;
  /** contacts that are no finger, or a second one: nothing that they press is pressed */
  const refused = new Set<number>();
  let hold: ReturnType<typeof setTimeout> | undefined;
  const refuse = (e: Event): void => e.preventDefault();
  const isPalm = (e: PointerEvent): boolean => e.pointerType === 'touch' && Math.max(e.width, e.height) > palmMm * heard.pxPerMm();
  const inCorner = (e: PointerEvent): boolean => window.innerWidth - e.clientX < corner.mm * heard.pxPerMm() && window.innerHeight - e.clientY < corner.mm * heard.pxPerMm();

  window.addEventListener(
    'pointerdown',
    (e) => {
      refused.delete(e.pointerId);
      const palm = isPalm(e);
      const second = start !== null && start.id !== e.pointerId && e.pointerType === 'touch' && !(e.target instanceof Element && e.target.tagName === 'CANVAS');
      if (!palm) heard.touched(e.pointerId);
      if (palm || second) {
        refused.add(e.pointerId);
        e.stopPropagation();
        e.preventDefault();
        return;
      }
      if (!start) start = { id: e.pointerId, x: e.clientX, y: e.clientY, atMs: e.timeStamp, swipes: swipeable(e.target) };
      clearTimeout(hold);
      if (inCorner(e)) hold = setTimeout(() => heard.cornerHeld(), corner.holdMs);
    },
    options,
  );
  window.addEventListener(
    'pointermove',
    (e) => {
      if (!inCorner(e)) clearTimeout(hold);
      if (!isPalm(e)) return;
      // a hand that comes down after its fingertip
      refused.add(e.pointerId);
      clearTimeout(hold);
      if (start?.id === e.pointerId) start = null;
    },
    { ...options, passive: true },
  );
  const lift = (e: PointerEvent): void => {
    clearTimeout(hold);
    heard.lifted(e.pointerId);
    if (start?.id !== e.pointerId) return;
    const [dx, dy] = [e.clientX - start.x, e.clientY - start.y];
    const far = swipeMm * heard.pxPerMm();
    if (e.type === 'pointerup' && start.swipes && Math.abs(dx) > far && Math.abs(dx) > 2 * Math.abs(dy) && e.timeStamp - start.atMs < swipeMaxMs) heard.swiped(dx < 0 ? 1 : -1);
    start = null;
  };
  window.addEventListener('pointerup', lift, options);
  window.addEventListener('pointercancel', lift, options);
  window.addEventListener(
    'click',
    (e) => {
      if (!(e instanceof PointerEvent) || !refused.delete(e.pointerId)) return;
      e.stopImmediatePropagation();
      e.preventDefault();
    },
    options,
  );
  window.addEventListener('keydown', () => heard.pressed(), options);
  window.addEventListener(
    'keydown',
    (e) => {
      if (e.defaultPrevented) return;
      if (e.key === 'Escape') heard.escaped();
      const by = ARROWS[e.key];
      if (by === undefined) return;
      e.preventDefault();
      moveFocus(by);
    },
    { signal: stop.signal },
  );
  for (const type of ['contextmenu', 'dragstart', 'gesturestart', 'gesturechange'] as const) window.addEventListener(type, refuse, { ...options, passive: false });
  window.addEventListener('wheel', (e) => e.ctrlKey && e.preventDefault(), { ...options, passive: false });
  window.addEventListener('touchmove', (e) => e.touches.length > 1 && e.preventDefault(), { ...options, passive: false });
  return () => {
    clearTimeout(hold);
    stop.abort();
  };
};

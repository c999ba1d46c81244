/**
 * One finger or the mouse turns, two fingers pinch, a tap picks. The first pointer owns the gesture until it lifts; a movement under
 * 10 px is a tap. Further fingers are ignored.
 */

export const tapMaxPx = 10;
const wheelStep = 1.08;

export type GestureHandlers = { tap(x: number, y: number): void; drag(dxPx: number, dyPx: number): void; pinch(ratio: number): void; touched(): void };
type Finger = { id: number; x: number; y: number };

/** Listens on the canvas; returns how to stop. Positions are CSS px from the canvas's corner. */
export const listenGestures = (canvas: HTMLCanvasElement, handlers: GestureHandlers): (() => void) => {
  let owner: (Finger & { startX: number; startY: number; dragging: boolean }) | null = null;
  let second: Finger | null = null;
  const at = (e: PointerEvent): { x: number; y: number } => {
    const r = canvas.getBoundingClientRect();
    return { x: e.clientX - r.left, y: e.clientY - r.top };
  };
  const apart = (): number => (owner && second ? Math.hypot(owner.x - second.x, owner.y - second.y) : 0);
  const down = (e: PointerEvent): void => {
    if (e.button !== 0) return;
    const p = at(e);
    handlers.touched();
    if (!owner) {
      owner = { id: e.pointerId, ...p, startX: p.x, startY: p.y, dragging: false };
      canvas.setPointerCapture(e.pointerId);
    } else if (!second && e.pointerType === 'touch') {
      second = { id: e.pointerId, ...p };
      owner.dragging = true;
    }
  };
  const move = (e: PointerEvent): void => {
    if (!owner) return;
    const p = at(e);
    if (second && (e.pointerId === owner.id || e.pointerId === second.id)) {
      const before = apart();
      Object.assign(e.pointerId === owner.id ? owner : second, p);
      if (before > 0) handlers.pinch(apart() / before);
      handlers.touched();
      return;
    }
    if (e.pointerId !== owner.id) return;
    if (!owner.dragging && Math.hypot(p.x - owner.startX, p.y - owner.startY) < tapMaxPx) return;
    owner.dragging = true;
    handlers.drag(p.x - owner.x, p.y - owner.y);
    Object.assign(owner, p);
    handlers.touched();
  };
  const up = (e: PointerEvent): void => {
    if (second && e.pointerId === second.id) second = null;
    if (!owner || e.pointerId !== owner.id) return;
    const { dragging, startX, startY } = owner;
    owner = null;
    second = null;
    handlers.touched();
    if (!dragging && e.type === 'pointerup') handlers.tap(startX, startY);
  };
  const wheel = (e: WheelEvent): void => {
    e.preventDefault();
    handlers.pinch(e.deltaY < 0 ? wheelStep : 1 / wheelStep);
    handlers.touched();
  };
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('wheel', wheel, { passive: false });
  return () => {
    canvas.removeEventListener('pointerdown', down);
    canvas.removeEventListener('pointermove', move);
    canvas.removeEventListener('pointerup', up);
    canvas.removeEventListener('pointercancel', up);
    canvas.removeEventListener('wheel', wheel);
  };
};

/** What axe cannot see of the page as it stands: sizes on the glass, reach, words that are cut off or lie on each other, a focus that cannot be seen. */
import { reachMm, touchMm } from '../../kiosk/visitor/layout.ts';

/** no target is smaller than this in CSS px, whatever the glass */
const targetPxMin = 48;
const focusRingPxMin = 2;
/** large text on the glass, so that capitals are 0.7° high from 600 mm (EN 301 549, 5.1.4) */
const largeTextMm = 10;
/** glyph boxes are taller than what is drawn of them */
const overlapPx = 6;
const edgePx = 1.5;

/** `large`: large text is asked for, and the glass is one that visitors stand before, not one on a desk */
export type GlassNow = { pxPerMm: number; edgeMm: number; low: boolean; large: boolean };

const name = (e: Element): string => `${e.tagName.toLowerCase()}.${(e.getAttribute('class') ?? '').split(' ').join('.')} "${(e.textContent ?? '').trim().slice(0, 24)}"`;
const inUse = (e: Element): boolean => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.closest('[inert], .unseen, [aria-hidden="true"]') === null;
/** what can be scrolled to is not cut off; what stands beyond the edge of such a list is not there yet */
const scroller = (e: Element): Element | null => {
  for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll/.test(getComputedStyle(p).overflowY) && p.scrollHeight > p.clientHeight + 1) return p;
  return null;
};
const isAway = (e: Element, r: DOMRect): boolean => {
  const list = scroller(e)?.getBoundingClientRect();
  return list !== undefined && (r.bottom > list.bottom + 1 || r.top < list.top - 1);
};
const isOut = (r: DOMRect): boolean => r.left < -edgePx || r.top < -edgePx || r.right > window.innerWidth + edgePx || r.bottom > window.innerHeight + edgePx;

const targets = (glass: GlassNow): string[] => {
  const found: string[] = [];
  for (const e of document.querySelectorAll<HTMLElement>('button:not(.veil), a[href], [data-stage], .qr')) {
    const r = e.getBoundingClientRect();
    if (r.width === 0 || !inUse(e) || isAway(e, r)) continue;
    const isControl = !e.matches('.qr, [data-stage]');
    const least = Math.min(r.width, r.height);
    if (isControl && least < Math.max(targetPxMin, touchMm * glass.pxPerMm) - 0.5) found.push(`small: ${name(e)} ${least.toFixed(0)} px, ${(least / glass.pxPerMm).toFixed(1)} mm`);
    if (isOut(r)) found.push(`outside the window: ${name(e)}`);
    const topMm = glass.edgeMm + (window.innerHeight - r.top) / glass.pxPerMm;
    if (glass.low && !e.matches('[data-stage]') && topMm > reachMm + 1) found.push(`too high: ${name(e)} ${topMm.toFixed(0)} mm`);
    if (!isControl) continue;
    const hit = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    if (hit && hit !== e && !e.contains(hit)) found.push(`covered: ${name(e)} by ${name(hit)}`);
  }
  return found;
};

/** The boxes of all words, line by line, each with the element that they stand in. */
const wordBoxes = (): { e: Element; r: DOMRect }[] => {
  const boxes: { e: Element; r: DOMRect }[] = [];
  const range = document.createRange();
  for (const root of document.querySelectorAll('.screens, [role="dialog"], .caption')) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      const e = n.parentElement;
      if (!e || !n.textContent?.trim() || !inUse(e) || e.closest('svg')) continue;
      range.selectNodeContents(n);
      for (const r of range.getClientRects()) if (r.width > 1 && !isAway(e, r)) boxes.push({ e, r });
    }
  }
  return boxes;
};

const words = (glass: GlassNow | 'zoomed'): string[] => {
  const found: string[] = [];
  const boxes = wordBoxes();
  for (const { e, r } of boxes) {
    if (glass !== 'zoomed' && glass.large) {
      const mm = Number.parseFloat(getComputedStyle(e).fontSize) / glass.pxPerMm;
      if (mm < largeTextMm) found.push(`small words: ${name(e)} ${mm.toFixed(1)} mm`);
    }
    if (isOut(r)) found.push(`words outside the window: ${name(e)}`);
    for (let p: Element | null = e; p && p !== document.body; p = p.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(p);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const box = p.getBoundingClientRect();
      // a line's box is taller than its glyphs
      const spare = r.height * 0.2;
      if (r.left < box.left - edgePx || r.right > box.right + edgePx || r.top < box.top - spare || r.bottom > box.bottom + spare) found.push(`cut off: ${name(e)} by ${name(p)}`);
    }
  }
  boxes.forEach(({ e, r }, i) => {
    for (const o of boxes.slice(i + 1)) {
      if (o.e === e || o.e.contains(e) || e.contains(o.e)) continue;
      const x = Math.min(r.right, o.r.right) - Math.max(r.left, o.r.left);
      const y = Math.min(r.bottom, o.r.bottom) - Math.max(r.top, o.r.top);
      const inCaption = (e.closest('.caption') === null) !== (o.e.closest('.caption') === null);
      if (!inCaption && x > overlapPx && y > Math.max(overlapPx, 0.3 * Math.min(r.height, o.r.height))) found.push(`on each other: ${name(e)} and ${name(o.e)}`);
    }
  });
  return found;
};

/** Each control is focused in turn: it must be seen that it is, and the page must not lose it. */
const focus = (): string[] => {
  const found: string[] = [];
  const before = document.activeElement;
  if (before === null || before === document.body || before.closest('[inert]')) found.push('the focus is lost');
  for (const e of document.querySelectorAll<HTMLElement>('button:not(.veil):not([disabled])')) {
    if (!inUse(e) || e.tabIndex < 0) continue;
    e.focus({ focusVisible: true } as FocusOptions);
    const { outlineStyle, outlineWidth } = getComputedStyle(e);
    if (document.activeElement !== e || !e.matches(':focus-visible')) found.push(`takes no focus: ${name(e)}`);
    else if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < focusRingPxMin) found.push(`its focus is not seen: ${name(e)}`);
    else if (isOut(e.getBoundingClientRect())) found.push(`the focus is outside the window: ${name(e)}`);
  }
  if (before instanceof HTMLElement) before.focus();
  return found;
};

/** Everything that is wrong with the page as it stands, each fault once. `zoomed`: the glass is drawn twice as large, so its sizes are not asked. */
export const faultsOnGlass = (glass: GlassNow | 'zoomed'): string[] => [...new Set([...(glass === 'zoomed' ? [] : targets(glass)), ...words(glass), ...focus()])];

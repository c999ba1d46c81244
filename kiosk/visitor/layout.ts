/**
 * How large a millimetre of the design is drawn so that it fits the window whole (portrait or landscape, at 43 inches 2.02 px), and what
 * staff have measured of the glass: how many px a real millimetre has, and how high its lower edge hangs.
 */
import { type KeyMap, readKeyMap } from './keypad.ts';

export const designPxPerMm = 2.02;
const designLongPx = 1920;
const designShortPx = 1080;

/** a card as in every purse: ISO/IEC 7810 ID-1 */
export const cardWidthMm = 85.6;
export const cardHeightMm = 54;
/** a seated visitor reaches no higher above the floor */
export const reachMm = 1_220;
/** where nobody has measured: a kiosk whose lower edge hangs high */
export const usualEdgeMm = 800;
/** nothing that can be pressed is smaller on the glass, in both directions */
export const touchMm = 20;
/** on glass smaller than this not even the lowest part is within reach: then the lower third is */
const reachShareMin = 0.34;

export const glassPxPerMmMin = 0.5;
export const glassPxPerMmMax = 20;
export const edgeMmMin = 300;
export const edgeMmMax = 1_150;

/** What staff set on this very kiosk; kept in its browser, never sent. Null: not measured. */
export type Glass = { pxPerMm: number | null; edgeMm: number | null; keys: KeyMap };

const within = (value: unknown, min: number, max: number): number | null => (typeof value === 'number' && value >= min && value <= max ? value : null);

/** What was stored, as far as it can be believed. */
export const readGlass = (raw: string | null): Glass => {
  let value: { [name: string]: unknown } = {};
  try {
    const parsed: unknown = raw === null ? null : JSON.parse(raw);
    if (typeof parsed === 'object' && parsed !== null) value = parsed as { [name: string]: unknown };
  } catch {
    value = {}; // not what was stored: as if nobody had measured
  }
  return { pxPerMm: within(value['pxPerMm'], glassPxPerMmMin, glassPxPerMmMax), edgeMm: within(value['edgeMm'], edgeMmMin, edgeMmMax), keys: readKeyMap(value['keys']) };
};

export type Layout = {
  portrait: boolean;
  /** of the design: every length of the style sheets */
  pxPerMm: number;
  /** of the glass, measured or taken as the design's */
  glassPxPerMm: number;
  /** how much of the window, from its lower edge, a seated visitor reaches */
  reachPx: number;
};

/** The layout for a window of this size in CSS px. */
export const layoutFor = (widthPx: number, heightPx: number, glass: Pick<Glass, 'pxPerMm' | 'edgeMm'> = { pxPerMm: null, edgeMm: null }): Layout => {
  const portrait = heightPx > widthPx;
  const scale = portrait ? Math.min(widthPx / designShortPx, heightPx / designLongPx) : Math.min(widthPx / designLongPx, heightPx / designShortPx);
  const pxPerMm = Math.max(0.1, designPxPerMm * scale);
  const glassPxPerMm = glass.pxPerMm ?? pxPerMm;
  const reach = (reachMm - (glass.edgeMm ?? usualEdgeMm)) * glassPxPerMm;
  return { portrait, pxPerMm, glassPxPerMm, reachPx: Math.round(Math.min(heightPx, Math.max(reach, heightPx * reachShareMin))) };
};

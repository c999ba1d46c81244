/** How large a millimetre is drawn so that the design fits the window whole: portrait or landscape, at 43 inches 2.02 px. */
export const designPxPerMm = 2.02;
const designLongPx = 1920;
const designShortPx = 1080;

export type Layout = { portrait: boolean; pxPerMm: number };

/** The layout for a window of this size in CSS px. */
export const layoutFor = (widthPx: number, heightPx: number): Layout => {
  const portrait = heightPx > widthPx;
  const scale = portrait ? Math.min(widthPx / designShortPx, heightPx / designLongPx) : Math.min(widthPx / designLongPx, heightPx / designShortPx);
  return { portrait, pxPerMm: Math.max(0.1, designPxPerMm * scale) };
};

/**
 * Colours of what is built at run time, and the one shading rule of sculptures: the face toward the viewer is exactly the area's
 * token, the sides 60 %, the top 78 % token and 22 % white. All in sRGB, as it is shown.
 */
import { joint, neutral, pale, type Stuff } from './solid.ts';

export type Rgb = readonly [number, number, number];
export const rgb = (hex: string): Rgb => [1, 3, 5].map((k) => Number.parseInt(hex.slice(k, k + 2), 16) / 255) as unknown as Rgb;
export const mixRgb = (a: Rgb, b: Rgb, t: number): Rgb => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];

const white: Rgb = [1, 1, 1];
const stone = { night: rgb('#8297D8'), day: rgb('#CDD3DC') };
const sideShare = 0.6;
const topShare = 0.78;
const jointShare = 0.52;
/** by day the tokens are dark: their sides keep more, so that they stay colour and do not become black */
const daySideShare = 0.74;

const shadeOf = (front: number, up: number, side: number): { share: number; white: number } => {
  if (up > 0.7) return { share: topShare, white: 1 - topShare };
  const t = Math.max(0, Math.min(1, front / 0.85));
  return { share: side + (1 - side) * t, white: 0 };
};

/** What a face is painted: `front` and `up` are its normal's parts toward the viewer's side and upward. */
export const facePaint = (stuff: Stuff, theme: 'night' | 'day', area: Rgb, front: number, up: number): Rgb => {
  const base =
    stuff === neutral ? stone[theme] : stuff === pale ? mixRgb(area, stone[theme], theme === 'night' ? 0.5 : 0.55) : stuff === joint ? mixRgb([0, 0, 0], area, jointShare) : area;
  const { share, white: lift } = shadeOf(front, up, theme === 'night' ? sideShare : daySideShare);
  const shaded: Rgb = [base[0] * share, base[1] * share, base[2] * share];
  return lift > 0 ? [shaded[0] + white[0] * lift, shaded[1] + white[1] * lift, shaded[2] + white[2] * lift] : shaded;
};

export const plinthPaint = {
  night: { top: rgb('#A9BEF4'), front: rgb('#7690E2'), side: rgb('#4E68BE') },
  day: { top: rgb('#FFFFFF'), front: rgb('#F0E8D9'), side: rgb('#D6CAB6') },
};

/** The scene's night and day colours that are not baked, and the uniforms they go into; between the two any mixture holds. */
import { Vector3 } from 'three';
import { mixRgb, type Rgb, rgb } from './paint.ts';

const COLOURS = {
  sky0: ['#0D2358', '#A9D6F2'],
  sky1: ['#183C96', '#C3E4F5'],
  sky2: ['#4A6CCB', '#DDF0F5'],
  sky3: ['#B796CC', '#F6F3E6'],
  sky4: ['#FFBE94', '#FFEBD0'],
  mist: ['#6F86D8', '#E8F1F2'],
  waterNear: ['#5C82CF', '#A9DDE0'],
  waterFar: ['#173A82', '#6FBACB'],
  paneA: ['#FFE7AC', '#F7BE45'],
  paneB: ['#FFB45E', '#EFA51E'],
  paneOff: ['#33498F', '#B4CEDA'],
  paneEdge: ['#FFD27C', '#B87A12'],
  dim: ['#1B3C8C', '#E6EEF3'],
  accent: ['#FFC857', '#0B5FA5'],
} as const;
type Key = keyof typeof COLOURS;
const keys = Object.keys(COLOURS) as Key[];

const parsed = Object.fromEntries(keys.map((k) => [k, COLOURS[k].map(rgb)])) as unknown as Record<Key, readonly [Rgb, Rgb]>;

export type ThemeUniforms = Record<Key, { value: Vector3 }> & { uDay: { value: number } };
export const themeUniforms = (): ThemeUniforms => ({
  ...(Object.fromEntries(keys.map((k) => [k, { value: new Vector3() }])) as Record<Key, { value: Vector3 }>),
  uDay: { value: 0 },
});

/** Sets all of them for a share of day, 0 to 1. */
export const setDay = (u: ThemeUniforms, day: number): void => {
  u.uDay.value = day;
  for (const k of keys) {
    const [n, d] = parsed[k];
    const c = mixRgb(n, d, day);
    u[k].value.set(c[0], c[1], c[2]);
  }
};

/**
 * Paints of the exhibits. A paint's name decides colour and slot, and a slot is one material of the GLB: `matte`, `metal`, `glass`
 * (vertex alpha: 1 is an opaque lens) and `glow` (unlit). No model ever mentions a material.
 */
import { Color } from 'three';

export type Slot = 'matte' | 'metal' | 'glass' | 'glow';
export type AreaId = 'living' | 'mobility' | 'people' | 'environment' | 'government' | 'economy';

/** One accent an area, the same as the hill's terraces. */
export const ACCENTS: { readonly [area in AreaId]: string } = {
  living: '#F0694A',
  mobility: '#1F97E0',
  environment: '#2DB36F',
  people: '#D766BF',
  government: '#7A63E6',
  economy: '#E5A51A',
};

const PALETTE = {
  shell: ['matte', '#EEEFF0', 1],
  shell2: ['matte', '#C9CED4', 1],
  grey: ['matte', '#8C939C', 1],
  dark: ['matte', '#3A4049', 1],
  black: ['matte', '#22262C', 1],
  rubber: ['matte', '#2A2B2D', 1],
  white: ['matte', '#F4F4F2', 1],
  concrete: ['matte', '#BDBDB9', 1],
  asphalt: ['matte', '#565C64', 1],
  seam: ['matte', '#4A4E55', 1],
  stop: ['matte', '#D63A30', 1],
  yellow: ['matte', '#F2B632', 1],
  leaf: ['matte', '#6FA46A', 1],
  bark: ['matte', '#7D6A58', 1],
  earth: ['matte', '#8C7B66', 1],
  skin: ['matte', '#D9B79A', 1],
  pane: ['matte', '#28323E', 1],
  steel: ['metal', '#C3C8CE', 1],
  gun: ['metal', '#6B727B', 1],
  brass: ['metal', '#D0AA62', 1],
  chrome: ['metal', '#E6E9EC', 1],
  lens: ['glass', '#10161F', 1],
  screen: ['glass', '#0E1826', 1],
  solar: ['glass', '#16264A', 1],
  iris: ['glass', '#3E6FA8', 1],
  clear: ['glass', '#C6E6F7', 0.34],
  tint: ['glass', '#23364A', 0.72],
  water: ['glass', '#6FB7D6', 0.62],
  glow: ['glow', '#FFFFFF', 1],
  warm: ['glow', '#FFE2A6', 1],
  cyan: ['glow', '#7FE3FF', 1],
  green: ['glow', '#69F0A0', 1],
  red: ['glow', '#FF6A55', 1],
  amber: ['glow', '#FFB636', 1],
  blue: ['glow', '#5AA8FF', 1],
} as const satisfies { readonly [name: string]: readonly [Slot, string, number] };

type Named = keyof typeof PALETTE | 'accent' | 'accentDark' | 'accentGlow';
/** A palette name, a matte `#RRGGBB`, or slot and colour and alpha. */
export type Paint = Named | `#${string}` | readonly [Slot, string] | readonly [Slot, string, number];
export type Coat = { slot: Slot; colour: Color; alpha: number };

/** Slot and linear colour of a paint for an exhibit of that area. */
export const coatOf = (paint: Paint, area: AreaId): Coat => {
  const accent = new Color(ACCENTS[area]);
  if (typeof paint !== 'string') return { slot: paint[0], colour: new Color(paint[1]), alpha: paint[2] ?? 1 };
  if (paint === 'accent') return { slot: 'matte', colour: accent, alpha: 1 };
  if (paint === 'accentDark') return { slot: 'matte', colour: accent.multiplyScalar(0.55), alpha: 1 };
  if (paint === 'accentGlow') return { slot: 'glow', colour: accent.lerp(new Color('#ffffff'), 0.35), alpha: 1 };
  if (paint in PALETTE) {
    const [slot, hex, alpha] = PALETTE[paint as keyof typeof PALETTE];
    return { slot, colour: new Color(hex), alpha };
  }
  return { slot: 'matte', colour: new Color(paint), alpha: 1 };
};

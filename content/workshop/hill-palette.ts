/**
 * What things on the hill are made of and which light falls on them, by night and by day. The area tokens are the interface's own;
 * they travel in the file's header, so that light line, plinth and sculpture always agree.
 */
import type { Area } from '../../shared/areas.ts';
import { linear, type Vec3 } from './hill-vec.ts';

export const AREA_TOKENS: Record<Area, { night: string; day: string }> = {
  living: { night: '#FF9E7A', day: '#A83A12' },
  mobility: { night: '#5CC8FF', day: '#005F92' },
  people: { night: '#F7B6E8', day: '#8E2A7C' },
  environment: { night: '#6FE0A0', day: '#17683A' },
  government: { night: '#B9A8FF', day: '#5340A8' },
  economy: { night: '#FFD166', day: '#7A5200' },
};

/** paint: [night albedo, day albedo] */
const PAINTS = {
  deck: ['#6C88CC', '#FBF4E6'],
  deckB: ['#6480C4', '#F5EBD8'],
  deckIn: ['#7888BC', '#EFE3CD'],
  kerb: ['#C2CEF2', '#FFFDF6'],
  led: ['#222222', '#222222'],
  wall: ['#4F68AE', '#E9DCC6'],
  wallB: ['#4761A8', '#E2D3BB'],
  pillar: ['#7F8FC8', '#F0E5D2'],
  seawall: ['#4A64A4', '#D8CBB4'],
  quay: ['#8FA0D6', '#F2E8D5'],
  quayB: ['#7C8FCA', '#EADFC8'],
  stair: ['#B9C2E6', '#FFF9EC'],
  stairB: ['#A3AEDA', '#EFE4D2'],
  warmStrip: ['#C8A070', '#F0C070'],
  shop: ['#7A5A48', '#C98F62'],
  awningA: ['#C8745A', '#D9745A'],
  awningB: ['#4FA39A', '#5FAE9E'],
  roof: ['#7C8CC6', '#D9B8A0'],
  roofB: ['#6F86C8', '#C9A48C'],
  roofT: ['#7186C8', '#E6DDD2'],
  trim: ['#A9B4E2', '#FFFFFF'],
  crown: ['#3FA7A0', '#4FA79B'],
  crownHi: ['#58C4B8', '#6CC1B3'],
  f0: ['#8FB6C8', '#BFE0D2'],
  f1: ['#C794AE', '#F3BFAF'],
  f2: ['#C9B08C', '#F7E2AE'],
  f3: ['#C9BFD0', '#F7EAD8'],
  f4: ['#8FA6DE', '#C3DAEE'],
  f5: ['#B49CD0', '#E7CBDD'],
  t0: ['#8FA4E0', '#E8EEF4'],
  t1: ['#9DB8E6', '#D6E6F0'],
  t2: ['#B3A8E0', '#F3E6DA'],
  t3: ['#86B4D4', '#DCE9E2'],
  far0: ['#5A74BE', '#D6E1EC'],
  far1: ['#6478C6', '#E2E4EA'],
  far2: ['#5080BA', '#CFE2E6'],
  tree: ['#2E7F86', '#5E9E72'],
  tree2: ['#37908A', '#6FAE78'],
  treeHi: ['#52B09A', '#8CC68A'],
  treeHi2: ['#45A39A', '#A2D092'],
  palm: ['#3D9A90', '#79B778'],
  trunk: ['#6A5F8A', '#A98F78'],
  grass: ['#3C7C94', '#A9CB98'],
  ridge0: ['#2F51B0', '#9DBFB4'],
  ridge1: ['#5F78D0', '#B5CFD2'],
  pier: ['#9FA6D6', '#F0DFC2'],
  pierB: ['#8F97CC', '#E7D3B2'],
  lampHead: ['#FFFFFF', '#FFFFFF'],
  glass: ['#D8C8A8', '#DDF0F2'],
  boatG: ['#2FA08C', '#2E8B6F'],
  boatW: ['#E6ECFF', '#FFFFFF'],
  boatF: ['#E8B84A', '#E0A93A'],
  junk: ['#8A5A58', '#9A5B3E'],
  sail: ['#E0583E', '#D2452C'],
  sailB: ['#F07A54', '#E4603F'],
  apron: ['#5F7FCB', '#F6EEDF'],
  apronB: ['#5876C2', '#EFE4D0'],
  podium: ['#93ABE6', '#FFFFFF'],
} as const satisfies Record<string, readonly [night: string, day: string]>;

export type Paint = keyof typeof PAINTS | Area;
export type Albedo = { night: Vec3; day: Vec3 };

const albedos = new Map<Paint, Albedo>();
/** The two albedos of a paint in linear light. */
export const albedoOf = (paint: Paint): Albedo => {
  const known = albedos.get(paint);
  if (known) return known;
  const token = paint in AREA_TOKENS ? AREA_TOKENS[paint as Area] : undefined;
  const pair = token ? ([token.night, token.day] as const) : PAINTS[paint as keyof typeof PAINTS];
  const made = { night: linear(pair[0]), day: linear(pair[1]) };
  albedos.set(paint, made);
  return made;
};

export type Ambience = { keyDir: Vec3; key: Vec3; skyHorizon: Vec3; skyZenith: Vec3; ambient: Vec3; bounce: number };
export const NIGHT: Ambience = {
  keyDir: [-0.55, 0.75, 0.5],
  key: [0.18, 0.29, 0.56],
  skyHorizon: [0.14, 0.25, 0.57],
  skyZenith: [0.095, 0.215, 0.55],
  ambient: [0.08, 0.11, 0.24],
  bounce: 1.15,
};
export const DAY: Ambience = {
  keyDir: [-0.6, 0.8, 0.45],
  key: [0.92, 0.82, 0.66],
  skyHorizon: [0.48, 0.49, 0.5],
  skyZenith: [0.4, 0.48, 0.58],
  ambient: [0.35, 0.35, 0.35],
  bounce: 0.9,
};

export const WARM = linear('#FFB861');

/** The pictograms that a project without figures may stand as, and which one stands for an area. They carry no number. */
import type { Area } from './areas.ts';

export const EMBLEMS = [
  'phone',
  'drop',
  'bus',
  'train',
  'drone',
  'plane',
  'ship',
  'tree',
  'building',
  'chip',
  'heart',
  'recycle',
  'camera',
  'lock',
  'shield',
  'robot',
  'sun',
  'person',
  'book',
  'cap',
  'signal',
  'coin',
  'pin',
  'box',
  'speech',
  'lens',
  'cone',
  'goggles',
] as const;
export type Emblem = (typeof EMBLEMS)[number];

/** what stands for a project whose editor chose none */
export const areaEmblem: Record<Area, Emblem> = { living: 'heart', mobility: 'bus', environment: 'tree', people: 'person', government: 'building', economy: 'coin' };

/** Catalogue: plain signs that anybody reads without words, as outlines or flat solids in XY around the origin, in mm. None is anybody's mark. */
import type { BufferGeometry } from 'three';
import { type Corner, flat, outline } from './outlines.ts';
import type { Sign } from './parts-optics.ts';

/** An arrow that points up, about 94 high. */
export const arrow: readonly Corner[] = [
  [-14, -44],
  [14, -44],
  [14, 0],
  [42, 0],
  [0, 50],
  [-42, 0],
  [-14, 0],
];

/** A tick, about 130 wide. */
export const tick: readonly Corner[] = [
  [-60, 6],
  [-40, 28],
  [-14, 0],
  [46, 62],
  [66, 42],
  [-14, -42],
];

/** Looks like a code, is none: broken on purpose. About 110 wide. */
export const codeLike: readonly Sign[] = [
  ...[
    [-34, 30],
    [34, 30],
    [-34, -38],
  ].flatMap(([x = 0, y = 0]): Sign[] => [
    { ring: [x, y, 23, 15], paint: '#16324F' },
    { disc: [x, y, 8], paint: '#16324F' },
  ]),
  ...[
    [2, 26],
    [8, -8],
    [30, -30],
    [38, -2],
    [-4, -44],
    [20, 0],
    [44, -46],
    [-30, -4],
  ].map(([x = 0, y = 0]): Sign => ({ bar: [x, y, 12, 12], paint: '#16324F' })),
];

/** The sole and heel of a right foot, toes up, about 290 long. */
export const footprint = (): BufferGeometry[] => [
  flat(
    outline(
      [
        [-44, -30, 22],
        [42, -36, 22],
        [54, 84, 34],
        [22, 156, 34],
        [-34, 146, 34],
        [-50, 60, 34],
      ],
      20,
      4,
    ),
  ),
  flat(
    outline(
      [
        [-36, -130, 28],
        [36, -130, 28],
        [38, -56, 12],
        [-38, -54, 12],
      ],
      20,
      4,
    ),
  ),
];

/** A chevron on the ground that points up, 220 wide. */
export const chevron = (): BufferGeometry =>
  flat(
    outline(
      [
        [-110, 0],
        [0, 86],
        [110, 0],
        [110, 54],
        [0, 140],
        [-110, 54],
      ],
      5,
      2,
    ),
  );

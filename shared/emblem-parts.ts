/**
 * The pictograms as flat outlines one behind the other, standing on y = 0, about 1.2 wide and 1.4 high. The stage cuts them out of thick
 * plates, the drawings paint them flat.
 */
import type { Emblem } from './emblems.ts';

type P2 = readonly [x: number, y: number];
/** token: the area's colour; pale: the same, weaker; neutral: stone; joint: shadow */
export type EmblemStuff = 'token' | 'pale' | 'neutral' | 'joint';
/**
 * One plate. Counter-clockwise outline, seen whole from its middle; with `inner` (as many points) a band between the two, open at its
 * ends unless `closed`. `z` from back to front; both the same: painted on what is behind it.
 */
export type EmblemPart = { outline: readonly P2[]; inner?: readonly P2[]; closed?: boolean; stuff: EmblemStuff; z: readonly [back: number, front: number] };

const body = [-0.13, 0.13] as const;
const before = [0.13, 0.18] as const;
const behind = [-0.11, 0.05] as const;
const turn = Math.PI * 2;

const rect = (x0: number, y0: number, x1: number, y1: number): P2[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];
/** a rectangle without its corners */
const round = (x0: number, y0: number, x1: number, y1: number, r: number): P2[] => [
  [x0 + r, y0],
  [x1 - r, y0],
  [x1, y0 + r],
  [x1, y1 - r],
  [x1 - r, y1],
  [x0 + r, y1],
  [x0, y1 - r],
  [x0, y0 + r],
];
const arc = (x: number, y: number, r: number, from: number, to: number, n: number): P2[] =>
  Array.from({ length: n + 1 }, (_, k): P2 => {
    const a = (from + ((to - from) * k) / n) * turn;
    return [x + Math.cos(a) * r, y + Math.sin(a) * r];
  });
const disc = (x: number, y: number, r: number, n = 12): P2[] => arc(x, y, r, 0.5 / n, 1 + 0.5 / n, n).slice(0, n);
const mirrored = (points: readonly P2[]): P2[] => points.map(([x, y]): P2 => [-x, y]).reverse();

const plate = (outline: readonly P2[], stuff: EmblemStuff = 'token', z: EmblemPart['z'] = body): EmblemPart => ({ outline, stuff, z });
const relief = (outline: readonly P2[], stuff: EmblemStuff = 'neutral'): EmblemPart => plate(outline, stuff, before);
/** painted on a plate that ends at `front` */
const flat = (outline: readonly P2[], stuff: EmblemStuff = 'neutral', front = 0.13): EmblemPart => plate(outline, stuff, [front + 0.012, front + 0.012]);
const band = (x: number, y: number, r: readonly [inner: number, outer: number], from: number, to: number, n: number, closed = false): EmblemPart => ({
  outline: arc(x, y, r[1], from, to, n),
  inner: arc(x, y, r[0], from, to, n),
  closed,
  stuff: 'token',
  z: body,
});
const stem = plate(rect(-0.07, 0.05, 0.07, 0.4), 'neutral', [-0.07, 0.05]);

const heart: P2[] = [
  [0, 0.14],
  [0.3, 0.42],
  [0.54, 0.7],
  [0.62, 0.96],
  [0.54, 1.2],
  [0.34, 1.32],
  [0.14, 1.26],
  [0, 1.1],
  [-0.14, 1.26],
  [-0.34, 1.32],
  [-0.54, 1.2],
  [-0.62, 0.96],
  [-0.54, 0.7],
  [-0.3, 0.42],
];
const wing: P2[] = [
  [0.08, 0.66],
  [0.68, 0.5],
  [0.68, 0.62],
  [0.08, 1.04],
];
const tail: P2[] = [
  [0.08, 0.22],
  [0.34, 0.14],
  [0.34, 0.24],
  [0.08, 0.44],
];
const page: P2[] = [
  [0.03, 0.22],
  [0.32, 0.34],
  [0.64, 0.24],
  [0.64, 1.06],
  [0.32, 1.18],
  [0.03, 1.04],
];
const shield: P2[] = [
  [0, 0.1],
  [0.34, 0.36],
  [0.52, 0.74],
  [0.54, 1.24],
  [0, 1.42],
  [-0.54, 1.24],
  [-0.52, 0.74],
  [-0.34, 0.36],
];

/** one of three arrows that follow each other */
const chasing = (k: number): EmblemPart[] => {
  const from = 0.25 - k / 3;
  const tip = from - 0.27;
  const at = (r: number, t: number): P2 => [Math.cos(t * turn) * r, 0.76 + Math.sin(t * turn) * r];
  return [band(0, 0.76, [0.34, 0.54], from - 0.19, from, 4), plate([at(0.24, from - 0.19), at(0.44, tip), at(0.66, from - 0.19)])];
};
const pins = [-0.2, 0.2].flatMap((d): EmblemPart[] => [
  plate(rect(d - 0.05, 0.2, d + 0.05, 0.36), 'neutral', behind),
  plate(rect(d - 0.05, 1.2, d + 0.05, 1.36), 'neutral', behind),
  plate(rect(-0.58, 0.78 + d - 0.05, -0.42, 0.78 + d + 0.05), 'neutral', behind),
  plate(rect(0.42, 0.78 + d - 0.05, 0.58, 0.78 + d + 0.05), 'neutral', behind),
]);
const ray = (k: number): EmblemPart => {
  const a = (k / 8) * turn;
  const at = (r: number, side: number): P2 => [Math.cos(a) * r - Math.sin(a) * side, 0.78 + Math.sin(a) * r + Math.cos(a) * side];
  return plate([at(0.42, -0.08), at(0.66, 0), at(0.42, 0.08)], 'token', behind);
};

const PARTS: Record<Emblem, readonly EmblemPart[]> = {
  phone: [plate(round(-0.37, 0.05, 0.37, 1.42, 0.09)), relief(rect(-0.28, 0.28, 0.28, 1.28)), flat(disc(0, 0.16, 0.06, 6))],
  drop: [plate([...arc(0, 0.56, 0.46, -0.42, 0.09, 9), [0, 1.42]].map(([x, y]): P2 => [x as number, y as number])), flat(disc(0.17, 0.46, 0.1, 8)), stem],
  bus: [
    plate(round(-0.66, 0.28, 0.66, 1.16, 0.1)),
    ...[-0.54, -0.16, 0.22].map((x) => relief(rect(x, 0.68, x + 0.32, 1.02))),
    plate(disc(-0.36, 0.23, 0.18, 10), 'joint', [-0.18, 0.18]),
    plate(disc(0.36, 0.23, 0.18, 10), 'joint', [-0.18, 0.18]),
  ],
  train: [
    plate(round(-0.44, 0.22, 0.44, 1.38, 0.16)),
    relief(rect(-0.32, 0.8, 0.32, 1.16)),
    flat(disc(-0.25, 0.5, 0.09, 8)),
    flat(disc(0.25, 0.5, 0.09, 8)),
    plate(rect(-0.58, 0.05, 0.58, 0.14), 'joint'),
    plate(rect(-0.36, 0.14, 0.36, 0.22), 'neutral', behind),
  ],
  drone: [
    plate(round(-0.26, 0.6, 0.26, 0.98, 0.1), 'token', [-0.2, 0.2]),
    plate(rect(-0.6, 0.84, 0.6, 0.94), 'token', behind),
    ...[-1, 1].flatMap((d) => [plate(rect(d * 0.52 - 0.05, 0.94, d * 0.52 + 0.05, 1.1), 'neutral', behind), plate(rect(d * 0.44 - 0.28, 1.1, d * 0.44 + 0.28, 1.16), 'pale')]),
    flat(disc(0, 0.78, 0.11, 8), 'joint', 0.2),
    stem,
    plate(rect(-0.07, 0.4, 0.07, 0.6), 'neutral', [-0.07, 0.05]),
  ],
  plane: [
    plate([
      [-0.09, 0.24],
      [0, 0.12],
      [0.09, 0.24],
      [0.11, 1.16],
      [0, 1.42],
      [-0.11, 1.16],
    ]),
    plate(wing, 'token', behind),
    plate(mirrored(wing), 'token', behind),
    plate(tail, 'token', behind),
    plate(mirrored(tail), 'token', behind),
    plate(rect(-0.05, 0, 0.05, 0.3), 'neutral', [-0.1, -0.05]),
  ],
  ship: [
    plate(
      [
        [-0.46, 0.06],
        [0.5, 0.06],
        [0.7, 0.5],
        [-0.66, 0.5],
      ],
      'token',
      [-0.2, 0.2],
    ),
    plate(rect(-0.4, 0.5, 0.34, 0.82), 'pale'),
    plate(rect(-0.16, 0.82, 0.1, 1.18)),
    ...[-0.32, -0.1, 0.12].map((x) => flat(rect(x, 0.6, x + 0.13, 0.73))),
    plate(rect(0.4, 0.5, 0.46, 1.1), 'neutral', behind),
  ],
  tree: [
    plate(rect(-0.09, 0, 0.09, 0.6), 'joint', [-0.09, 0.09]),
    plate(disc(0, 1, 0.42, 10)),
    plate(disc(-0.32, 0.74, 0.3, 8), 'token', [-0.16, 0.06]),
    plate(disc(0.32, 0.76, 0.29, 8), 'token', [-0.06, 0.2]),
  ],
  building: [
    plate(rect(-0.42, 0, 0.12, 1.42)),
    plate(rect(0.12, 0, 0.5, 0.86), 'pale', [-0.1, 0.16]),
    ...[0.34, 0.68, 1.02].flatMap((y) => [flat(rect(-0.32, y, -0.2, y + 0.2)), flat(rect(-0.1, y, 0.02, y + 0.2))]),
    flat(rect(0.22, 0.5, 0.4, 0.68), 'neutral', 0.16),
    plate(rect(-0.18, 1.42, -0.12, 1.56), 'neutral', behind),
  ],
  chip: [plate(round(-0.42, 0.36, 0.42, 1.2, 0.06)), relief(rect(-0.2, 0.58, 0.2, 0.98)), ...pins],
  heart: [plate(heart), relief(rect(-0.08, 0.56, 0.08, 1.02)), relief(rect(-0.24, 0.71, -0.08, 0.87)), relief(rect(0.08, 0.71, 0.24, 0.87))],
  recycle: [...chasing(0), ...chasing(1), ...chasing(2), plate(rect(-0.06, 0, 0.06, 0.28), 'neutral', [-0.1, -0.04])],
  camera: [
    plate(round(-0.62, 0.3, 0.62, 1.08, 0.1)),
    plate(disc(-0.02, 0.68, 0.29, 12), 'pale', [0.13, 0.24]),
    flat(disc(-0.02, 0.68, 0.18, 10), 'joint', 0.24),
    plate(rect(-0.24, 1.08, 0.2, 1.22)),
    flat(disc(0.45, 0.94, 0.06, 6)),
    plate(rect(-0.07, 0, 0.07, 0.3), 'neutral', behind),
  ],
  lock: [
    plate(round(-0.46, 0.05, 0.46, 0.82, 0.08), 'token', [-0.18, 0.18]),
    band(0, 0.82, [0.2, 0.35], 0, 0.5, 8),
    flat(disc(0, 0.52, 0.11, 8), 'joint', 0.18),
    flat(rect(-0.05, 0.24, 0.05, 0.46), 'joint', 0.18),
  ],
  shield: [
    plate(shield),
    relief([
      [-0.28, 0.8],
      [-0.06, 0.54],
      [-0.06, 0.74],
      [-0.2, 0.9],
    ]),
    relief([
      [-0.06, 0.54],
      [0.32, 1.0],
      [0.24, 1.1],
      [-0.06, 0.74],
    ]),
  ],
  robot: [
    plate(round(-0.4, 0.78, 0.4, 1.3, 0.09), 'token', [-0.18, 0.18]),
    flat(disc(-0.17, 1.06, 0.09, 8), 'neutral', 0.18),
    flat(disc(0.17, 1.06, 0.09, 8), 'neutral', 0.18),
    plate(round(-0.3, 0.05, 0.3, 0.74, 0.07), 'pale'),
    plate(rect(-0.52, 0.28, -0.36, 0.7), 'token', behind),
    plate(rect(0.36, 0.28, 0.52, 0.7), 'token', behind),
    plate(rect(-0.03, 1.3, 0.03, 1.46), 'neutral', behind),
  ],
  sun: [plate(disc(0, 0.78, 0.34, 12), 'token', [-0.16, 0.16]), ...Array.from({ length: 8 }, (_, k) => ray(k)), plate(rect(-0.06, 0, 0.06, 0.3), 'neutral', [-0.1, -0.05])],
  person: [
    plate(disc(0, 1.14, 0.26, 10), 'token', [-0.16, 0.16]),
    plate([
      [-0.48, 0.05],
      [0.48, 0.05],
      [0.48, 0.44],
      [0.32, 0.72],
      [0, 0.84],
      [-0.32, 0.72],
      [-0.48, 0.44],
    ]),
  ],
  book: [
    plate(page),
    plate(mirrored(page)),
    plate(rect(-0.04, 0.16, 0.04, 1.02), 'joint'),
    ...[0.56, 0.78].flatMap((y) => [flat(rect(0.14, y, 0.54, y + 0.07)), flat(rect(-0.54, y, -0.14, y + 0.07))]),
    plate(rect(-0.1, 0, 0.1, 0.26), 'neutral', [-0.13, -0.02]),
  ],
  cap: [
    plate(
      [
        [0, 0.78],
        [0.7, 1.08],
        [0, 1.38],
        [-0.7, 1.08],
      ],
      'token',
      [-0.05, 0.16],
    ),
    plate(
      [
        [-0.38, 0.5],
        [0, 0.36],
        [0.38, 0.5],
        [0.38, 0.96],
        [-0.38, 0.96],
      ],
      'pale',
      [-0.13, 0.06],
    ),
    plate(rect(0.56, 0.5, 0.63, 1.08), 'neutral', [0.02, 0.1]),
    stem,
  ],
  signal: [
    plate(disc(0, 0.34, 0.14, 8), 'token', [-0.16, 0.16]),
    band(0, 0.34, [0.36, 0.5], 0.1, 0.4, 6),
    band(0, 0.34, [0.68, 0.84], 0.1, 0.4, 7),
    plate(rect(-0.06, 0, 0.06, 0.26), 'neutral', behind),
  ],
  coin: [
    plate(disc(0, 0.74, 0.6, 16)),
    plate(disc(0, 0.74, 0.46, 14), 'pale', [0.13, 0.17]),
    flat(rect(-0.15, 0.59, 0.15, 0.89), 'joint', 0.17),
    plate(rect(-0.08, 0, 0.08, 0.2), 'neutral', behind),
  ],
  pin: [plate([...arc(0, 0.96, 0.42, -0.07, 0.57, 10), [0, 0.06]].map(([x, y]): P2 => [x as number, y as number])), relief(disc(0, 0.96, 0.19, 10))],
  box: [
    plate(rect(-0.54, 0, 0.54, 0.94), 'token', [-0.3, 0.3]),
    plate(
      [
        [-0.54, 0.94],
        [0.54, 0.94],
        [0.42, 1.14],
        [-0.42, 1.14],
      ],
      'pale',
      [-0.3, 0.22],
    ),
    flat(rect(-0.1, 0, 0.1, 0.94), 'neutral', 0.3),
    flat(rect(0.26, 0.14, 0.44, 0.3), 'pale', 0.3),
  ],
  speech: [
    plate(round(-0.64, 0.48, 0.64, 1.34, 0.16)),
    plate([
      [-0.36, 0.14],
      [0.06, 0.5],
      [-0.34, 0.5],
    ]),
    ...[-0.32, 0, 0.32].map((x) => flat(disc(x, 0.91, 0.1, 8))),
    stem,
  ],
  lens: [
    band(-0.08, 0.92, [0.3, 0.45], 0, 1, 12, true),
    plate(disc(-0.08, 0.92, 0.3, 10), 'neutral', [0, 0]),
    plate(
      [
        [0.14, 0.54],
        [0.44, 0.08],
        [0.58, 0.16],
        [0.28, 0.62],
      ],
      'token',
    ),
    plate(rect(-0.3, 0, 0.56, 0.1), 'neutral', behind),
  ],
  cone: [
    plate(
      [
        [-0.4, 0.16],
        [0.4, 0.16],
        [0.1, 1.36],
        [-0.1, 1.36],
      ],
      'token',
      [-0.2, 0.2],
    ),
    plate(rect(-0.6, 0, 0.6, 0.16), 'joint', [-0.32, 0.32]),
    ...(
      [
        [0.44, 0.33, 0.28],
        [0.84, 0.23, 0.18],
      ] as const
    ).map(([y, a, b]) =>
      flat(
        [
          [-a, y],
          [a, y],
          [b, y + 0.2],
          [-b, y + 0.2],
        ],
        'neutral',
        0.2,
      ),
    ),
  ],
  goggles: [
    plate(round(-0.62, 0.48, 0.62, 1.14, 0.16), 'token', [-0.2, 0.2]),
    flat(round(-0.5, 0.58, 0.5, 1.04, 0.12), 'joint', 0.2),
    flat(
      [
        [-0.4, 0.66],
        [-0.22, 0.66],
        [-0.02, 0.98],
        [-0.2, 0.98],
      ],
      'neutral',
      0.21,
    ),
    plate(rect(-0.72, 0.7, -0.62, 0.94), 'neutral', [-0.3, 0]),
    plate(rect(0.62, 0.7, 0.72, 0.94), 'neutral', [-0.3, 0]),
    plate(rect(-0.08, 0, 0.08, 0.48), 'neutral', behind),
  ],
};

/** The plates of a pictogram, in no order: each says its own depth. */
export const emblemParts = (emblem: Emblem): readonly EmblemPart[] => PARTS[emblem];

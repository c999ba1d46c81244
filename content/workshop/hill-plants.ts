/** Banyans, bushes and palms: few triangles, seen from afar. */
import type { Site } from './hill-site.ts';
import type { Chance, Vec3 } from './hill-vec.ts';

export const addBanyan = (site: Site, chance: Chance, at: Vec3, s: number): void => {
  const [x, y, z] = at;
  site.mesh.tube(at, 0.2 * s, 0.13 * s, 0.9 * s, 3, 'trunk', { open: true, turn: 0.5 });
  const pair = chance.next() < 0.55 ? (['tree', 'treeHi'] as const) : (['tree2', 'treeHi2'] as const);
  site.mesh.dome([x, y + 1.05 * s, z], [1.08 * s, 0.92 * s, 1 * s], 6, 3, pair[0], pair[1], 0.16, chance.between(0, 6));
  if (chance.next() < 0.45)
    site.mesh.dome(
      [x + chance.between(-0.8, 0.8) * s, y + 0.9 * s, z + chance.between(0.2, 0.6) * s],
      [0.62 * s, 0.56 * s, 0.6 * s],
      6,
      2,
      'tree2',
      'treeHi2',
      0.1,
      chance.between(0, 6),
    );
};

export const addBush = (site: Site, chance: Chance, at: Vec3, s: number): void => {
  site.mesh.dome(
    [at[0], at[1] + 0.16 * s, at[2]],
    [0.62 * s, 0.5 * s, 0.56 * s],
    6,
    2,
    chance.pick(['tree', 'tree2']),
    chance.pick(['treeHi', 'treeHi2']),
    0.1,
    chance.between(0, 6),
  );
};

export const addPalm = (site: Site, chance: Chance, at: Vec3, s: number): void => {
  const [x, y, z] = at;
  const h = 2.3 * s;
  const lean: Vec3 = [chance.between(-0.25, 0.25), 0, chance.between(-0.1, 0.2)];
  for (let k = 0; k < 2; k++)
    site.mesh.tube([x + (lean[0] * k) / 2, y + (h * k) / 2, z + (lean[2] * k) / 2], (0.11 - 0.03 * k) * s, (0.09 - 0.03 * k) * s, h / 2 + 0.02, 4, 'trunk', { open: true });
  const top: Vec3 = [x + lean[0] * 0.8, y + h, z + lean[2] * 0.8];
  const leaves = 8;
  for (let k = 0; k < leaves; k++) {
    const a = (k / leaves) * Math.PI * 2 + chance.next() * 0.4;
    const reach = chance.between(0.95, 1.2) * s;
    const d = [Math.sin(a), Math.cos(a)] as const;
    const half = 0.17 * s;
    const q = (r: number, up: number, w: number): Vec3 => [top[0] + d[0] * r + d[1] * half * w, top[1] + up, top[2] + d[1] * r - d[0] * half * w];
    const paint = k % 2 ? 'palm' : 'treeHi2';
    site.mesh.quad(q(0, 0, 0.4), q(0, 0, -0.4), q(reach * 0.55, 0.22 * s, -1), q(reach * 0.55, 0.22 * s, 1), paint);
    site.mesh.tri(q(reach * 0.55, 0.22 * s, 1), q(reach * 0.55, 0.22 * s, -1), q(reach, -0.28 * s, 0), paint);
  }
};

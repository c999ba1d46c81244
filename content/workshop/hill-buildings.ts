/** Shop houses (tong lau) and towers, with their windows. A window is one lamp; where it cannot be seen it is dropped later. */
import { albedoOf, type Paint, WARM } from './hill-palette.ts';
import { addLamp, type Pane, type Site } from './hill-site.ts';
import { type Chance, linear, scale, type Vec2, type Vec3 } from './hill-vec.ts';

type Facade = { floor: number; bay: number; foot: number; width: number; height: number; skip: number };

const local = (at: Vec3, yaw: number, lx: number, lz: number): Vec2 => [at[0] + lx * Math.cos(yaw) + lz * Math.sin(yaw), at[2] - lx * Math.sin(yaw) + lz * Math.cos(yaw)];

/** Rows of windows on the front and both sides of a box. */
const addPanes = (site: Site, chance: Chance, at: Vec3, size: Vec3, yaw: number, f: Facade): void => {
  const [w, h, d] = size;
  for (const [lx, lz, turn, width] of [
    [0, d / 2, 0, w],
    [w / 2, 0, Math.PI / 2, d],
    [-w / 2, 0, -Math.PI / 2, d],
  ] as const) {
    const across = Math.max(1, Math.floor((width - 0.14) / f.bay));
    const up = Math.floor((h - f.foot - 0.1) / f.floor);
    const face = yaw + turn;
    if (Math.cos(face) < -0.1) continue;
    for (let r = 0; r < up; r++) {
      for (let k = 0; k < across; k++) {
        if (chance.next() < f.skip) continue;
        const t = (k - (across - 1) / 2) * f.bay;
        const [x, z] = local(at, yaw, lx, lz);
        const pane: Pane = {
          at: [x + Math.cos(face) * t + Math.sin(face) * 0.03, at[1] + f.foot + f.floor * (r + 0.5), z - Math.sin(face) * t + Math.cos(face) * 0.03],
          yaw: face,
          width: f.width,
          height: f.height,
          counted: true,
          code: site.mesh.code,
        };
        site.panes.push(pane);
      }
    }
  }
};

const FACES = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5'] as const satisfies readonly Paint[];
const SIGNS = ['#FF5A4A', '#FFC46B', '#FF8A5C', '#58D6C8'] as const;

/** A shop house of `floors` over a lit shop; returns its height. */
export const addHouse = (site: Site, chance: Chance, at: Vec3, yaw: number, w: number, d: number, floors: number): number => {
  const { mesh } = site;
  const floor = 0.74;
  const h = 0.92 + floors * floor;
  const paint = chance.pick(FACES);
  const roof = chance.next() < 0.6 ? 'roof' : 'roofB';
  mesh.box(at, [w, h, d], yaw, paint, { rows: 2, frontColumns: 2, noTop: true });
  mesh.box([at[0], at[1] + h, at[2]], [w + 0.16, 0.13, d + 0.16], yaw, 'trim', { top: roof });
  for (let r = 0; r < floors; r++) {
    const [x, z] = local(at, yaw, 0, d / 2 + 0.09);
    mesh.box([x, at[1] + 0.9 + r * floor, z], [w + 0.02, 0.1, 0.22], yaw, 'trim', { noSides: true });
  }
  if (chance.next() < 0.45) {
    const [x, z] = local(at, yaw, chance.between(-0.25, 0.25) * w, -0.1 * d);
    mesh.box([x, at[1] + h + 0.13, z], [0.5, floors > 1 ? 0.2 : chance.between(0.25, 0.45), 0.5], yaw, chance.pick(['trim', paint]));
  }
  const face = (lx: number, y: number, out: number): Vec3 => {
    const [x, z] = local(at, yaw, lx, d / 2 + out);
    return [x, at[1] + y, z];
  };
  const half = w * 0.39;
  mesh.quad(face(-half, 0.06, 0.02), face(half, 0.06, 0.02), face(half, 0.62, 0.02), face(-half, 0.62, 0.02), 'shop', {
    glow: { night: scale(WARM, chance.between(0.4, 0.7)), day: null },
  });
  if (chance.next() < 0.5) mesh.quad(face(-half, 0.6, 0.42), face(half, 0.6, 0.42), face(half, 0.8, 0.03), face(-half, 0.8, 0.03), chance.pick(['awningA', 'awningB']));
  addLamp(site, face(0, 0.72, 0.6), WARM, 2.4, 3.6);
  if (floors > 1 && chance.next() < 0.4) {
    const side = chance.pick([-1, 1]);
    const colour = linear(chance.pick(SIGNS));
    const [x, z] = local(at, yaw, w * 0.42 * side, d / 2 + 0.3);
    mesh.box([x, at[1] + 1.1, z], [0.1, 0.55 * floors, 0.4], yaw, 'shop', { glow: { night: scale(colour, 0.8), day: scale(colour, 0.5) } });
    addLamp(site, [x, at[1] + 1.4, z + 0.3], colour, 0.5, 2.2, false);
  }
  addPanes(site, chance, at, [w, h + 0.1, d], yaw, { floor, bay: 0.42, foot: 1.0, width: 0.27, height: 0.42, skip: 0 });
  return h;
};

export type TowerLook = { paint: Paint; head: 'flat' | 'step' | 'crown' | 'fins'; far?: boolean; bay?: number; floor?: number; pane?: Vec2; skip?: number; foot?: number };

/** A tower: near ones get warm light at the foot, far ones few faces. */
export const addTower = (site: Site, chance: Chance, at: Vec3, yaw: number, w: number, d: number, h: number, look: TowerLook): void => {
  const { mesh } = site;
  const [x, y, z] = at;
  const rows = look.far ? 2 : Math.max(3, Math.round(h / 1.7));
  if (!look.far) {
    addLamp(site, [x - 0.5, y + 1.6, z + d / 2 + 1.1], WARM, 2.6, 4.6, false);
    addLamp(site, [x + w, y + 2.2, z + d / 2 + 0.5], albedoOf('living').night, 0.9, 4, false);
  }
  mesh.box(at, [w, h, d], yaw, look.paint, { rows, noTop: true });
  mesh.box([x, y + h, z], [w + 0.12, 0.16, d + 0.12], yaw, 'trim', { top: 'roofT' });
  const pane = look.pane ?? [0.22, 0.3];
  const facade: Facade = { floor: look.floor ?? 0.5, bay: look.bay ?? 0.37, foot: look.foot ?? 0.5, width: pane[0], height: pane[1], skip: look.skip ?? 0.06 };
  if (look.head === 'step') {
    const up = h * 0.14 + 0.5;
    mesh.box([x, y + h + 0.16, z], [w * 0.66, up, d * 0.66], yaw, look.paint, { rows: 2, top: 'roofT' });
    addPanes(site, chance, [x, y + h + 0.16, z], [w * 0.66, up, d * 0.66], yaw, { ...facade, foot: 0.25 });
    mesh.box([x, y + h + 0.16 + up, z], [0.12, look.far ? 1.2 : 1.7, 0.12], yaw, 'trim', { taper: 0.3, noTop: true });
  }
  if (look.head === 'crown') mesh.box([x, y + h + 0.16, z], [w * 0.92, w * 0.72, d * 0.92], yaw, 'crown', { taper: 0.1, rows: 2, noTop: true });
  if (look.head === 'fins') {
    for (const side of [-1, 1]) mesh.box([x + Math.cos(yaw) * side * w * 0.5, y, z - Math.sin(yaw) * side * w * 0.5], [0.16, h + 0.55, d * 0.5], yaw, 'trim', { rows });
  }
  addPanes(site, chance, at, [w, h, d], yaw, facade);
};

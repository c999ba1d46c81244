/** Catalogue: what a home shows: a window, a sitting room, a can of paint. In mm of a model at about a tenth of life. */
import type { Place, Vec3 } from './mesh.ts';
import type { Model } from './model.ts';
import { outline, pierced, plate, slab } from './outlines.ts';
import { band, box, cube, cyl } from './solids.ts';
import { tube } from './sweeps.ts';

const sides = [-1, 1] as const;

/** A window with a cross bar and a sill, 300 square, that looks to +Z. */
export const homeWindow = (m: Model, place: Place): void =>
  void m.within(place, () => {
    m.add(plate(pierced(slab(300, 300, 8), slab(256, 256, 6)), 30, 4), 'shell2');
    m.add(cube(256, 256, 6), 'tint');
    m.add(cube(14, 256, 18), 'shell2');
    m.add(box(340, 20, 60, 6), 'concrete', { at: [0, -160, 14] });
  });

const warmRoom = { cloth: '#B98B6A', arm: '#A97C5C', picture: '#E8B98A', rug: '#C58D66' } as const;
const coolRoom = { cloth: '#7F9DA6', arm: '#6F8D96', picture: '#9CC7D6', rug: '#8FB3BC' } as const;
/** A sofa, a lamp, a table, a rug and a picture on the wall behind, 440 deep; `s` -1 is the warm room, 1 its mirror image in cool colours. */
export const sittingRoom = (m: Model, s: 1 | -1, place: Place): void =>
  void m.within(place, () => {
    const tones = s < 0 ? warmRoom : coolRoom;
    m.add(box(330, 90, 180, 34, 2), tones.cloth, { at: [s * 90, 70, -190] });
    m.add(box(330, 190, 70, 30, 2), tones.cloth, { at: [s * 90, 150, -270] });
    for (const t of sides) m.add(box(60, 130, 190, 24, 2), tones.arm, { at: [s * 90 + t * 170, 100, -190] });
    // a picture, a lamp and a rug: the two rooms differ in nothing but their roof
    m.add(box(190, 130, 14, 4), 'bark', { at: [s * 90, 330, -420] });
    m.add(box(166, 106, 6, 2), tones.picture, { at: [s * 90, 330, -410] });
    m.add(cyl(8, 330, { segments: 8 }), 'dark', { at: [s * -150, 165, -260] });
    m.add(cyl(56, 14, { segments: 18 }), 'dark', { at: [s * -150, 6, -260] });
    m.add(cyl(70, 90, { r2: 44, segments: 18 }), ['glow', '#FFE9BE'], { at: [s * -150, 370, -260] });
    m.add(box(420, 6, 300, 3), tones.rug, { at: [s * 50, 2, 20], tolerance: 0.4 });
    m.add(cyl(100, 20, { segments: 28 }), 'bark', { at: [s * 40, 130, 60] });
    m.add(cyl(14, 120, { segments: 12 }), 'dark', { at: [s * 40, 64, 60] });
    m.add(cyl(66, 12, { segments: 20 }), 'dark', { at: [s * 40, 6, 60] });
  });

/** An open can of white paint with its handle and a drop on the label, 180 high. */
export const paintCan = (m: Model, at: Vec3): void =>
  void m.within({ at }, () => {
    m.add(cyl(84, 180, { segments: 24, bevel: 6 }), 'steel', { at: [0, 90, 0] });
    m.add(cyl(86, 96, { segments: 24, bevel: 2 }), 'accent', { at: [0, 84, 0] });
    m.add(band(88, 74, 14, { segments: 24 }), 'chrome', { at: [0, 180, 0] });
    m.add(cyl(75, 4, { segments: 28 }), 'white', { at: [0, 178, 0] });
    m.add(
      tube(
        4,
        [
          [-86, 150, 0],
          [-70, 230, 30],
          [0, 262, 40],
          [70, 230, 30],
          [86, 150, 0],
        ],
        { steps: 16, segments: 6 },
      ),
      'gun',
    );
    m.add(
      plate(
        outline(
          [
            [0, 18, 6],
            [12, -8, 12],
            [0, -20, 12],
            [-12, -8, 12],
          ],
          8,
          3,
        ),
        3,
      ),
      'white',
      { at: [0, 84, 87], scale: 1.8 },
    );
  });

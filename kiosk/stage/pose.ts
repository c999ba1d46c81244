/** A camera pose on the rails: what it looks at, from where, and how many metres must fit into the free picture area. */
import type { PerspectiveCamera } from 'three';

export type Box = { top: number; right: number; bottom: number; left: number };
export type Pose = { x: number; y: number; z: number; yaw: number; pitch: number; fov: number; width: number; height: number };

const degrees = Math.PI / 180;
/** what stands this far before the target is still drawn: the water down to the canvas's lower edge */
const nearMetres = 230;
const farMetres = 260;
/** a free area smaller than this is not composed for */
const boxMinPx = 40;

const turnOf = (a: number, b: number): number => ((((b - a) % (Math.PI * 2)) + Math.PI * 3) % (Math.PI * 2)) - Math.PI;

/** Between two poses; sizes by ratio, so that a flight closes in evenly. */
export const mixPose = (a: Pose, b: Pose, t: number): Pose => {
  const m = (k: keyof Pose): number => a[k] + (b[k] - a[k]) * t;
  const r = (k: 'width' | 'height'): number => a[k] * (b[k] / a[k]) ** t;
  return { x: m('x'), y: m('y'), z: m('z'), yaw: a.yaw + turnOf(a.yaw, b.yaw) * t, pitch: m('pitch'), fov: m('fov'), width: r('width'), height: r('height') };
};

export const mixBox = (a: Box, b: Box, t: number): Box => ({
  top: a.top + (b.top - a.top) * t,
  right: a.right + (b.right - a.right) * t,
  bottom: a.bottom + (b.bottom - a.bottom) * t,
  left: a.left + (b.left - a.left) * t,
});

export const ease = (t: number): number => {
  const x = Math.max(0, Math.min(1, t));
  return x < 0.5 ? 4 * x * x * x : 1 - (-2 * x + 2) ** 3 / 2;
};

/** Puts the camera so that the pose's size fits the box and its target is the box's middle. `zoom` above 1 shows less. */
export const aim = (camera: PerspectiveCamera, pose: Pose, box: Box, widthPx: number, heightPx: number, zoom = 1): void => {
  const boxWidth = Math.max(boxMinPx, widthPx - box.left - box.right);
  const boxHeight = Math.max(boxMinPx, heightPx - box.top - box.bottom);
  const pxPerMetre = Math.min(boxWidth / pose.width, boxHeight / pose.height) * zoom;
  const distance = heightPx / pxPerMetre / 2 / Math.tan((pose.fov * degrees) / 2);
  camera.fov = pose.fov;
  camera.aspect = widthPx / heightPx;
  camera.near = Math.max(1, distance - nearMetres);
  camera.far = distance + farMetres;
  const [cp, sp, cy, sy] = [Math.cos(pose.pitch), Math.sin(pose.pitch), Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const position = camera.position.set(pose.x + distance * cp * sy, pose.y + distance * sp, pose.z + distance * cp * cy);
  camera.setViewOffset(widthPx, heightPx, widthPx / 2 - (box.left + boxWidth / 2), heightPx / 2 - (box.top + boxHeight / 2), widthPx, heightPx);
  // its axes by hand, once: the renderer would find them anew from its turns before every picture and mirror
  camera.matrixWorldAutoUpdate = false;
  camera.matrixWorld.set(cy, -sp * sy, cp * sy, position.x, 0, cp, sp, position.y, -sy, -sp * cy, cp * cy, position.z, 0, 0, 0, 1);
  camera.matrixWorldInverse.copy(camera.matrixWorld).invert();
};

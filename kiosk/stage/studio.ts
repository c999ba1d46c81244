/**
 * The light of a photographer's studio for models: a bright sky, a low key from the front, a cool rim from behind, and a few lines of
 * shader in place of an environment picture for metal and gloss. No shadow map, no tone mapping: shadows are baked into the files.
 * The lights stay with the visitor and the podium turns, so that every side is lit alike.
 */
import { Color, DirectionalLight, Group, HemisphereLight } from 'three';

const skyDay = new Color('#f6f8ff');
const skyNight = new Color('#dfe6ff');
const groundDay = new Color('#b2b5bd');
const groundNight = new Color('#8d97bd');

/** The lights, and how they follow the day (0 night, 1 day). */
export class Studio {
  readonly lights = new Group();
  private readonly sky = new HemisphereLight('#f6f8ff', '#b2b5bd', 1.85);
  private readonly key = new DirectionalLight('#fffaf0', 2.25);
  private readonly rim = new DirectionalLight('#bcd4ff', 1.5);

  constructor() {
    this.key.position.set(0.36, 0.8, 0.74);
    this.rim.position.set(-0.75, 0.55, -0.7);
    this.lights.add(this.sky, this.key, this.rim);
  }

  set(day: number): void {
    this.sky.color.lerpColors(skyNight, skyDay, day);
    this.sky.groundColor.lerpColors(groundNight, groundDay, day);
    this.sky.intensity = 1.7 + 0.15 * day;
    this.rim.intensity = 1.9 - 0.4 * day;
  }
}

/** `npm run models`: builds what the stage loads. Writes kiosk/stage/hill-portrait.bin and hill-landscape.bin and says what they weigh. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hillFile } from './hill-build.ts';
import { ORIENTATIONS } from './hill-plan.ts';

const raysDefault = 40;
const argument = (name: string): string | undefined => process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3);
const rays = Number(argument('rays') ?? raysDefault);
const only = argument('only');
const out = fileURLToPath(new URL('../../kiosk/stage/', import.meta.url));

mkdirSync(out, { recursive: true });
for (const orientation of ORIENTATIONS) {
  if (only !== undefined && only !== orientation) continue;
  const started = performance.now();
  process.stdout.write(`hill ${orientation}: building and baking with ${rays} rays a vertex\n`);
  const { bytes, note } = hillFile(orientation, rays);
  writeFileSync(`${out}hill-${orientation}.bin`, bytes);
  process.stdout.write(`hill ${orientation}: ${JSON.stringify(note)} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

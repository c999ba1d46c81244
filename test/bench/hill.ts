/** What a frame of the hill costs in a real browser with software graphics, beside a naive scene of 480 meshes. */
import path from 'node:path';
import { chromium } from 'playwright';
import { browserPath, chromiumFlags } from '../browser.ts';
import { buildPage, contentJson, servePage } from '../stage/page-server.ts';
import { atMost, type Figure, toldOnly, under } from './figure.ts';
import type { Drawn, HillBench } from './hill-page.ts';
import { median } from './measure.ts';
import { benchShowcase } from './sample.ts';

const drawsMax = 6;
const trianglesMax = 60_000;
const walkMsMax = 100;

export const hill: Figure = async ({ quick, folder, root }) => {
  // ours as the kiosks get it; the peer with all of three, as one would write it
  await buildPage(root, 'test/bench/hill-page.ts', path.join(folder, 'hill'));
  await buildPage(root, 'test/bench/hill-page.ts', path.join(folder, 'naive'), []);
  const content = await contentJson(root, benchShowcase);
  const bareServer = await servePage(root, path.join(folder, 'naive'), content);
  const servers = { hill: await servePage(root, path.join(folder, 'hill'), content), naive: bareServer, floor: bareServer };
  const browser = await chromium.launch({ executablePath: await browserPath(), args: [...chromiumFlags] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const asked = async (what: keyof HillBench, frames: number): Promise<Drawn> => {
      await page.goto(servers[what].origin);
      await page.waitForFunction('window.bench');
      return page.evaluate(([w, n]) => (window as unknown as { bench: HillBench }).bench[w as keyof HillBench](n as number), [what, frames] as const);
    };
    // within the first 48 the mirror still moves, however late frames come
    const frames = 44;
    const ours: Drawn[] = [];
    const peer: Drawn[] = [];
    for (let i = 0; i < (quick ? 1 : 2); i++) {
      ours.push(await asked('hill', frames));
      peer.push(await asked('naive', frames));
    }
    const least = await asked('floor', frames);
    const last = ours.at(-1) as Drawn;
    const bare = peer.at(-1) as Drawn;
    const told = { beside: 'naive three, 480 meshes', unit: 'ms' };
    return [
      atMost({ name: 'hill, script a frame', ours: median(ours.map((d) => d.scriptMs)), peer: median(peer.map((d) => d.scriptMs)), ...told }, 0.1),
      toldOnly(
        atMost(
          {
            name: 'hill, script a frame',
            ours: median(ours.map((d) => d.scriptMs)),
            peer: least.scriptMs,
            beside: 'bare three, as many draws of one plain program each',
            unit: 'ms',
          },
          1,
        ),
      ),
      { ...under('hill, draw calls', last.draws, drawsMax, ''), peer: `${drawsMax} (limit); naive ${bare.draws}` },
      { ...under('hill, triangles in view', last.triangles, trianglesMax, ''), peer: `${trianglesMax} (limit); naive ${bare.triangles}` },
      under('touch into a walk, to its first frame', median(ours.map((d) => d.walkMs)), walkMsMax, 'ms'),
      { name: 'hill, frames while nothing moves', ours: String(last.idleFrames), peer: '0 in 2 s (limit)', ratio: last.idleFrames, aim: '0', met: last.idleFrames === 0 },
    ];
  } finally {
    await browser.close();
    servers.hill.close();
    servers.naive.close();
  }
};

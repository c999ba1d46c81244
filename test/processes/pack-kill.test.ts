/**
 * kill -9 of the hub anywhere in the update of a pack of some megabytes: while it arrives, is checked, is stored, becomes the active one.
 * PACK_KILLS makes it more kills, KILL_SEED makes them other ones.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Content } from '../../shared/pack.ts';
import { randomOf } from '../../shared/random.ts';
import { type HubProcess, runOperator, startHub } from '../hub/hub-process.ts';
import { zipOf } from '../hub/zip-maker.ts';
import { scratchFolders } from '../scratch.ts';
import { adminToken, countedIds, seedFolder } from './seeded-folder.ts';
import { compare, SendingKiosk } from './sending-kiosk.ts';

const kills = Number(process.env['PACK_KILLS'] ?? 4);
const seed = Number(process.env['KILL_SEED'] ?? 20_261_126);
const updated = 'maker-in-china';
const root = path.resolve(import.meta.dirname, '../../content');
const json = (file: string) => JSON.parse(readFileSync(path.join(root, updated, file), 'utf8'));
const projects = readdirSync(path.join(root, updated, 'projects')).map((file) => json(`projects/${file}`));
const glbs = readdirSync(path.join(root, 'models'))
  .filter((file) => file.endsWith('.glb'))
  .slice(0, projects.length)
  .map((file) => readFileSync(path.join(root, 'models', file)));
const nameOf = (edition: number): string => `Edition ${edition}`;
/** another model for every project in every edition */
const glbOf = (edition: number, at: number): Buffer => glbs[(at + edition) % glbs.length] as Buffer;

/** An edition: it has its own name, and a file of its own for every project, under the same names as all the others. */
const zipOfEdition = (edition: number): Buffer => {
  const head = json('pack.json');
  return zipOf([
    { name: 'pack.json', bytes: JSON.stringify({ ...head, name: { ...head.name, en: nameOf(edition) } }) },
    ...projects.map((p) => ({ name: `projects/${p.id}.json`, bytes: JSON.stringify({ ...p, model: { file: `models/${p.id}.glb`, views: [], hotspots: [] } }) })),
    ...projects.map((p, at) => ({ name: `models/${p.id}.glb`, bytes: glbOf(edition, at), stored: true })),
  ]);
};

const newFolder = scratchFolders('pack-kill');
let dataDir: string;
let hub: HubProcess;
let kiosk: SendingKiosk;

const ask = (method: string, at: string, body?: Buffer): Promise<Response> =>
  fetch(`${hub.origin}/api/v1/${at}`, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, ...(body && { 'content-type': 'application/zip' }) },
    ...(body && { body: new Uint8Array(body) }),
  });

/** How far an update came, as the hub answered it; `onSent` hears when the pack is kept. */
type Reached = { sent: boolean; active: boolean };
const update = async (zip: Buffer, onSent: () => void = () => undefined): Promise<Reached> => {
  const reached = { sent: false, active: false };
  try {
    const sent = await ask('POST', 'packs', zip);
    const { version } = (await sent.json()) as { version: string };
    reached.sent = sent.status === 201;
    onSent();
    reached.active = (await ask('POST', `packs/${version}/activate`)).status === 200;
  } catch {
    return reached; // the hub was killed under it
  }
  return reached;
};

/** The edition that kiosks are shown, every file of it fetched and compared; throws where two are mixed. */
const shownEdition = async (): Promise<number> => {
  const content = (await (await fetch(`${hub.origin}/api/v1/showcases/${updated}/content`)).json()) as Content;
  const edition = Number(/^Edition (\d+)$/.exec(content.packs.find((p) => p.id === updated)?.name.en ?? '')?.[1] ?? Number.NaN);
  for (const [at, project] of projects.entries()) {
    const url = content.projects.find((p) => p.pack === updated && p.id === project.id)?.model?.url ?? 'none';
    const bytes = Buffer.from(await (await fetch(`${hub.origin}${url}`)).arrayBuffer());
    if (!bytes.equals(glbOf(edition, at))) throw new Error(`edition ${edition} is shown with another file for ${project.id} (${url}, ${bytes.length} bytes)`);
  }
  const { packs } = (await (await ask('GET', 'packs')).json()) as { packs: { showcase: string; active: boolean }[] };
  expect(packs.filter((p) => p.showcase === updated && p.active)).toHaveLength(1);
  return edition;
};

beforeAll(async () => {
  dataDir = newFolder();
  await seedFolder(dataDir, 1);
  hub = await startHub(dataDir);
  kiosk = new SendingKiosk({ origin: hub.origin, index: 0, batchEvents: 5, restMs: 20 });
  kiosk.start();
});
afterAll(async () => {
  await hub?.kill();
});

test('[N2][F54] a hub killed anywhere in the update of a pack shows after its start the old or the new one whole, the new one where it was said to be; the kiosk goes on, and the update can be made again', async () => {
  expect(await update(zipOfEdition(0))).toEqual({ sent: true, active: true });
  const beganMs = performance.now();
  let keptMs = 0;
  const kept = (): void => {
    keptMs = performance.now();
  };
  expect(await update(zipOfEdition(1), kept)).toEqual({ sent: true, active: true });
  const tookMs = { sending: keptMs - beganMs, activating: performance.now() - keptMs };
  let shown = await shownEdition();
  expect(shown).toBe(1);
  const random = randomOf(seed);
  const told: string[] = [];
  for (let n = 0; n < kills; n++) {
    const edition = n + 2;
    let sent: () => void = () => undefined;
    const isSent = new Promise<void>((resolve) => {
      sent = resolve;
    });
    const running = update(zipOfEdition(edition), sent);
    // the first at once; then in turn: while it arrives, is checked and stored; while it is made active; as soon as it is said to be
    const part = (['sending', 'activating', 'done'] as const)[n % 3] ?? 'done';
    if (part !== 'sending') await isSent;
    if (part === 'done') await running;
    else if (n > 0) await sleep((tookMs[part] * random.between(0, 100)) / 100);
    await hub.kill();
    const reached = await running;
    hub = await startHub(dataDir, hub.port);
    const now = await shownEdition();
    told.push(`${part}: ${now === edition ? 'new' : 'old'}`);
    expect([shown, edition], told.join('; ')).toContain(now);
    if (reached.active) expect(now, told.join('; ')).toBe(edition);
    if (!reached.sent) expect(now, told.join('; ')).toBe(shown);
    shown = now;
  }
  process.stdout.write(`seed ${seed}, sending took ${Math.round(tookMs.sending)} ms, activating ${Math.round(tookMs.activating)} ms; killed while ${told.join('; ')}\n`);
  expect(told).toEqual(expect.arrayContaining(['sending: old', 'done: new']));
  expect(await update(zipOfEdition(kills + 1))).toEqual({ sent: true, active: true });
  expect(await shownEdition()).toBe(kills + 1);
  await kiosk.finish();
  const ledger = compare([kiosk], await countedIds(dataDir));
  expect({ ...ledger, acked: 0 }).toEqual({ lost: [], twice: [], acked: 0 });
  expect(ledger.acked).toBeGreaterThan(0);
  await hub.stop();
  expect(readdirSync(dataDir, { recursive: true }).filter((file) => String(file).endsWith('.tmp'))).toEqual([]);
  expect(await runOperator(['verify'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
}, 240_000);

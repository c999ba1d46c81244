/** Content packs sent as a zip: checked whole, hostile ones refused by a code, shown at once or not at all, and there after a restart. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MemoryShelf } from '../../server/access/shelf.ts';
import { DocumentFault } from '../../server/documents/documents.ts';
import { JournalFault } from '../../server/journal/journal.ts';
import { openStorage } from '../../server/open-storage.ts';
import { glbFault } from '../../server/packs/glb-check.ts';
import { unzip, unzipBytesMax, unzipFilesMax } from '../../server/packs/unzip.ts';
import type { Content } from '../../shared/pack.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';
import { type ZipPart, zipOf } from './zip-maker.ts';

const content = path.resolve(import.meta.dirname, '../../content');
const maker = path.join(content, 'maker-in-china');
const glb = readFileSync(path.join(content, 'models/mapping-robot-dog.glb'));
const still = readFileSync(path.join(content, 'models/mapping-robot-dog.webp'));
// biome-ignore lint/suspicious/noExplicitAny: a test changes what it likes
type Head = any;

/** The files of a committed pack, its head changed. */
const partsOf = (change: (head: Head) => void = () => undefined, folder = maker): ZipPart[] => {
  const head = JSON.parse(readFileSync(path.join(folder, 'pack.json'), 'utf8'));
  change(head);
  return [
    { name: 'pack.json', bytes: JSON.stringify(head) },
    ...readdirSync(path.join(folder, 'projects')).map((f) => ({ name: `projects/${f}`, bytes: readFileSync(path.join(folder, 'projects', f)) })),
  ];
};
const renamed = (name: string) =>
  partsOf((head) => {
    head.name.en = name;
  });

describe('packs over HTTP', () => {
  let h: SmallHub;
  const send = async (zip: Buffer, as = 'admin', type = 'application/zip') => {
    const answer = await fetch(`${h.origin}/api/v1/packs`, {
      method: 'POST',
      body: new Uint8Array(zip),
      headers: { 'content-type': type, cookie: await h.cookie(as as 'admin') },
    });
    return { status: answer.status, body: (await answer.json()) as Head };
  };
  const activate = async (version: string, as = 'admin') => h.ask('POST', `/api/v1/packs/${version}/activate`, { cookie: await h.cookie(as as 'admin') });
  const listed = async () => (await h.ask('GET', '/api/v1/packs', { cookie: await h.cookie() })).body.packs as Head[];
  const contentOf = async (of = 'maker-in-china'): Promise<Content> => (await h.ask('GET', `/api/v1/showcases/${of}/content`)).body;
  const nameOf = async () => (await contentOf()).packs.find((p) => p.id === 'maker-in-china')?.name.en;

  beforeAll(async () => {
    h = await smallHub();
  });
  afterAll(() => h.close());

  test('[N1] a pack is sent, told back with its version, and shown only once it is made active; the installed one can be made active again', async () => {
    const before = await contentOf();
    const sent = await send(zipOf(renamed('Maker, second edition')));
    expect([sent.status, sent.body]).toMatchObject([201, { showcase: 'maker-in-china', projects: 13, models: 0 }]);
    expect((await contentOf()).version).toBe(before.version);
    expect((await send(zipOf(renamed('Maker, second edition')))).body.version).toBe(sent.body.version);
    expect((await listed()).filter((p) => p.showcase === 'maker-in-china').map((p) => [p.from, p.active])).toEqual([
      ['installed', true],
      ['sent', false],
    ]);

    expect((await activate(sent.body.version)).status).toBe(200);
    const shown = await contentOf();
    expect(shown.version).not.toBe(before.version);
    expect(await nameOf()).toBe('Maker, second edition');
    // every showcase shows it, and codes that were printed stay
    expect((await contentOf(showcase)).packs.find((p) => p.id === 'maker-in-china')?.name.en).toBe('Maker, second edition');
    expect(shown.projects.map((p) => p.code)).toEqual(before.projects.map((p) => p.code));
    expect((await h.ask('GET', '/api/v1/showcases')).body.showcases.find((s: Head) => s.id === 'maker-in-china').name.en).toBe('Maker, second edition');

    const installed = (await listed()).find((p) => p.showcase === 'maker-in-china' && p.from === 'installed');
    expect((await activate(installed.version)).status).toBe(200);
    expect((await contentOf()).version).toBe(before.version);
  });

  test('[N1] a pack brings its own model, in a folder of its own, and a new showcase', async () => {
    const parts = partsOf((head) => {
      head.id = 'night-market';
      head.points[0].id = 'gate';
    }).map((p): ZipPart => ({ ...p, name: `night-market/${p.name}` }));
    const at = parts.findIndex((p) => p.name.includes('/projects/'));
    const project = JSON.parse(String(parts[at]?.bytes));
    project.model = { file: 'models/lantern.glb', views: [], hotspots: [] };
    parts[at] = { name: parts[at]?.name ?? '', bytes: JSON.stringify(project) };
    const without = await send(zipOf(parts));
    expect([without.status, without.body.code, without.body.errors]).toEqual([422, 'pack_invalid', [{ path: `projects/${project.id}/model/file`, code: 'file_missing' }]]);

    const whole = zipOf([
      ...parts,
      { name: 'night-market/models/lantern.glb', bytes: glb, stored: true },
      { name: 'night-market/models/lantern.webp', bytes: still },
      { name: '__MACOSX/night-market/._pack.json', bytes: 'x' },
      { name: 'night-market/.DS_Store', bytes: 'x' },
      { name: 'night-market/', bytes: '' },
    ]);
    const sent = await send(whole, 'admin', 'application/octet-stream');
    expect([sent.status, sent.body.models]).toEqual([201, 2]);
    await activate(sent.body.version);
    const model = (await contentOf('night-market')).projects.find((p) => p.pack === 'night-market' && p.id === project.id)?.model;
    const file = await fetch(h.origin + (model?.url ?? ''));
    expect([file.status, file.headers.get('content-type'), Buffer.from(await file.arrayBuffer()).equals(glb)]).toEqual([200, 'model/gltf-binary', true]);
    expect((await fetch(h.origin + (model?.still ?? ''))).headers.get('content-type')).toBe('image/webp');
    // what is counted there is counted by its own doors
    const counter = await h.device('counter', { showcase: 'night-market', point: 'gate' });
    const read = await h.ask('POST', '/api/v1/readings', {
      token: counter.token,
      body: { records: [{ kind: 'event', eventId: 'e1', at: new Date().toISOString(), direction: 'in', n: 3 }] },
    });
    expect(read.body.accepted).toBe(1);
    expect((await h.ask('GET', '/api/v1/showcases/night-market/live', { cookie: await h.cookie() })).body.today.entries).toBe(3);
  });

  test('[N2] a pack that devices’ places are missing from is not shown, and neither is one that cannot be stored', async () => {
    const point = 'door-a';
    const counter = await h.device('counter', { point });
    const lacking = partsOf(
      (head) => {
        head.points = head.points.filter((p: Head) => p.id !== point);
      },
      path.join(content, showcase),
    );
    const { body } = await send(zipOf(lacking));
    const before = await contentOf(showcase);
    const refused = await activate(body.version);
    expect([refused.status, refused.body.code, refused.body.errors]).toEqual([422, 'pack_invalid', [{ path: `points/${point}`, code: 'in_use' }]]);
    expect((await contentOf(showcase)).version).toBe(before.version);
    await h.ask('DELETE', `/api/v1/devices/${counter.id}`, { cookie: await h.cookie() });
    expect((await activate('0123456789abcdef')).status).toBe(404);
  });

  test('[N1] only an administrator sends and activates packs, as a zip of 32 MiB at most', async () => {
    for (const role of ['supervisor', 'organiser']) {
      expect([role, (await send(zipOf(renamed('No')), role)).status]).toEqual([role, 403]);
      expect([role, (await activate('0123456789abcdef', role)).status]).toEqual([role, 403]);
    }
    expect((await h.ask('POST', '/api/v1/packs', { body: {} })).status).toBe(401);
    expect((await send(zipOf(renamed('No')), 'admin', 'application/json')).status).toBe(415);
    expect((await send(Buffer.alloc(32 * 1_048_576 + 1))).status).toBe(413);
  });

  test('[N1] everything that is wrong with a pack is told by path and code, and nothing of it is kept', async () => {
    const before = (await listed()).length;
    const faulty = await send(
      zipOf([
        ...partsOf((head) => {
          delete head.name['zh-CN'];
        }),
      ]),
    );
    expect([faulty.status, faulty.body.code, faulty.body.errors[0].path]).toEqual([422, 'pack_invalid', 'pack.json/name/zh-CN']);
    const strange: [ZipPart, string][] = [
      [{ name: 'logo.svg', bytes: '<svg onload="x"/>' }, 'unexpected_file'],
      [{ name: 'models/a.svg', bytes: '<svg/>' }, 'unexpected_file'],
      [{ name: 'index.html', bytes: '<script>' }, 'unexpected_file'],
      [{ name: 'models/a.webp', bytes: 'no picture' }, 'no_webp'],
      [{ name: 'models/a.glb', bytes: 'no model' }, 'no_glb'],
      [{ name: 'projects/x.json', bytes: '{' }, 'bad_json'],
    ];
    for (const [part, code] of strange) {
      const { status, body } = await send(zipOf([...partsOf(), part]));
      expect([part.name, status, body.errors]).toEqual([part.name, 422, [{ path: part.name, code }]]);
    }
    expect((await listed()).length).toBe(before);
  });
});

describe('packs and the storage', () => {
  let folder: string;
  const hubs: SmallHub[] = [];
  const open = async (change: (store: Awaited<ReturnType<typeof openStorage>>) => void = () => undefined): Promise<SmallHub> => {
    const store = await openStorage(folder, Date.now, () => undefined);
    change(store);
    const h = await smallHub({
      store: { ...store, checkpoints: store.documents, shelf: await MemoryShelf.open(store.documents, { nowMs: Date.now, monotonicMs: Date.now }), crossing: null },
    });
    hubs.push(h);
    return h;
  };
  const send = async (h: SmallHub, zip: Buffer) => {
    const headers = { 'content-type': 'application/zip', cookie: await h.cookie() };
    const answer = await fetch(`${h.origin}/api/v1/packs`, { method: 'POST', body: new Uint8Array(zip), headers });
    return (await answer.json()) as { version: string; code?: string };
  };
  const nameOf = async (h: SmallHub): Promise<string> => (await h.ask('GET', '/api/v1/showcases')).body.showcases.find((s: Head) => s.id === 'maker-in-china').name.en;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-packs-'));
  });
  afterEach(async () => {
    for (const h of hubs.splice(0)) await h.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('[N2] what is active is active after a restart, with its models; where its files are lost the installed one is shown', async () => {
    const first = await open();
    const parts = renamed('Maker, third edition');
    const { version } = await send(first, zipOf(parts));
    await first.ask('POST', `/api/v1/packs/${version}/activate`, { cookie: await first.cookie() });
    const shown = (await first.ask('GET', `/api/v1/showcases/${showcase}/content`)).text;
    await first.close();
    hubs.length = 0;

    const second = await open();
    expect((await second.ask('GET', `/api/v1/showcases/${showcase}/content`)).text).toBe(shown);
    await second.close();
    hubs.length = 0;

    for (const name of [`pack-files-${version}.json`, `pack-files-${version}.json.bak`]) await rm(path.join(folder, 'documents', name), { force: true });
    const third = await open();
    expect(await nameOf(third)).not.toBe('Maker, third edition');
    expect((await third.ask('POST', `/api/v1/packs/${version}/activate`, { cookie: await third.cookie() })).status).toBe(404);
  });

  test('[N2] a storage that takes no pack leaves what is shown', async () => {
    let full = false;
    const h = await open(({ documents, journal }) => {
      const [write, append] = [documents.write.bind(documents), journal.append.bind(journal)];
      documents.write = (name, value) => (full && name.startsWith('pack-files-') ? Promise.reject(new DocumentFault('storage_full', 'full')) : write(name, value));
      journal.append = (entries) => (full ? Promise.reject(new JournalFault('storage_full', 'full')) : append(entries));
    });
    const before = await nameOf(h);
    const { version } = await send(h, zipOf(renamed('Maker, fourth edition')));
    await h.cookie();
    full = true;
    expect((await send(h, zipOf(renamed('Maker, fifth edition')))).code).toBe('storage_failed');
    const refused = await h.ask('POST', `/api/v1/packs/${version}/activate`, { cookie: await h.cookie() });
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'storage_full', '2']);
    expect(await nameOf(h)).toBe(before);
    full = false;
    expect((await h.ask('POST', `/api/v1/packs/${version}/activate`, { cookie: await h.cookie() })).status).toBe(200);
    expect(await nameOf(h)).toBe('Maker, fourth edition');
  });
});

describe('hostile zips', () => {
  const codeOf = async (zip: Buffer): Promise<string> => {
    const read = await unzip(zip);
    return 'faults' in read ? (read.faults[0]?.code ?? '') : `${read.files.size} files`;
  };
  const one = (name: string, more: Partial<ZipPart> = {}) => zipOf([{ name, bytes: 'x', ...more }]);

  test('[N3] names that leave the folder, links, encryption and doubles are refused', async () => {
    for (const name of ['../a', 'a/../b', '/etc/passwd', 'C:\\w', 'a\\b', 'a\u0000b', './a', 'a/./b', 'a//b', '.env', 'a.', 'a ', 'ａ', 'a'.repeat(200)])
      expect([name, await codeOf(one(name))]).toEqual([name, 'bad_path']);
    expect(await codeOf(one('a', { mode: 0o120777 }))).toBe('link_entry');
    expect(await codeOf(one('a', { mode: 0o060644 }))).toBe('link_entry');
    expect(await codeOf(one('a', { mode: 0o100644 }))).toBe('1 files');
    expect(await codeOf(one('a', { says: { flags: 1 } }))).toBe('encrypted');
    expect(await codeOf(one('a', { says: { method: 12 } }))).toBe('method_unknown');
    expect(
      await codeOf(
        zipOf([
          { name: 'a', bytes: '1' },
          { name: 'A', bytes: '2' },
        ]),
      ),
    ).toBe('duplicate_name');
  });

  test('[N3] bombs, lying sizes and overlapping parts are refused before they cost memory', async () => {
    expect(await codeOf(one('a', { bytes: Buffer.alloc(8 << 20) }))).toBe('too_large');
    expect(await codeOf(one('a', { bytes: Buffer.alloc(8 << 20), says: { size: 10 } }))).toBe('damaged');
    expect(await codeOf(one('a', { says: { size: 2 } }))).toBe('damaged');
    expect(await codeOf(one('a', { says: { crc: 1 } }))).toBe('damaged');
    expect(await codeOf(one('a', { says: { size: 0xffff_ffff, packed: 0xffff_ffff } }))).toBe('too_large');
    expect(await codeOf(one('a', { says: { packed: unzipBytesMax } }))).toBe('bad_zip');
    expect(await codeOf(one('a', { says: { localName: 'b' } }))).toBe('bad_zip');
    expect(
      await codeOf(
        zipOf([
          { name: 'a', bytes: '1' },
          { name: 'b', bytes: '2', says: { at: 0, localName: 'a' } },
        ]),
      ),
    ).toMatch(/overlapping|bad_zip/);
    expect(await codeOf(zipOf(Array.from({ length: unzipFilesMax + 1 }, (_, i) => ({ name: `f${i}`, bytes: '' }))))).toBe('too_many_files');
    expect(await codeOf(zipOf([{ name: 'a', bytes: '1' }], { count: 9 }))).toBe('bad_zip');
    expect(await codeOf(Buffer.from('PK no zip'))).toBe('no_zip');
    expect(await codeOf(zipOf([{ name: 'a', bytes: '1' }], { comment: 'made by hand' }))).toBe('1 files');
  });

  test('[N3] a changed byte anywhere is an answer and never a crash', async () => {
    const zip = zipOf([
      { name: 'a', bytes: 'hello hello hello' },
      { name: 'b/c', bytes: 'x', stored: true },
    ]);
    for (let at = 0; at < zip.length; at++)
      for (const bit of [0, 3, 7]) {
        const changed = Buffer.from(zip);
        changed[at] = (changed[at] as number) ^ (1 << bit);
        await expect(codeOf(changed)).resolves.toMatch(/^\w+/);
      }
    for (let cut = 0; cut < zip.length; cut++) expect(await codeOf(zip.subarray(0, cut))).toMatch(/no_zip|bad_zip/);
  });
});

describe('models that somebody sends', () => {
  const jsonBytes = glb.readUInt32LE(12);
  /** The committed model with its JSON changed. */
  const changed = (change: (json: Head) => void): Buffer => {
    const json = JSON.parse(glb.toString('utf8', 20, 20 + jsonBytes));
    change(json);
    const text = Buffer.from(JSON.stringify(json));
    const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, 0x20)]);
    const head = Buffer.from(glb.subarray(0, 20));
    head.writeUInt32LE(padded.length, 12);
    const rest = glb.subarray(20 + jsonBytes);
    head.writeUInt32LE(20 + padded.length + rest.length, 8);
    return Buffer.concat([head, padded, rest]);
  };

  test('[N3] every committed model is sound', () => {
    for (const file of readdirSync(path.join(content, 'models')).filter((f) => f.endsWith('.glb')))
      expect([file, glbFault(readFileSync(path.join(content, 'models', file)))]).toEqual([file, null]);
  });

  test('[N3] a model that names an address, lies about its parts, goes in rings or is too much is refused by a code', () => {
    const cases: [string, Buffer][] = [
      ['no_glb', Buffer.from('glTF')],
      ['bad_length', glb.subarray(0, glb.length - 4)],
      ['external_uri', changed((j) => (j.buffers[0].uri = 'http://elsewhere/x.bin'))],
      ['external_uri', changed((j) => (j.images = [{ uri: '//elsewhere/x.png' }]))],
      ['external_uri', changed((j) => (j.images = [{ uri: 'file:///etc/passwd' }]))],
      ['external_uri', changed((j) => (j.extras = { deep: [{ uri: '../x' }] }))],
      ['extension_unknown', changed((j) => (j.extensionsRequired = ['KHR_draco_mesh_compression']))],
      ['view_past_end', changed((j) => (j.bufferViews[0].byteLength = 1e9))],
      ['view_past_end', changed((j) => (j.bufferViews[0].buffer = 99))],
      ['accessor_past_end', changed((j) => (j.accessors[0].count = 1e9))],
      ['accessor_past_end', changed((j) => (j.accessors[0].count = -1))],
      ['accessor_past_end', changed((j) => (j.accessors[0].count = null))],
      ['node_cycle', changed((j) => (j.nodes = [{ children: [1] }, { children: [0] }]))],
      ['node_cycle', changed((j) => (j.nodes = [{ children: [0] }]))],
      ['too_many_parts', changed((j) => (j.nodes = Array.from({ length: 10_001 }, () => ({}))))],
      [
        'too_many_triangles',
        changed((j) => {
          j.accessors.push({ count: 3_000_000, componentType: 5125, type: 'SCALAR' });
          j.meshes = [{ primitives: [0, 1].map(() => ({ indices: j.accessors.length - 1, attributes: {} })) }];
        }),
      ],
      ['no_glb', changed((j) => (j.asset.version = '1.0'))],
    ];
    for (const [code, bytes] of cases) expect(glbFault(bytes)).toBe(code);
    expect(glbFault(changed(() => undefined))).toBe(null);
    const deep = Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const head = Buffer.from(glb.subarray(0, 20));
    head.writeUInt32LE(deep.length, 12);
    head.writeUInt32LE(20 + deep.length, 8);
    expect(glbFault(Buffer.concat([head, deep]))).toBe('bad_json');
  });
});

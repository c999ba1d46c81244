/** Recorded sentences on their way from a pack to a kiosk: named by their words, given out as what they are, left out when they can't be heard. */
import { readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { packCheck } from '../../server/operator/pack-check.ts';
import { audioFileBytesMax, type Content } from '../../shared/pack.ts';
import { edit, recordedPack, recordedProject, tone } from './recordings.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';
import { type ZipPart, zipOf } from './zip-maker.ts';

const folders: string[] = [];
const hubs: SmallHub[] = [];
afterEach(async () => {
  for (const h of hubs.splice(0)) await h.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const made = () => {
  const { folder, pack } = recordedPack('選擇語言，即可開始');
  folders.push(folder);
  return { folder, pack };
};
const hubOn = async (content: string) => {
  const lines: string[] = [];
  const h = await smallHub({ told: (line) => lines.push(line), content });
  hubs.push(h);
  const of: Content = (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
  return { h, lines, of };
};
const checked = async (pack: string): Promise<{ code: number; lines: string[] }> => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  return { code: await packCheck.run(['check', pack], { out: say, err: say } as Parameters<typeof packCheck.run>[1]), lines };
};

describe('[U11] recordings', () => {
  test('stand in the content by language and words, and are given out for ever under the hash of their bytes', async () => {
    const { folder, pack } = made();
    const { h, lines, of } = await hubOn(folder);
    const project = of.projects.find((p) => p.id === recordedProject);
    expect(lines).toEqual([]);
    expect(of.audio?.map(({ lang, text }) => [lang, text])).toEqual([
      ['zh-HK', '選擇語言，即可開始'],
      ['en', project?.name.en],
      ['en', project?.summary.en],
    ]);
    expect(JSON.stringify([of.projects, of.packs])).not.toContain('audio/');
    for (const { url } of of.audio ?? []) {
      const answer = await fetch(h.origin + url);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'audio/wav', 'public, max-age=31536000, immutable']);
      expect(bytes.subarray(8, 12).toString()).toBe('WAVE');
    }
    expect((await h.ask('GET', `/content/${showcase}/audio/..%2fpack.json`)).status).toBe(404);
    expect(await checked(pack)).toMatchObject({ code: 0 });
    // another sound is another content
    writeFileSync(path.join(pack, 'audio/name.en.wav'), tone(300, 0.2));
    expect((await fetch(h.origin + (of.audio?.[1]?.url ?? ''))).status).toBe(404);
    expect((await hubOn(folder)).of.version).not.toBe(of.version);
  });

  test('a pack without any is as it was', async () => {
    const { folder, pack } = made();
    edit(path.join(pack, 'pack.json'), (json) => delete json['audio']);
    edit(path.join(pack, 'projects', `${recordedProject}.json`), (json) => delete json['audio']);
    expect((await hubOn(folder)).of).not.toHaveProperty('audio');
  });

  test.each([
    ['missing', (file: string) => unlinkSync(file), 'unreadable'],
    ['of another kind than its name says', (file: string) => writeFileSync(file, '<html>no sound</html>'), 'no_audio'],
    ['too large', (file: string) => writeFileSync(file, Buffer.concat([tone(440, 0.1), Buffer.alloc(audioFileBytesMax)])), 'file_too_large'],
  ])('one that is %s is told and left out; the others are heard', async (_, spoil, code) => {
    const { folder, pack } = made();
    spoil(path.join(pack, 'audio/name.en.wav'));
    const { lines, of } = await hubOn(folder);
    expect(lines).toEqual([expect.stringContaining(`audio/name.en.wav of pack ${showcase}: ${code}`)]);
    expect(of.audio?.length).toBe(2);
    expect(await checked(pack)).toMatchObject({ code: 1, lines: [expect.stringContaining(code)] });
  });

  test.each([
    ['../../secret.wav', 'leads out of the pack'],
    ['audio/run.exe', 'is no sound'],
    ['https://elsewhere.example/a.mp3', 'stands elsewhere'],
  ])('a name that %s is refused by the check (%s)', async (file) => {
    const { pack } = made();
    edit(path.join(pack, 'pack.json'), (json) => {
      json['audio'] = [{ lang: 'en', text: 'Hello', file }];
    });
    expect(await checked(pack)).toMatchObject({ code: 1, lines: expect.arrayContaining([expect.stringMatching(/^pack\.json\/audio\/0\/file: /)]) });
  });

  test('come with a pack that is sent, are heard once it is active, and a name without its file is refused', async () => {
    const { folder, pack } = made();
    const { h } = await hubOn(folder);
    const parts: ZipPart[] = readdirSync(pack, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile())
      .map((e) => ({ name: path.relative(pack, path.join(e.parentPath, e.name)), bytes: readFileSync(path.join(e.parentPath, e.name)) }));
    const sent = parts.map((p) => (p.name === 'audio/name.en.wav' ? { ...p, bytes: tone(880, 0.3) } : p));
    const send = async (of: ZipPart[]) => {
      const answer = await fetch(`${h.origin}/api/v1/packs`, {
        method: 'POST',
        body: new Uint8Array(zipOf(of)),
        headers: { 'content-type': 'application/zip', cookie: await h.cookie() },
      });
      return { status: answer.status, body: await answer.json() };
    };
    expect(await send(parts.filter((p) => p.name !== 'audio/fixed.wav'))).toMatchObject({ status: 422, body: { errors: [{ path: 'audio/fixed.wav', code: 'file_missing' }] } });
    expect(await send(parts.map((p) => (p.name === 'audio/fixed.wav' ? { ...p, bytes: 'no sound' } : p)))).toMatchObject({ status: 422, body: { errors: [{ code: 'no_audio' }] } });
    const taken = await send(sent);
    expect(taken).toMatchObject({ status: 201, body: { models: 0, audio: 3 } });
    expect((await h.ask('POST', `/api/v1/packs/${taken.body.version}/activate`, { cookie: await h.cookie() })).status).toBe(200);
    const of: Content = (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
    const heard = await fetch(h.origin + (of.audio?.[1]?.url ?? ''));
    expect(Buffer.from(await heard.arrayBuffer()).equals(tone(880, 0.3))).toBe(true);
  });
});

/** Starts and stops of the real hub as an operator sees them: one clear line, the right exit code, no stack, nothing lost. */
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { LowDocuments } from '../../server/documents/low-documents.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { runHub, startHub } from './hub-process.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'harbourlight-start-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const folder = (name: string): string => path.join(dir, name);
const ADMIN_PASSPHRASE = 'correct horse battery staple';

/** What an operator reads: one line that says it, never a stack. */
const oneLine = (err: string): string => {
  const lines = err.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(err).not.toMatch(/\n\s+at |node:internal|\.ts:\d/);
  return lines[0] as string;
};

describe('starts', () => {
  test('[O1] a setting that cannot be used stops the start with one line that names it, exit code 2', async () => {
    for (const [name, value] of [
      ['PORT', 'eighty'],
      ['PUBLIC_ORIGIN', 'http://plain.example'],
      ['LINK_HOSTS', 'https://x'],
      ['ADMIN_PASSPHRASE', 'short'],
      ['TLS_CERT', '/nowhere.pem'],
      ['DATABASE_URL', 'mysql://x'],
    ] as const) {
      const ended = await runHub({ DATA_DIR: folder('settings'), [name]: value });
      expect([name, ended.code]).toEqual([name, 2]);
      expect(oneLine(ended.err)).toContain(name === 'TLS_CERT' ? 'TLS_KEY' : name);
      expect(ended.err).not.toContain(value === 'short' ? 'short' : '\u0000');
    }
  }, 120_000);

  test('[O1] so does a folder that is a file, a host that is not here, a certificate that is none', async () => {
    const file = path.join(dir, 'no-folder');
    writeFileSync(file, 'not a certificate, and not a folder');
    for (const [name, settings] of [
      ['DATA_DIR', { DATA_DIR: file }],
      // a place that is there and takes no folder; elsewhere one below a file
      ['DATA_DIR', { DATA_DIR: process.platform === 'linux' ? '/proc/harbourlight/data' : path.join(file, 'data') }],
      ['HOST', { HOST: '203.0.113.7' }],
      ['TLS_CERT', { TLS_CERT: file, TLS_KEY: file }],
    ] as const) {
      const ended = await runHub({ DATA_DIR: folder('settings-files'), ...settings });
      expect([name, ended.code]).toEqual([name, 2]);
      expect(oneLine(ended.err)).toContain(`${name}:`);
      expect(ended.err).not.toContain('not a certificate, and');
    }
  }, 120_000);

  test('[O2] a second hub on the same folder exits 73, the first is unaffected; after SIGTERM it exits 0 within 5 s and the folder is free', async () => {
    const hub = await startHub(folder('locked'), 0, { ADMIN_PASSPHRASE });
    expect(hub.text.out.trim().split('\n')).toHaveLength(2);
    expect(hub.text.out).toMatch(/#pair=[\w-]{20,}/);
    const second = await runHub({ DATA_DIR: folder('locked') });
    expect(second.code).toBe(73);
    expect(oneLine(second.err)).toContain('DATA_DIR');
    expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200);
    const stopping = performance.now();
    expect((await hub.stop()).code).toBe(0);
    expect(performance.now() - stopping).toBeLessThan(5_000);
    const again = await startHub(folder('locked'), 0);
    expect(again.text.out.trim().split('\n')).toHaveLength(1);
    await again.kill();
  }, 120_000);

  test('[O3] a port that is taken: one line, exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const ended = await runHub({ DATA_DIR: folder('port'), PORT: String((other.address() as AddressInfo).port), ADMIN_PASSPHRASE });
    other.close();
    expect(ended.code).toBe(1);
    expect(oneLine(ended.err)).toContain('PORT');
  }, 60_000);

  test('[O4] a damaged document of accounts and devices is restored from the journal: the same people sign in', async () => {
    const data = folder('damaged');
    const first = await startHub(data, 0, { ADMIN_PASSPHRASE });
    await first.stop();
    for (const name of readdirSync(path.join(data, 'documents')).filter((n) => n.startsWith('register'))) writeFileSync(path.join(data, 'documents', name), '{"a":[1');
    const hub = await startHub(data, 0);
    const answer = await fetch(`${hub.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'admin', passphrase: ADMIN_PASSPHRASE }),
    });
    expect(answer.status).toBe(200);
    expect(hub.text.err.trim().split('\n')).toHaveLength(1);
    expect(hub.text.err).toContain('restored from the journal');
    expect((await hub.stop()).code).toBe(0);
    expect(readFileSync(path.join(data, 'documents/register.json'), 'utf8')).toContain('admin');
  }, 120_000);

  test('[O5] a pack that fails its check is told in one line; its last good copy stays in use, the others are not touched', async () => {
    const content = folder('content');
    cpSync(path.resolve(import.meta.dirname, '../../content/maker-in-china'), path.join(content, 'maker-in-china'), { recursive: true });
    cpSync(path.resolve(import.meta.dirname, '../../content/innovation-hong-kong'), path.join(content, 'innovation-hong-kong'), { recursive: true });
    const documents = await LowDocuments.open({ files: nodeFileSystem, folder: folder('content-documents') });
    const lines: string[] = [];
    const find = () => findPacks(content, documents, (line) => lines.push(line));
    const good = await find();
    expect([good.length, lines]).toEqual([2, []]);
    const file = path.join(content, 'maker-in-china/projects/mic-2021-i2cool.json');
    const project = JSON.parse(readFileSync(file, 'utf8'));
    for (const [broken, code] of [
      [{ ...project, name: { 'zh-HK': 'x', en: 'x' } }, 'invalid_type'],
      [{ ...project, sources: [] }, 'too_small'],
      ['{', 'bad_json'],
    ] as const) {
      writeFileSync(file, typeof broken === 'string' ? broken : JSON.stringify(broken));
      lines.length = 0;
      const kept = await find();
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(new RegExp(`maker-in-china.*${code}.*last good copy`));
      expect(kept.map((p) => [p.id, p.version])).toEqual(good.map((p) => [p.id, p.version]));
    }
    await documents.close();
  });
});

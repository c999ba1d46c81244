/** F25, I27: one hub for each folder; a killed hub leaves no lock. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFolder } from '../../server/journal/lock.ts';
import { faultCode } from './open-journal.ts';

// other processes and long files take their time on a busy machine
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harbourlight-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const lockModule = pathToFileURL(join(import.meta.dirname, '../../server/journal/lock.ts')).href;

/** Another process that takes the lock and holds it, or says why it can't. */
const other = async (target: string): Promise<{ child: ChildProcess; said: string }> => {
  const code = `import(${JSON.stringify(lockModule)}).then((m) => m.lockFolder(${JSON.stringify(target)})).then(() => { console.log('held'); setInterval(() => {}, 1000); }, (e) => { console.log(e.code, e.message); process.exit(73); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
};

describe('the lock of a folder', () => {
  it('is refused a second time and free after release; the folder is made if missing', async () => {
    const target = join(folder, 'a', 'data');
    const lock = await lockFolder(target);
    await expect(lockFolder(target)).rejects.toMatchObject({ code: 'locked', message: `another hub (process ${process.pid}) uses the folder ${target}` });
    await lock.release();
    expect(await readdir(target)).toEqual([]);
    await (await lockFolder(target)).release();
  });

  it('is the folder, whatever its path', async () => {
    await mkdir(join(folder, 'data'));
    await symlink(join(folder, 'data'), join(folder, 'other-way'));
    const lock = await lockFolder(join(folder, 'data'));
    expect(await faultCode(lockFolder(join(folder, 'other-way')))).toBe('locked');
    expect(await faultCode(lockFolder(join(folder, 'data/../data/')))).toBe('locked');
    const apart = await lockFolder(join(folder, 'data-2'));
    await Promise.all([lock.release(), apart.release()]);
  });

  it('works where a socket path would be too long', async () => {
    const target = join(folder, 'long-'.repeat(20), 'data-'.repeat(20));
    const lock = await lockFolder(target);
    expect(await faultCode(lockFolder(target))).toBe('locked');
    await lock.release();
    await (await lockFolder(target)).release();
  });

  it('goes to one of many that ask at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    const held = answers.flatMap((a) => (a.status === 'fulfilled' ? [a.value] : []));
    expect(held.length).toBe(1);
    await held[0]?.release();
  });

  it('is held against another process, and is free at once when that is killed', async () => {
    const { child, said } = await other(folder);
    expect(said).toBe('held');
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining(`process ${child.pid}`) });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(folder)).toContain('hub.sock');
    const lock = await lockFolder(folder);
    const second = await other(folder);
    expect(second.said).toContain('locked another hub');
    await lock.release();
  });

  it('is not fooled by a leftover that is no socket', async () => {
    await writeFile(join(folder, 'hub.sock'), 'left over');
    await writeFile(join(folder, 'hub.pid'), '1\n');
    const lock = await lockFolder(folder);
    expect(await faultCode(lockFolder(folder))).toBe('locked');
    await lock.release();
  });

  it('sees a hub of another network namespace by its socket file', async () => {
    const server = createServer().listen(join(folder, 'hub.sock'));
    await once(server, 'listening');
    expect(await faultCode(lockFolder(folder))).toBe('locked');
    server.close();
    await once(server, 'close');
    await (await lockFolder(folder)).release();
  });

  it('of a folder that takes no files can still be had', async () => {
    await chmod(folder, 0o500);
    const lock = await lockFolder(folder);
    expect(await faultCode(lockFolder(folder))).toBe('locked');
    await lock.release();
    await chmod(folder, 0o700);
  });
});

/** A small disk of its own for a data folder: a tmpfs that can be filled, freed, and made read-only. Needs root on Linux. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Why no small disk can be mounted here, or null. */
export const mountLacks = ((): string | null => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a small disk can only be mounted by root on Linux';
  const at = mkdtempSync(path.join(tmpdir(), 'harbourlight-mount-'));
  try {
    const tried = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]);
    if (tried.status !== 0) return `mount does not work here: ${tried.stderr?.toString().trim() ?? tried.error?.message}`;
    spawnSync('umount', [at]);
    return null;
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
})();

export type SmallDisk = {
  dir: string;
  /** takes all that is free, except `leaveBytes` */
  fill(leaveBytes?: number): void;
  free(): void;
  remount(mode: 'ro' | 'rw'): void;
  remove(): void;
};

/** Mounts a disk of so many KiB; `inodes` bounds how many files it takes. */
export const smallDisk = (kib: number, inodes?: number): SmallDisk => {
  const dir = mkdtempSync(path.join(tmpdir(), 'harbourlight-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k${inodes === undefined ? '' : `,nr_inodes=${inodes}`}`, 'tmpfs', dir]);
  const ballast = path.join(dir, 'ballast');
  return {
    dir,
    fill: (leaveBytes = 0) => {
      const { bavail, bsize } = statfsSync(dir);
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
      } catch (error) {
        // the hub took some of it meanwhile: the disk is full all the same
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remount: (mode) => execFileSync('mount', ['-o', `remount,${mode}`, dir]),
    remove: () => {
      // a hub that is only just gone may still hold it: lazily
      spawnSync('umount', ['-l', dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

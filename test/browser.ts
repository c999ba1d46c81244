/** Which Chromium the browser tests and picture scripts run, and with which flags. No browser is an error, never a skipped test. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

/** Software WebGL, no background traffic. Root in a container has no sandbox. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
] as const;

const probeMs = 20_000;

const runs = (file: string | undefined): file is string => {
  if (!file) return false;
  try {
    accessSync(file, constants.X_OK);
    return /Chrom/.test(execFileSync(file, ['--version'], { encoding: 'utf8', timeout: probeMs, stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return false; // not there, or not a browser: the next candidate is tried
  }
};

/** The first that runs: $CHROMIUM_PATH, a system Chromium, the one that npm installed. Throws when there is none. */
export const browserPath = async (): Promise<string> => {
  const system = process.env['NO_SYSTEM_BROWSER'] ? [] : ['/usr/bin/chromium', '/usr/bin/google-chrome'];
  for (const file of [process.env['CHROMIUM_PATH'], ...system]) if (runs(file)) return file;
  const { default: packaged } = await import('@sparticuz/chromium');
  const file = await packaged.executablePath();
  if (runs(file)) return file;
  throw new Error('No browser: install chromium, or set CHROMIUM_PATH.');
};

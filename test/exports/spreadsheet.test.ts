/** The workbook opened by a spreadsheet program that is not ours, LibreOffice, where this machine has one: every sheet read back. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../shared/hongkong-time.ts';
import { minute, type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';

const run = promisify(execFile);
/** LibreOffice's program, of the system */
const office: string = 'soffice';
const found = ((): boolean => {
  try {
    execFileSync(office, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // told below
  }
})();
if (!found) process.stderr.write('skipped: the workbook is not opened by LibreOffice, because there is no soffice on this machine\n');

/** every sheet as a CSV of its own: UTF-8, commas, quotes */
const everySheet = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

describe.skipIf(!found)('the workbook in LibreOffice', () => {
  let small: SmallHub;
  let folder: string;
  const hostile = ['=HYPERLINK("http://evil.example","x")', '+1+1', '@SUM(A1:A9)', '-2+3', '＝1+1', '"quoted", <b> & 有逗號'];
  const day = dayOf(Date.now() - 3_600_000);
  const hour = new Date(Date.now() - 3_600_000).toISOString();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'harbourlight-office-'));
    small = await smallHub();
    const { token } = await small.device('counter');
    const now = Date.now();
    await small.ask('POST', '/api/v1/readings', { token, body: { records: [minute(now, 65, 1_234, 3), minute(now, 64, 9, 2)] } });
    for (const reason of hostile)
      await small.ask('POST', `/api/v1/showcases/${showcase}/corrections`, { cookie: await small.cookie(), body: { point: 'door-a', hour, in: 1, out: 0, reason } });
  });
  afterAll(async () => {
    await small?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const opened = async (lang: string): Promise<Map<string, string>> => {
    const answer = await fetch(`${small.origin}/api/v1/showcases/${showcase}/attendance?format=xlsx&lang=${lang}&raw=on`, { headers: { cookie: await small.cookie() } });
    await writeFile(path.join(folder, `${lang}.xlsx`), Buffer.from(await answer.arrayBuffer()));
    await run(office, [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', everySheet, '--outdir', folder, path.join(folder, `${lang}.xlsx`)]);
    const files = (await readdir(folder)).filter((f) => f.startsWith(`${lang}-`) && f.endsWith('.csv'));
    return new Map(await Promise.all(files.map(async (f) => [f.slice(lang.length + 1, -4), await readFile(path.join(folder, f), 'utf8')] as const)));
  };

  test.each(['zh-HK', 'both'])(
    '[X1][X3] %s: every sheet opens, dates and counts are its own, no text became a formula',
    async (lang) => {
      const sheets = await opened(lang);
      expect(sheets.size).toBeGreaterThanOrEqual(16);
      const all = [...sheets.values()].join('\n');
      expect(all).not.toMatch(/Err:\d+|#(NAME|REF|VALUE|DIV\/0|N\/A)/);
      for (const text of hostile) expect(all).toContain(text.replaceAll('"', '""'));
      // entries, exits, adjustments, visits of the day, as a spreadsheet's own numbers and dates
      expect(all).toMatch(new RegExp(`^${day},.*,1243,5,6,1249,`, 'm'));
    },
    120_000,
  );
});

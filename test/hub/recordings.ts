/** A content folder with one small pack whose sentences are recorded: tones made here, as WAV. The caller removes the folder. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { showcase } from './small-hub.ts';

const installed = path.resolve(import.meta.dirname, '../../content');
export const recordedProject = 'smart-lamppost';
const sampleHz = 8_000;

/** A tone as a WAV file: one channel, 8 bit. */
export const tone = (hz: number, seconds: number): Buffer => {
  const n = Math.round(sampleHz * seconds);
  const bytes = Buffer.alloc(44 + n);
  bytes.write('RIFF');
  bytes.writeUInt32LE(36 + n, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [at, value] of [
    [16, 16],
    [24, sampleHz],
    [28, sampleHz],
    [40, n],
  ] as const)
    bytes.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    bytes.writeUInt16LE(value, at);
  bytes.write('data', 36);
  for (let i = 0; i < n; i++) bytes[44 + i] = 128 + Math.round(60 * Math.sin((2 * Math.PI * hz * i) / sampleHz));
  return bytes;
};

/** Reads and writes a pack's JSON. */
export const edit = (file: string, change: (json: Record<string, unknown>) => void): void => {
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  change(json);
  writeFileSync(file, JSON.stringify(json));
};

/** The pack with one project; its name and summary are recorded in English, and one fixed sentence in Cantonese. */
export const recordedPack = (fixed: string): { folder: string; pack: string } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'harbourlight-recorded-'));
  const pack = path.join(folder, showcase);
  for (const part of ['projects', 'audio']) mkdirSync(path.join(pack, part), { recursive: true });
  cpSync(path.join(installed, showcase, 'pack.json'), path.join(pack, 'pack.json'));
  const project = path.join(pack, 'projects', `${recordedProject}.json`);
  cpSync(path.join(installed, showcase, 'projects', `${recordedProject}.json`), project);
  edit(project, (json) => {
    json['audio'] = { name: { en: 'audio/name.en.wav' }, summary: { en: 'audio/summary.en.wav' } };
  });
  edit(path.join(pack, 'pack.json'), (json) => {
    json['audio'] = [{ lang: 'zh-HK', text: fixed, file: 'audio/fixed.wav' }];
  });
  for (const [name, hz] of [
    ['name.en', 440],
    ['summary.en', 550],
    ['fixed', 660],
  ] as const)
    writeFileSync(path.join(pack, 'audio', `${name}.wav`), tone(hz, 0.6));
  return { folder, pack };
};

/** A code as SVG, drawn anew and asked for again, beside what the `qrcode` package makes of the same text. */
import path from 'node:path';
import QRCode from 'qrcode';
import { MemoryDocuments } from '../../server/documents/memory-documents.ts';
import { nothingRecorded } from '../../server/packs/audio.ts';
import { findPacks } from '../../server/packs/installed.ts';
import { Library } from '../../server/packs/library.ts';
import { alwaysHost, LinkTable } from '../../server/packs/link-table.ts';
import { noModels } from '../../server/packs/models.ts';
import { QrDrawings } from '../../server/routes/links.ts';
import { shortPath } from '../../shared/links.ts';
import { atMost, type Figure } from './figure.ts';
import { inTurns, median, timed } from './measure.ts';
import { benchShowcase } from './sample.ts';

const origin = 'https://go.example.hk';
const repeats = 200;

export const qr: Figure = async ({ quick, root }) => {
  const packs = await findPacks(path.join(root, 'content'), new MemoryDocuments(), () => undefined);
  const table = new LinkTable(packs, [], new Set([alwaysHost, ...packs.flatMap((p) => p.hosts)]));
  const library = new Library(packs, table, noModels, nothingRecorded, origin);
  const links = table.all().filter((l) => l.showcase === benchShowcase);
  const miss = (): Promise<number> => {
    const drawings = new QrDrawings(library);
    return timed(() => {
      for (const link of links) drawings.svg(link, 'en');
    });
  };
  const peer = (): Promise<number> =>
    timed(async () => {
      for (const link of links) await QRCode.toString(origin.toUpperCase() + shortPath(link.code, 'en'), { type: 'svg', errorCorrectionLevel: 'Q' });
    });
  const told = await inTurns(quick ? 7 : 25, miss, peer);
  const drawings = new QrDrawings(library);
  const again = (): Promise<number> =>
    timed(() => {
      for (let i = 0; i < repeats; i++) for (const link of links) drawings.svg(link, 'en');
    });
  await again();
  const repeat = median([await again(), await again(), await again()]) / repeats;
  const micros = (ms: number): number => (ms * 1_000) / links.length;
  const beside = { peer: micros(median(told.peer)), beside: 'qrcode toString', unit: 'µs' };
  return [atMost({ name: 'QR drawn', ours: micros(median(told.ours)), ...beside }, 1.1), atMost({ name: 'QR again', ours: micros(repeat), ...beside }, 0.02)];
};

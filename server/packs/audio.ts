/**
 * The sentences that packs bring as recordings: a project's own texts, and any other sentence by its very words. What can't be given out
 * is told in one line and left out; its sentence then stands as a caption alone.
 */
import path from 'node:path';
import { AUDIO_FIELDS, type Pack, type Spoken } from '../../shared/pack.ts';
import { LANGS } from '../../shared/words.ts';
import { type ContentFile, type FileSource, type FileTable, inFolder, takeFile } from './files.ts';

export type Recorded = { spoken: readonly Spoken[]; files: FileTable };
export const nothingRecorded: Recorded = { spoken: [], files: new Map() };

/** What a pack says is recorded, sentence by sentence, each with the name of its file. */
const sentencesOf = (pack: Pack): { lang: Spoken['lang']; text: string; file: string }[] => [
  ...(pack.audio ?? []),
  ...pack.projects.flatMap((p) =>
    AUDIO_FIELDS.flatMap((field) =>
      LANGS.flatMap((lang) => {
        const file = p.audio?.[field]?.[lang];
        const text = p[field]?.[lang];
        return file !== undefined && text !== undefined ? [{ lang, text, file }] : [];
      }),
    ),
  ),
];

/** The files that a pack names, by their path in it. */
export const audioFilesOf = (pack: Pack): string[] => [...new Set(sentencesOf(pack).map((s) => s.file))];

/** Every recording that can be given out. `told` hears of each that can't; `sent` answers where the files of a sent pack are, null for an installed one. */
export const findAudio = async (
  contentFolder: string,
  packs: readonly Pack[],
  told: (line: string) => void,
  sent: (pack: Pack) => FileSource | null = () => null,
): Promise<Recorded> => {
  const files = new Map<string, ContentFile>();
  const spoken: Spoken[] = [];
  for (const pack of packs) {
    const source = sent(pack) ?? inFolder(path.join(contentFolder, pack.id));
    for (const { lang, text, file } of sentencesOf(pack)) {
      const taken = await takeFile(files, source, file, `/content/${pack.id}/${file}`);
      if ('code' in taken) told(`Recording ${file} of pack ${pack.id}: ${taken.code}; its sentence is a caption alone.`);
      else spoken.push({ lang, text, url: taken.url });
    }
  }
  return { spoken, files };
};

/** A FileJournal of the product on a folder of the bench. */
import { randomBytes } from 'node:crypto';
import { FileJournal } from '../../server/journal/file-journal.ts';
import { nodeFileSystem } from '../../server/journal/file-system.ts';

export const openJournal = (folder: string, readOnly = false): Promise<FileJournal> =>
  FileJournal.open({
    folder,
    files: nodeFileSystem,
    nowMs: Date.now,
    readOnly,
    random: (n) => randomBytes(n),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });

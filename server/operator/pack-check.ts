/** `pack check DIR`: everything that is wrong with a content pack, before a hub is asked to show it. */
import path from 'node:path';
import { findAudio } from '../packs/audio.ts';
import { readPack } from '../packs/installed.ts';
import { type Command, exit, readArgs, UsageFault } from './command.ts';

export const packCheck: Command = {
  name: 'pack',
  usage: 'pack check DIR',
  about: "checks a content pack's folder and prints every fault",
  run: async ([what, ...args], console) => {
    if (what !== 'check') throw new UsageFault('pack knows one thing: check');
    const { positionals } = readArgs(args, {}, 1);
    const read = await readPack(path.resolve(positionals[0] as string));
    if ('pack' in read) {
      const unheard: string[] = [];
      await findAudio(path.dirname(path.resolve(positionals[0] as string)), [read.pack], (line) => unheard.push(line));
      for (const line of unheard) console.out(line);
      if (unheard.length > 0) return exit.failed;
      console.out(`pack ${read.pack.id} is sound: ${read.pack.projects.length} projects, ${read.pack.points.length} points, version ${read.pack.version}`);
      return exit.ok;
    }
    for (const { path: at, code } of read.faults) console.out(`${at}: ${code}`);
    console.err(`${read.faults.length} faults`);
    return exit.failed;
  },
};

/** `verify`: reads the whole journal and checks every frame and the chain of its segments. */
import { type Command, exit, readArgs } from './command.ts';
import { withJournal } from './data-folder.ts';

export const verify: Command = {
  name: 'verify',
  usage: 'verify [--json]',
  about: 'reads the whole journal of DATA_DIR and checks it; exit code 1 where it is not what was written',
  run: async (args, console) => {
    const { values } = readArgs(args, { json: { type: 'boolean' } });
    return withJournal(console, async (journal) => {
      const result = await journal.verify((segment, segments) => console.err(`segment ${segment} of ${segments}`));
      if (values.json) console.out(JSON.stringify(result));
      else {
        console.out(`entries   ${result.entries}`);
        console.out(`segments  ${result.segments}`);
        console.out(`sha-256   ${result.hash || '—'}`);
        console.out(`findings  ${result.findings.length}`);
        for (const f of result.findings) console.out(`  segment ${f.segment}, byte ${f.offset}, from position ${f.position} on: ${f.what}`);
      }
      return result.findings.length === 0 ? exit.ok : exit.failed;
    });
  },
};

/** `verify`: reads the whole journal and checks every frame and the chain of its segments, and whether every document can be read; or checks a count statement. */
import type { Verification } from '../journal/segment-reader.ts';
import { progressOf } from '../progress.ts';
import { type Command, type Console, exit, readArgs, UsageFault } from './command.ts';
import { type ReadableDocuments, withJournal } from './store.ts';
import { verifyStatement } from './verify-statement.ts';

/** `main`: as it was written last. `backup`: the newest file can't be believed, the one before is used. */
export type DocumentState = { name: string; state: 'main' | 'backup' | 'corrupt'; detail?: string };
/** What `verify --json` prints. */
export type VerifyReport = Verification & { documents: DocumentState[] };

const checkDocuments = async (documents: ReadableDocuments): Promise<DocumentState[]> => {
  const states: DocumentState[] = [];
  for (const name of await documents.names()) {
    const found = await documents.read(name);
    if (found.status === 'ok') states.push({ name, state: found.from });
    else if (found.status === 'corrupt') states.push({ name, state: 'corrupt', detail: found.detail });
  }
  return states;
};

const print = (console: Console, report: VerifyReport): void => {
  console.out(`entries   ${report.entries}`);
  console.out(`segments  ${report.segments}`);
  console.out(`sha-256   ${report.hash || '—'}`);
  console.out(`findings  ${report.findings.length}`);
  for (const f of report.findings) console.out(`  segment ${f.segment}, byte ${f.offset}, from position ${f.position} on: ${f.what}`);
  const odd = report.documents.filter((d) => d.state !== 'main');
  console.out(`documents ${report.documents.length}, of which ${odd.length} not as written last`);
  for (const { name, state, detail } of odd) console.out(state === 'backup' ? `  ${name}: read from its backup` : `  ${name}: ${detail}`);
};

export const verify: Command = {
  name: 'verify',
  usage: 'verify [--statement FILE [--csv FILE]] [--json]',
  about: 'reads the whole journal and every document and checks them, or computes a count statement again from the journal alone; exit code 1 where one is not what was written',
  run: async (args, console) => {
    const { values } = readArgs(args, { json: { type: 'boolean' }, statement: { type: 'string' }, csv: { type: 'string' } });
    if (values.csv !== undefined && values.statement === undefined) throw new UsageFault('--csv goes with --statement');
    if (values.statement !== undefined) return verifyStatement(console, values.statement, values.csv, values.json === true);
    return withJournal(console, async (journal, documents) => {
      // the segment that is begun is not done yet
      const progress = progressOf(console, 'checking segments');
      const result = await journal.verify((segment, segments) => progress(segment - 1, segments));
      const report: VerifyReport = { ...result, documents: await checkDocuments(documents) };
      if (values.json) console.out(JSON.stringify(report));
      else print(console, report);
      return report.findings.length === 0 && report.documents.every((d) => d.state !== 'corrupt') ? exit.ok : exit.failed;
    });
  },
};

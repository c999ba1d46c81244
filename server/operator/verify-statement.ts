/**
 * `verify --statement FILE [--csv FILE]`: computes a count statement again from the journal alone, up to the position it states, and says yes,
 * or no with every reason. What was recorded after it changes nothing. A journal that can't be opened or read through is a no as well.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkStatement, type StatementReason, type StatementVerdict } from '../exports/statement.ts';
import { JournalFault } from '../journal/journal.ts';
import { CommandFault, type Console, exit } from './command.ts';
import { withJournal } from './store.ts';

/** a statement of 400 days with all its devices and corrections is under this; so is its CSV */
const fileBytesMax = 64 << 20;

const readGiven = async (name: string, what: string): Promise<Buffer> => {
  const file = path.resolve(name);
  try {
    const { size } = await stat(file);
    if (size <= fileBytesMax) return await readFile(file);
  } catch (error) {
    throw new CommandFault(`the ${what} ${file} can't be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  throw new CommandFault(`the ${what} ${file} has more than ${fileBytesMax.toLocaleString('en-US')} bytes; it is none`);
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
};

const check = async (console: Console, stated: unknown, csv: Buffer | null): Promise<StatementVerdict> => {
  try {
    return await withJournal(console, async (journal) => {
      const verdict = await checkStatement(stated, journal, csv);
      const [damage] = journal.findings;
      if (!damage) return verdict;
      // a journal that seems to end early because what comes next can't be read is not short
      const why: StatementReason = {
        code: 'journal_damaged',
        detail: `the journal is damaged in segment ${damage.segment} at byte ${damage.offset}, position ${damage.position}: ${damage.what}`,
      };
      return { ...verdict, reasons: verdict.reasons.map((r) => (r.code === 'journal_short' ? why : r)) };
    });
  } catch (error) {
    if (!(error instanceof JournalFault) || error.code !== 'damaged') throw error;
    return { ok: false, reasons: [{ code: 'journal_damaged', detail: error.message }], found: null };
  }
};

const headline = (verdict: StatementVerdict, stated: unknown): string => {
  const s = verdict.found ?? (stated as { showcase?: unknown; from?: unknown; to?: unknown; position?: unknown } | null);
  return `statement ${s?.showcase ?? '—'}, ${s?.from ?? '—'} to ${s?.to ?? '—'}, position ${s?.position ?? '—'}`;
};

/** Checks the statement in a file, with the canonical CSV that came with it, if any. Answers the exit code: 0 for yes, 1 for no. */
export const verifyStatement = async (console: Console, statementFile: string, csvFile: string | undefined, json: boolean): Promise<number> => {
  const stated = parsed(await readGiven(statementFile, 'statement'));
  const csv = csvFile === undefined ? null : await readGiven(csvFile, 'CSV');
  const verdict = await check(console, stated, csv);
  if (json) console.out(JSON.stringify({ ok: verdict.ok, csvChecked: csv !== null, reasons: verdict.reasons }));
  else {
    console.out(headline(verdict, stated));
    console.out(verdict.ok ? `yes       the journal alone comes to the same, visits ${verdict.found?.visits ?? '—'}${csv ? '; the CSV is the one it names' : ''}` : 'no');
    for (const { code, detail } of verdict.reasons) console.out(`  ${code}: ${detail}`);
    for (const { text } of verdict.found?.gaps ?? []) console.out(`gap       ${text}`);
  }
  return verdict.ok ? exit.ok : exit.failed;
};

/** What is delivered of a closed version: its workbook, its count statement, and the canonical CSV that the statement names, all as of the close. */
import type { Closing } from '../../shared/deliveries.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import type { Statement } from '../../shared/report/statement.ts';
import { factsOf } from '../exports/export-facts.ts';
import { foldTo } from '../exports/folding.ts';
import { canonicalOf, makeStatement } from '../exports/statement.ts';
import { jsonText } from '../exports/table-files.ts';
import { workbook } from '../exports/workbook.ts';
import type { Journal } from '../journal/journal.ts';

export type DeliveryParts = { statement: Statement; csv: string; tables: string; workbook: AsyncIterable<Uint8Array> };

/** Folds the journal up to the close, in short turns. The same close gives the same bytes. Throws the journal's fault. */
export const packageOf = async (journal: Journal, names: Catalogue, { showcase, day, position }: Closing, stop: AbortSignal): Promise<DeliveryParts> => {
  const folded = await foldTo(journal, showcase, position, { stop });
  const range = { from: day, to: day };
  const facts = await factsOf(folded, names, range, 'zh-HK');
  let tables = '';
  for await (const piece of jsonText(facts, {})) tables += piece;
  return { statement: await makeStatement(folded, range), csv: await canonicalOf(folded, range), tables, workbook: workbook(facts, 'both') };
};

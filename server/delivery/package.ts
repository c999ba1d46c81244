/** What is delivered of a closed version: its workbook, its count statement, and the canonical CSV that the statement names, all as of the close. */
import type { Closing } from '../../shared/deliveries.ts';
import type { Catalogue } from '../../shared/report/catalogue.ts';
import type { Statement } from '../../shared/report/statement.ts';
import type { Exporter } from '../exports/exporter.ts';
import type { Receiver } from './receivers.ts';

/** The workbook's chunks are each used again when the next one is asked for. */
export type DeliveryParts = { statement: Statement; csv: string; tables: string; workbook: AsyncIterable<Uint8Array> };

/** Makes it of the journal up to the close and hands it to the receiver. The same close gives the same bytes. Throws the journal's fault, and why it was not taken. */
export const handOver = async (exporter: Exporter, names: Catalogue, closing: Closing, receiver: Receiver, stop: AbortSignal): Promise<void> => {
  const { showcase, day, position } = closing;
  const { head, chunks, end } = await exporter.run('delivery', { showcase, upTo: position, names, range: { from: day, to: day } }, { stop });
  try {
    await receiver(closing, { ...head, workbook: chunks }, stop);
  } finally {
    end();
  }
};

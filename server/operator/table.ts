/** Figures as a text table: columns as wide as their widest cell, numbers to the right, what is unknown as 「—」. */

export type Cells = readonly (string | number | null)[];

const textOf = (cell: string | number | null): string => (cell === null ? '—' : typeof cell === 'number' ? cell.toLocaleString('en-US') : cell);

/** The lines of a table with its head underlined. */
export const tableLines = (head: readonly string[], rows: readonly Cells[]): string[] => {
  const texts = rows.map((r) => r.map(textOf));
  const widths = head.map((h, i) => Math.max(h.length, ...texts.map((r) => r[i]?.length ?? 0)));
  const right = head.map((_, i) => rows.some((r) => typeof r[i] === 'number'));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => (right[i] ? c.padStart(widths[i] as number) : c.padEnd(widths[i] as number)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((w) => '─'.repeat(w)).join('  '), ...texts.map(line)];
};

/**
 * What became of a canonical CSV that is not the one that was made: the same cells in other bytes, as a spreadsheet leaves them when it saves a
 * file again, or another cell, which is named. Only for telling why; whether it is the one is decided by its hash.
 */

export type CsvVerdict = { code: 'csv_not_canonical' | 'csv_differs'; detail: string };

/** UTF-8, or UTF-16 by its mark, as spreadsheets save. */
const decoded = (bytes: Uint8Array): { text: string; encoding: string } => {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes), encoding };
};

/** Records of a CSV in whatever line ends and quotes; a record that is never closed ends with the text. */
const recordsOf = (text: string, separator: string): string[][] => {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const end = (): void => {
    record.push(cell);
    cell = '';
  };
  const endRecord = (): void => {
    end();
    records.push(record);
    record = [];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) end();
    else if (c === '\r' || c === '\n') {
      endRecord();
      if (c === '\r' && text[i + 1] === '\n') i++;
    } else if (c !== '\ufeff') cell += c;
  }
  if (cell !== '' || record.length > 0) endRecord();
  return records;
};

/** A cell without what a spreadsheet changes about its look: `100.0` is `100`, `2026/4/3` is `2026-04-03`. */
const plainCell = (cell: string): string => {
  const [, year, month = '', day = ''] = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(cell) ?? [];
  if (year !== undefined) return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return /^-?\d+(\.\d+)?$/.test(cell) ? String(Number(cell)) : cell;
};
/** Without the empty cells at the ends of rows and the empty rows, which spreadsheets add. */
const plain = (records: readonly string[][]): string[][] =>
  records.map((r) => r.map(plainCell)).flatMap((r) => (r.every((c) => c === '') ? [] : [r.slice(0, r.findLastIndex((c) => c !== '') + 1)]));

const shown = (cell: string | undefined): string => (cell === undefined || cell === '' ? 'nothing' : JSON.stringify(cell));

/** What is different about the bytes, in words. */
const bytesTold = (text: string, encoding: string, separator: string, canonical: string): string => {
  const told = [
    ...(encoding === 'utf-8' ? [] : [`it is ${encoding.toUpperCase()}`]),
    ...(text.startsWith('\ufeff') ? [] : ['it has no byte order mark']),
    ...(/\r\n/.test(text) && !/(?<!\r)\n/.test(text) ? [] : ['its lines do not end in CR LF']),
    ...(separator === ',' ? [] : ['its cells are not separated by commas']),
    ...(text.includes('"') && !canonical.includes('"') ? ['its cells are in quotes'] : []),
  ];
  return told.length === 0 ? 'its cells are written otherwise' : told.join(', ');
};

/** Why `given` is not `canonical`, which it is known not to be. Never throws for what the bytes hold. */
export const csvVerdict = (given: Uint8Array, canonical: string): CsvVerdict => {
  const { text, encoding } = decoded(given);
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const separator = [',', ';', '\t'].find((s) => first.includes(s)) ?? ',';
  const [there, here] = [plain(recordsOf(text, separator)), plain(recordsOf(canonical, ','))];
  let heads: readonly string[] = [];
  for (const [n, want] of here.entries()) {
    if (want[0] === 'day') heads = want;
    const got = there[n];
    const at = `row ${n + 1}${want[0] === 'day' ? '' : ` (${want[0]}${heads[1] === 'point' ? `, ${want[1]}` : ''})`}`;
    if (got === undefined) return { code: 'csv_differs', detail: `${at} is missing in the CSV` };
    for (let i = 0; i < Math.max(want.length, got.length); i++)
      if (want[i] !== got[i])
        return { code: 'csv_differs', detail: `${at}, ${heads[i] ?? `column ${i + 1}`}: the CSV has ${shown(got[i])}, the journal comes to ${shown(want[i])}` };
  }
  if (there.length > here.length) return { code: 'csv_differs', detail: `the CSV has ${there.length} rows, the journal comes to ${here.length}` };
  return {
    code: 'csv_not_canonical',
    detail: `the CSV holds the same cells but not the canonical bytes: ${bytesTold(text, encoding, separator, canonical)}; another program has saved it again`,
  };
};

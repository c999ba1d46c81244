/** Readers that share nothing with the writers: a zip by its central directory and by its local headers, a workbook by its XML, a CSV by RFC 4180. */
import { crc32, inflateRawSync } from 'node:zlib';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export const bytesOf = async (chunks: AsyncIterable<Uint8Array | string>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk));
  return Buffer.concat(all);
};

/** The files of a zip. Throws where crc, sizes or the two directories disagree. */
export const unzip = (bytes: Buffer): Map<string, Buffer> => {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const crc = bytes.readUInt32LE(at + 16);
    const packed = bytes.readUInt32LE(at + 20);
    const size = bytes.readUInt32LE(at + 24);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (bytes.readUInt32LE(local) !== 0x04034b50 || bytes.toString('utf8', local + 30, local + 30 + nameLength) !== name) throw new Error(`local header of ${name}`);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = inflateRawSync(bytes.subarray(start, start + packed));
    if (body.length !== size || crc32(body) !== crc) throw new Error(`content of ${name}`);
    if (bytes.readUInt32LE(start + packed) !== 0x08074b50 || bytes.readUInt32LE(start + packed + 4) !== crc) throw new Error(`descriptor of ${name}`);
    files.set(name, body);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (at !== end) throw new Error('the directory does not end where it says');
  return files;
};

const many = <T>(x: T | T[] | undefined): T[] => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
// biome-ignore lint/suspicious/noExplicitAny: parsed XML
type Xml = any;
const textOf = (x: Xml): string => (x === undefined ? '' : typeof x === 'object' ? String(x['#text'] ?? '') : String(x));

export type ReadCell = { v: string | number | null; t: string | null; style: number /** how the number is shown */; format: string };
export type ReadSheet = { rows: ReadCell[][]; pane: { [name: string]: string } | null; filter: string | null; widths: number[]; xml: string };

/** A workbook's sheets by name. Throws where any part is not well-formed XML. */
export const readBook = (bytes: Buffer): Map<string, ReadSheet> => {
  const files = unzip(bytes);
  for (const [name, body] of files) {
    const valid = XMLValidator.validate(body.toString('utf8'));
    if (valid !== true) throw new Error(`${name}: ${JSON.stringify(valid)}`);
  }
  const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, trimValues: false });
  const part = (name: string): Xml => xml.parse(files.get(name)?.toString('utf8') ?? '');
  const styles = part('xl/styles.xml').styleSheet;
  const formats = new Map<string, string>(many(styles.numFmts?.numFmt).map((f: Xml) => [f['@numFmtId'], f['@formatCode']]));
  const formatOf = many(styles.cellXfs.xf).map((x: Xml) => formats.get(x['@numFmtId']) ?? '');
  const book = new Map<string, ReadSheet>();
  for (const [i, sheet] of many(part('xl/workbook.xml').workbook.sheets.sheet).entries()) {
    const source = files.get(`xl/worksheets/sheet${i + 1}.xml`)?.toString('utf8') ?? '';
    const ws = xml.parse(source).worksheet;
    const cellOf = (c: Xml): ReadCell => {
      const t = c['@t'] ?? null;
      const v =
        t === 'inlineStr'
          ? textOf(c.is.t).replace(/_x([0-9A-Fa-f]{4})_/g, (_m, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
          : c.v === undefined
            ? null
            : Number(textOf(c.v));
      const style = Number(c['@s'] ?? 0);
      return { v, t, style, format: formatOf[style] ?? '' };
    };
    const pane = ws.sheetViews?.sheetView?.pane;
    book.set((sheet as Xml)['@name'], {
      rows: many(ws.sheetData?.row).map((row: Xml) => many(row.c).map((c: Xml) => (typeof c === 'object' ? cellOf(c) : { v: null, t: null, style: 0, format: '' }))),
      pane: pane ? Object.fromEntries(Object.entries(pane).map(([k, v]) => [k.slice(1), String(v)])) : null,
      filter: ws.autoFilter?.['@ref'] ?? null,
      widths: many(ws.cols?.col).map((c: Xml) => Number(c['@width'])),
      xml: source,
    });
  }
  return book;
};

/** The records of a CSV. */
export const readCsv = (text: string): string[][] => {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/^\ufeff/, '');
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') cell += source[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      record.push(cell);
      cell = '';
    } else if (c === '\r' && source[i + 1] === '\n') {
      record.push(cell);
      records.push(record);
      record = [];
      cell = '';
      i++;
    } else cell += c;
  }
  if (quoted || cell !== '' || record.length > 0) throw new Error('the CSV ends within a record');
  return records;
};

/** A cell as any reader of workbooks should have it: a text, a number, a day with its clock, or nothing. */
export type GridCell = { text: string } | { number: number } | { clock: string } | null;
export type Grid = GridCell[][];

/** Nothing at the end of a row or of a sheet is nothing. */
export const trimmed = (grid: Grid): Grid => {
  const rows = grid.map((row) => row.slice(0, row.findLastIndex((c) => c !== null) + 1));
  return rows.slice(0, rows.findLastIndex((r) => r.length > 0) + 1);
};

/** A number of the spreadsheets' calendar as a wall clock tells it. */
export const clockOf = (serial: number): string => new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1_000).toISOString().slice(0, 19);

/** What the raw reader found, as a grid. */
export const gridOf = ({ rows }: ReadSheet): Grid =>
  trimmed(
    rows.map((row) =>
      row.map(({ v, t, format }) =>
        v === null ? null : typeof v === 'string' ? { text: t === 'inlineStr' ? v : `not a text cell: ${v}` } : /y/.test(format) ? { clock: clockOf(v) } : { number: v },
      ),
    ),
  );

/**
 * The attendance workbook: cover, one sheet a table, method, and on request every raw reading. Streamed: a sheet's rows are deflated while
 * they are made. The same position, range and language give the same bytes.
 */
import type { Cell, Row } from '../../shared/attendance.ts';
import { rfc3339 } from '../../shared/hongkong-time.ts';
import { CODE_NAMES, COLUMN_NAMES, TABLE_NAMES } from '../../shared/report/column-names.ts';
import { type Column, footCheck, type ReportTable, TABLE_KEYS, type TableKey } from '../../shared/report/table.ts';
import { gapSentence, METHOD, publicationLine, REPORT_WORDS } from '../../shared/report-words.ts';
import type { Lang, Text } from '../../shared/words.ts';
import { cleanText } from './csv.ts';
import { type ExportFacts, exportVersion } from './export-facts.ts';
import { RAW_COLUMNS } from './raw-rows.ts';
import { columnName, headCell, leftCount, rowXml, sheetEnd, sheetStart, stylesXml, textCell, typedCell } from './sheet.ts';
import { columnWidth, heightOf, linesOf, noteLines, pagesBeside, printPlan, type SheetFrame, sheetRowsMax } from './sheet-layout.ts';
import { type ZipFile, zip } from './zip.ts';

/** one language, or Chinese and English heads above each other */
export type HeadLang = Lang | 'both';
type Sheet = { name: string; frame: SheetFrame; lastRow: number; content: () => AsyncIterable<string> | Iterable<string> };

const langsOf = (head: HeadLang): readonly Lang[] => (head === 'both' ? ['zh-HK', 'en'] : [head]);
export const bodyLang = (head: HeadLang): Lang => (head === 'both' ? 'zh-HK' : head);
const nameOf = (column: Column): Text => COLUMN_NAMES[column.key] as Text;
const sheetName = (name: Text, head: HeadLang): string =>
  langsOf(head)
    .map((l) => name[l])
    .join(' ')
    .slice(0, 31);

/** What a reader sees of a code. */
export const shownCell = (column: Column, cell: Cell | undefined, lang: Lang): Cell =>
  cell === null || cell === undefined ? null : column.kind === 'code' && typeof cell === 'string' ? (CODE_NAMES[cell]?.[lang] ?? cell) : cell;

const noteOf = (facts: ExportFacts, lang: Lang): string => {
  const coverage = facts.tables.day.totals?.['coverage'];
  return [
    `${facts.asked.names.name[lang]} ${facts.asked.range.from} – ${facts.asked.range.to}`,
    `${REPORT_WORDS.asOf[lang]} ${facts.asOf}`,
    `${REPORT_WORDS.position[lang]} ${facts.position}`,
    `${(COLUMN_NAMES['coverage'] as Text)[lang]} ${typeof coverage === 'number' ? `${coverage.toFixed(1)} %` : '—'}`,
    facts.rule,
    exportVersion,
  ].join(' · ');
};

/** The note over the sheet's whole width; where that goes over several pages, on each of them once, beside the columns that all of them have. */
const noteRow = (note: string, frame: SheetFrame): string => {
  const pages = pagesBeside(frame);
  if (!pages) return rowXml(textCell(note, 'note'));
  const starts = new Set(pages.map(([from]) => from));
  return rowXml(frame.widths.map((_, i) => (starts.has(i) ? textCell(note, 'noteWrapped') : '<c/>')).join(''), heightOf(noteLines(note, frame.widths, pages)));
};

/** Title, note, a blank, and a head row a language. */
const headOf = (title: Text, note: string, columns: readonly Column[], frame: SheetFrame, head: HeadLang): string => {
  const { widths } = frame;
  const langs = langsOf(head);
  const linesIn = (l: Lang): number => Math.max(2, ...columns.map((c, i) => linesOf(nameOf(c)[l], (widths[i] as number) - 2)));
  const heads = langs.map((l) => rowXml(columns.map((c) => headCell(nameOf(c)[l], c.kind)).join(''), heightOf(linesIn(l))));
  return rowXml(textCell(langs.map((l) => title[l]).join(' '), 'title'), 22) + noteRow(note, frame) + rowXml('') + heads.join('');
};

const frameOf = (columns: readonly Column[], head: HeadLang, values: (c: Column) => Iterable<Cell | undefined>): SheetFrame => ({
  widths: columns.map((c) =>
    columnWidth(
      c.kind,
      langsOf(head).map((l) => nameOf(c)[l]),
      values(c),
    ),
  ),
  headRows: 3 + langsOf(head).length,
  // what names a row: a day and what of it, a rank and whose, or the first column alone
  frozenColumns: columns[1]?.kind === 'text' || columns[0]?.kind === 'code' ? 2 : 1,
  landscape: true,
});

/** How high a row must be for its texts, each in its column. */
const rowHeight = (columns: readonly Column[], { widths }: SheetFrame, shown: (c: Column) => Cell): number | undefined => {
  let lines = 1;
  for (const [i, c] of columns.entries()) {
    if (c.kind !== 'text' && c.kind !== 'code') continue;
    const text = shown(c);
    if (typeof text === 'string') lines = Math.max(lines, linesOf(text, (widths[i] as number) - 2));
  }
  return heightOf(lines);
};

const footRows = ({ columns, rows, totals }: ReportTable, lang: Lang): string => {
  if (!totals) return '';
  // its label may reach over the empty cells beside it
  const foot = (label: Text, of: (c: Column) => Cell): string => rowXml(columns.map((c, i) => (i === 0 ? textCell(label[lang], 'bold') : typedCell(c.kind, of(c), true))).join(''));
  return foot(REPORT_WORDS.total, (c) => totals[c.key] ?? null) + foot(REPORT_WORDS.checkRow, (c) => footCheck(c, rows, totals));
};

const tableSheet = (facts: ExportFacts, table: ReportTable, head: HeadLang): Sheet => {
  const lang = bodyLang(head);
  const { columns, rows } = table;
  const frame = frameOf(columns, head, function* (c) {
    for (const r of rows) yield shownCell(c, r[c.key], lang);
    yield table.totals?.[c.key];
    // the foot's label has room, also where its column is repeated on another page
    if (c === columns[0] && c.kind !== 'count' && table.totals) yield REPORT_WORDS.checkRow[lang];
  });
  const note = noteOf(facts, lang) + (table.key === 'zone' ? ` · ${REPORT_WORDS.notAdditive[lang]}` : '');
  return {
    name: sheetName(TABLE_NAMES[table.key], head),
    frame,
    lastRow: frame.headRows + Math.max(1, rows.length),
    content: function* () {
      yield headOf(TABLE_NAMES[table.key], note, columns, frame, head);
      for (const row of rows) {
        const shown = (c: Column): Cell => shownCell(c, row[c.key], lang);
        yield rowXml(columns.map((c) => typedCell(c.kind, shown(c))).join(''), rowHeight(columns, frame, shown));
      }
      yield footRows(table, lang);
      yield sheetEnd(frame, rows.length);
    },
  };
};

/** Label and value under each other, in as many rows as there are; no filter. */
const listSheet = (name: string, lines: readonly (readonly [string, Cell])[], widths: readonly [number, number]): Sheet => {
  const frame: SheetFrame = { widths, headRows: 0, frozenColumns: 0, landscape: false };
  return {
    name,
    frame,
    lastRow: lines.length,
    content: () => [
      ...lines.map(([label, value]) =>
        rowXml(
          textCell(label, 'label') + (value === null ? '<c/>' : typeof value === 'number' ? leftCount(value) : textCell(value, 'wrapped')),
          heightOf(Math.max(linesOf(label, widths[0] - 2), linesOf(String(value ?? ''), widths[1] - 2))),
        ),
      ),
      sheetEnd(frame, 0),
    ],
  };
};

const coverSheet = (facts: ExportFacts, head: HeadLang): Sheet => {
  const lang = bodyLang(head);
  const w = REPORT_WORDS;
  const label = (t: Text): string =>
    langsOf(head)
      .map((l) => t[l])
      .join(' ');
  const { names, range } = facts.asked;
  const windows = facts.asked.fold.of.doors.days.filter((d) => d.day >= range.from && d.day <= range.to);
  const lines: (readonly [string, Cell])[] = [
    [
      label(w.showcase),
      langsOf(head)
        .map((l) => names.name[l])
        .join(' '),
    ],
    [
      label(w.event),
      langsOf(head)
        .map((l) => names.event[l])
        .join(' '),
    ],
    [label(w.range), `${range.from} – ${range.to}`],
    [
      label(w.windows),
      windows
        .map(
          (d) =>
            `${d.day} ${d.windows
              .filter((x) => x.counted)
              .map((x) => `${x.from}–${x.to}`)
              .join(', ')}`,
        )
        .join('; ') || null,
    ],
    [label(COLUMN_NAMES['visits'] as Text), facts.visits],
    [
      label(w.publication),
      facts.published &&
        langsOf(head)
          .map((l) => publicationLine(facts.published?.value ?? 0, facts.published?.about === true)[l])
          .join(' '),
    ],
    [label(w.version), `${facts.status === 'none' ? '—' : CODE_NAMES[facts.status]?.[lang]} v${facts.version}`],
    [label(w.asOf), facts.asOf],
    [label(w.position), facts.position],
    [label(w.rule), `${facts.rule} · ${exportVersion}`],
    [label(w.hash), facts.csvSha256],
    [label(w.journalHash), facts.journalSha256],
    [label(w.prepared), null],
    [label(w.checked), null],
  ];
  return listSheet(sheetName(TABLE_NAMES.cover, head), lines, [30, 76]);
};

const methodSheet = (facts: ExportFacts, head: HeadLang): Sheet => {
  const lang = bodyLang(head);
  const { fold } = facts.asked;
  const devices = new Map(fold.devices.map((d) => [d.id, d.name]));
  const lines: (readonly [string, Cell])[] = METHOD.map(
    (m, i) =>
      [
        String(i + 1),
        langsOf(head)
          .map((l) => m[l])
          .join('\n'),
      ] as const,
  );
  const { gaps } = fold.tally;
  for (const text of gaps.length === 0 ? [REPORT_WORDS.none] : gaps.map(gapSentence)) lines.push([REPORT_WORDS.gaps[lang], text[lang]]);
  for (const e of fold.detail.acts)
    if (e.kind === 'authority.set')
      lines.push([REPORT_WORDS.authorityLog[lang], `${rfc3339(e.fromMs)} ${e.point}: ${e.source}${e.device === null ? '' : ` ${e.device}`} (${e.by}, ${rfc3339(e.receivedMs)})`]);
    else if (e.kind === 'days.set')
      lines.push([
        REPORT_WORDS.windows[lang],
        `${rfc3339(e.receivedMs)} ${e.by}: ${e.days.map((d) => `${d.day} ${d.windows.map((x) => `${x.from}–${x.to} ${x.type}${x.counted ? '' : ' –'}`).join(', ')}`).join('; ')}`,
      ]);
    else if (e.kind === 'vote.set')
      lines.push([
        REPORT_WORDS.voteLog[lang],
        `${rfc3339(e.receivedMs)} ${e.by}: ${e.state}${e.opensMs === null ? '' : `, open ${rfc3339(e.opensMs)}`}${e.closesMs === null ? '' : `, closed ${rfc3339(e.closesMs)}`}`,
      ]);
    else if (e.kind === 'vote.published') lines.push([REPORT_WORDS.voteLog[lang], `${rfc3339(e.receivedMs)} ${e.by}: ${e.on ? 'published' : 'withheld'}`]);
  for (const [id, d] of fold.detail.devices)
    lines.push([REPORT_WORDS.devices[lang], `${d.kind} ${devices.get(id) ?? id} (${id}, ${d.place}): ${rfc3339(d.firstMs)} – ${rfc3339(d.lastMs)}`]);
  return listSheet(sheetName(TABLE_NAMES.method, head), lines, [24, 110]);
};

/** Raw readings in as many sheets as they need. */
async function* rawSheets(rows: AsyncIterator<Row>, facts: ExportFacts, head: HeadLang, rowsMax: number): AsyncGenerator<Sheet> {
  const frame = frameOf(RAW_COLUMNS, head, (c) => (c.key === 'key' ? ['x'.repeat(44)] : c.kind === 'text' ? ['x'.repeat(18)] : []));
  const room = rowsMax - frame.headRows;
  const base = sheetName(TABLE_NAMES.raw, head);
  let next = await rows.next();
  for (let n = 1; n === 1 || !next.done; n++) {
    let held = 0;
    yield {
      name: n === 1 ? base : `${base} ${n}`,
      frame,
      lastRow: rowsMax,
      content: async function* () {
        yield headOf(TABLE_NAMES.raw, noteOf(facts, bodyLang(head)) + (n > 1 ? ` · ${REPORT_WORDS.rows[bodyLang(head)]}` : ''), RAW_COLUMNS, frame, head);
        for (; !next.done && held < room; held++) {
          const row = next.value;
          yield rowXml(RAW_COLUMNS.map((c) => typedCell(c.kind, row[c.key] ?? null)).join(''));
          next = await rows.next();
        }
        yield sheetEnd(frame, held);
      },
    };
  }
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNs = 'http://schemas.openxmlformats.org/package/2006';

const contentTypes = (sheets: readonly Sheet[]): string =>
  `${xmlHead}<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${sheets
    .map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`)
    .join('')}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const workbookXml = (sheets: readonly Sheet[]): string => {
  const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;
  const names = sheets.flatMap(({ name, frame, lastRow }, i) => {
    const { headRows, widths } = frame;
    return headRows === 0
      ? []
      : [
          `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${xmlEscape(quoted(name))}!$A$${headRows}:$${columnName(widths.length - 1)}$${lastRow}</definedName>`,
          `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${xmlEscape(printPlan(frame) ? `${quoted(name)}!$A:$${columnName(frame.frozenColumns - 1)},` : '')}${xmlEscape(quoted(name))}!$4:$${headRows}</definedName>`,
        ];
  });
  const list = sheets.map(({ name }, i) => `<sheet name="${xmlEscape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  return `${xmlHead}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><bookViews><workbookView/></bookViews><sheets>${list}</sheets>${names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : ''}</workbook>`;
};
const xmlEscape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const workbookRels = (sheets: readonly Sheet[]): string =>
  `${xmlHead}<Relationships xmlns="${packageNs}/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`;
const packageRels = `${xmlHead}<Relationships xmlns="${packageNs}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${packageNs}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

/** Made of the newest entry's time, so that the same position gives the same bytes. */
const coreXml = (facts: ExportFacts, lang: Lang): string => {
  const at = `${new Date(facts.asked.fold.tally.asOfMs).toISOString().slice(0, 19)}Z`;
  return `${xmlHead}<cp:coreProperties xmlns:cp="${packageNs}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlEscape(cleanText(facts.asked.names.name[lang]))}</dc:title><dc:language>${lang}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`;
};

/**
 * The workbook's bytes, as they are made, with a sheet for each of `keys`. `raw` are the readings to put in sheets of their own, each of at
 * most `rowsMax` rows with its head.
 */
export const workbook = (
  facts: ExportFacts,
  head: HeadLang,
  raw: AsyncIterable<Row> | null = null,
  rowsMax = sheetRowsMax,
  keys: readonly TableKey[] = TABLE_KEYS,
): AsyncGenerator<Uint8Array> => {
  const fixed = [coverSheet(facts, head), ...keys.map((key) => tableSheet(facts, facts.tables[key], head)), methodSheet(facts, head)];
  const files = async function* (): AsyncGenerator<ZipFile> {
    const sheets: Sheet[] = [];
    const part = (sheet: Sheet): ZipFile => {
      sheets.push(sheet);
      const first = sheets.length === 1;
      return {
        name: `xl/worksheets/sheet${sheets.length}.xml`,
        content: (async function* () {
          yield sheetStart(sheet.frame, first);
          yield* sheet.content();
        })(),
      };
    };
    for (const sheet of fixed) yield part(sheet);
    if (raw) for await (const sheet of rawSheets(raw[Symbol.asyncIterator](), facts, head, rowsMax)) yield part(sheet);
    yield { name: 'xl/styles.xml', content: [stylesXml()] };
    yield { name: 'docProps/core.xml', content: [coreXml(facts, bodyLang(head))] };
    yield { name: 'xl/workbook.xml', content: [workbookXml(sheets)] };
    yield { name: 'xl/_rels/workbook.xml.rels', content: [workbookRels(sheets)] };
    yield { name: '_rels/.rels', content: [packageRels] };
    yield { name: '[Content_Types].xml', content: [contentTypes(sheets)] };
  };
  return zip(files());
};

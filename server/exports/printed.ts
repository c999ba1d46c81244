/**
 * Pieces of printed pages: tables with captions and scopes, bars as SVG beside their table, hours by days with the number in every cell.
 * Plain HTML that needs no script; unknown prints as 「—」. Everything goes through hono's escaping template: nothing of a name or a reason can become markup.
 */
import { html } from 'hono/html';
import type { Cell, Row } from '../../shared/attendance.ts';
import type { Gap } from '../../shared/journal-gaps.ts';
import { CODE_NAMES, COLUMN_NAMES } from '../../shared/report/column-names.ts';
import type { Column, ReportTable } from '../../shared/report/table.ts';
import { gapSentence, REPORT_WORDS } from '../../shared/report-words.ts';
import type { Lang, Text } from '../../shared/words.ts';

export const grouped = (n: number): string => {
  const [whole = '', part] = String(Math.abs(n)).split('.');
  return `${n < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0')}${part === undefined ? '' : `.${part}`}`;
};

export const printed = ({ kind }: Pick<Column, 'kind'>, cell: Cell | undefined, lang: Lang): string => {
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'number')
    return kind === 'percent' ? `${cell < 0 ? '−' : ''}${Math.abs(cell).toFixed(1)}\u00a0%` : kind === 'signed' && cell > 0 ? `+${grouped(cell)}` : grouped(cell);
  if (kind === 'hour' || kind === 'instant') return cell.slice(0, 16).replace('T', '\u00a0');
  return kind === 'code' ? (CODE_NAMES[cell]?.[lang] ?? cell) : cell;
};

export const columnLabel = (key: string, lang: Lang): string => (COLUMN_NAMES[key] as Text)[lang];

const isText = (c: Column): boolean => c.kind === 'text' || c.kind === 'code' || c.kind === 'day';

/** A time of the row's own day needs no date beside it. */
const shortened = (c: Column, row: Row): Cell | undefined => {
  const value = row[c.key];
  const own = row['day'];
  return (c.kind === 'hour' || c.kind === 'instant') && typeof value === 'string' && typeof own === 'string' && value.startsWith(own) ? value.slice(11, 16) : value;
};

/** A change against a published approximate figure is itself only about so much (R17). */
const roughly = (c: Column, row: Row, lang: Lang): string | null => {
  const value = row[c.key];
  if (c.key !== 'change' || row['precision'] !== 'approx' || typeof value !== 'number') return null;
  return `${REPORT_WORDS.about[lang]}\u00a0${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value)}\u00a0%`;
};

/** The chosen columns of a table, its foot under it. */
export const printedTable = (caption: string, table: Pick<ReportTable, 'columns' | 'rows' | 'totals'>, keys: readonly string[], lang: Lang) => {
  const columns = keys.flatMap((k) => table.columns.find((c) => c.key === k) ?? []);
  const cell = (c: Column, i: number, row: Row) => {
    const text = roughly(c, row, lang) ?? printed(c, shortened(c, row), lang);
    return i === 0 ? html`<th scope="row">${text}</th>` : html`<td${isText(c) ? html` class="${c.kind === 'text' ? 'text' : 'text code'}"` : ''}>${text}</td>`;
  };
  const foot = (totals: Row) =>
    html`<tfoot><tr>${columns.map((c, i) => (i === 0 ? html`<th scope="row">${REPORT_WORDS.total[lang]}</th>` : html`<td>${totals[c.key] === null ? '' : printed(c, totals[c.key], lang)}</td>`))}</tr></tfoot>`;
  return html`<table><caption>${caption}</caption>
<thead><tr>${columns.map((c) => html`<th scope="col"${isText(c) ? html` class="text"` : ''}>${columnLabel(c.key, lang)}</th>`)}</tr></thead>
<tbody>${table.rows.map((r) => html`<tr>${columns.map((c, i) => cell(c, i, r))}</tr>`)}</tbody>
${table.totals ? foot(table.totals) : ''}</table>`;
};

/** One solid bar a row, on a ground of `width` units (labels are as large on half a page where that is 320), linear from zero, its number at its end; unknown leaves the ground empty. Its table stands beside it. */
export const bars = (title: string, rows: readonly { label: string; value: number | null }[], width = 640) => {
  const [left, ground] = [120, width - 190];
  const top = rows.reduce((most, r) => Math.max(most, r.value ?? 0), 1);
  const drawn = rows.map(({ label, value }, i) => {
    const long = ((value ?? 0) / top) * ground;
    return html`<text x="0" y="${i * 24 + 16}" class="label">${label}</text><rect x="${left}" y="${i * 24 + 4}" width="${long.toFixed(1)}" height="16" class="bar"></rect><text x="${(left + 8 + long).toFixed(1)}" y="${i * 24 + 16}" class="number">${value === null ? '—' : grouped(value)}</text>`;
  });
  const told = `${title}: ${rows.map((r) => `${r.label} ${r.value === null ? '—' : grouped(r.value)}`).join('; ')}`;
  return html`<svg viewBox="0 0 ${width} ${Math.max(24, rows.length * 24)}" role="img" aria-label="${told}">${drawn}</svg>`;
};

/** Hours by days: the number in every cell, shading behind it in five steps. */
export const heat = (caption: string, hours: readonly Row[], days: readonly string[], lang: Lang) => {
  const values = new Map(hours.map((r) => [(r['hour'] as string).slice(0, 13), r['visits'] as number | null]));
  const at = (day: string, h: number): number | null => values.get(`${day}T${String(h).padStart(2, '0')}`) ?? null;
  const used = Array.from({ length: 24 }, (_, h) => h).filter((h) => days.some((d) => at(d, h) !== null));
  const top = [...values.values()].reduce<number>((most, v) => Math.max(most, v ?? 0), 1);
  const cell = (n: number | null) => html`<td class="h${n === null || n <= 0 ? 0 : Math.ceil((n / top) * 5)}">${n === null ? '—' : grouped(n)}</td>`;
  return html`<table class="heat"><caption>${caption}</caption><thead><tr><th scope="col">${columnLabel('hour', lang)}</th>${days.map((d) => html`<th scope="col">${d.slice(5)}</th>`)}</tr></thead>
<tbody>${used.map((h) => html`<tr><th scope="row">${String(h).padStart(2, '0')}:00</th>${days.map((d) => cell(at(d, h)))}</tr>`)}</tbody></table>`;
};

/** What repairs gave up of the journal, a sentence each; nothing where there is none. */
export const gapList = (gaps: readonly Gap[], lang: Lang) =>
  gaps.length === 0 ? '' : html`<h2>${REPORT_WORDS.gaps[lang]}</h2><ul>${gaps.map((g) => html`<li>${gapSentence(g)[lang]}</li>`)}</ul>`;

/** Where two people sign. */
export const signatures = (lang: Lang) =>
  html`<div class="sign">${[REPORT_WORDS.prepared, REPORT_WORDS.checked].map((who) => html`<p><b>${who[lang]}</b><span>${REPORT_WORDS.name[lang]}</span><span>${REPORT_WORDS.signature[lang]}</span></p>`)}</div>`;

/** where the pages' fonts are, as one style sheet; a hub without built pages has none */
export const printFontsPath = '/assets/print-fonts.css';

export const PRINT_CSS = `@page{size:A4;margin:14mm 14mm 15mm}
*{box-sizing:border-box}body{font:9.5pt/1.45 "Noto Sans HK Variable","Noto Sans HK","Noto Sans CJK HK",sans-serif;color:#0b1b33;background:#fff;margin:0 auto;max-width:190mm}
@media screen{body{padding:8mm}}
[lang=zh-CN] body{font-family:"Noto Sans SC Variable","Noto Sans SC","Noto Sans CJK SC",sans-serif}
section{break-after:page}section:last-of-type{break-after:auto}
.show{color:#3f5069;margin:0}h1{font:800 22pt/1.3 "Noto Serif HK Variable","Noto Serif HK","Noto Serif CJK HK",serif;margin:3mm 0 1mm}[lang=zh-CN] h1{font-family:"Noto Serif SC Variable","Noto Serif SC","Noto Serif CJK SC",serif}.exact{font-size:12pt;margin:0 0 4mm}h2{font-size:13pt;color:#0b4f8f;break-after:avoid;margin:5mm 0 2mm}
table{border-collapse:collapse;width:100%;font-size:8.3pt;break-inside:auto;margin:0 0 4mm}caption{text-align:left;font-weight:700;padding:0 0 1mm}thead{display:table-header-group}tfoot{display:table-row-group}tr{break-inside:avoid}
th,td{border-bottom:.3mm solid #c3d3e5;padding:.8mm 1.1mm;text-align:right;font-variant-numeric:tabular-nums}th:first-child,td:first-child,.text{text-align:left}tbody th{font-weight:400;white-space:nowrap}thead th{background:#e3ecf8;print-color-adjust:exact;vertical-align:bottom}tfoot th,tfoot td{border-top:.6mm solid #0b1b33;font-weight:700}
.same caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.names tbody th{white-space:normal}.sources{font-size:7.5pt;color:#3f5069;margin:-2mm 0 0}td{white-space:nowrap}td.text{white-space:normal}td.code{white-space:nowrap}thead th{word-break:keep-all}dl+table{margin-top:5mm}svg{width:100%;height:auto;break-inside:avoid}.bar{fill:#0b4f8f;print-color-adjust:exact}.label,.number{font-size:12px;fill:#0b1b33}
.heat td,.heat thead th:not(:first-child){text-align:center}.heat td{print-color-adjust:exact}.h1{background:#eef4fb}.h2{background:#d8e6f4}.h3{background:#bdd4ec}.h4{background:#9dc0e3}.h5{background:#7eabd8}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 8mm}ol,ul{margin:0;padding-left:6mm}li{margin:0 0 1mm}dl{display:grid;grid-template-columns:42mm 1fr;gap:1mm 4mm;margin:0}dt{color:#3f5069}dd{margin:0;overflow-wrap:anywhere}.mono{font-family:monospace;font-size:8pt}
.sign{display:flex;gap:16mm;margin-top:8mm;break-inside:avoid}.sign p{flex:1;margin:0}.sign span{display:block;border-top:.3mm solid #0b1b33;margin-top:11mm;padding-top:1mm;color:#3f5069}
footer{font-size:7.5pt;color:#3f5069;border-top:.3mm solid #c3d3e5;padding-top:1mm;margin-top:3mm;overflow-wrap:anywhere}`;

/**
 * The printable report: four A4 pages of plain HTML that need no script, every chart an SVG with its table beside it. Unknown prints as 「—」.
 * Everything goes through hono's escaping template; nothing of a name or a reason can become markup.
 */
import { html, raw } from 'hono/html';
import { type Attendance, attendanceOf, type Cell, COLUMNS, type Row } from '../../shared/attendance.ts';
import { publication } from '../../shared/counting.ts';
import { COLUMN_NAMES, publicationLine, REPORT_WORDS, TABLE_NAMES } from '../../shared/report-words.ts';
import type { Tally } from '../../shared/tally.ts';
import type { Lang, Text } from '../../shared/words.ts';

export const projectsPrintedMax = 40;

const print = (column: string, cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'number') return column === 'coverage' ? cell.toFixed(1) : String(cell).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return column === 'hour' || column === 'peakHour' ? cell.slice(0, 16).replace('T', ' ') : cell;
};

const name = (column: string, lang: Lang): string => (COLUMN_NAMES[column] as Text)[lang];

const table = (caption: string, columns: readonly string[], rows: readonly Row[], lang: Lang, totals: Row | null = null) => html`<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((c) => html`<th scope="col">${name(c, lang)}</th>`)}</tr></thead>
<tbody>${rows.map((r) => html`<tr>${columns.map((c, i) => (i === 0 ? html`<th scope="row">${print(c, r[c])}</th>` : html`<td>${print(c, r[c])}</td>`))}</tr>`)}</tbody>
${totals ? html`<tfoot><tr><th scope="row">${REPORT_WORDS.total[lang]}</th>${columns.slice(1).map((c) => html`<td>${print(c, totals[c])}</td>`)}</tr></tfoot>` : ''}
</table>`;

/** One solid bar a row, linear from zero, its number at its end; unknown leaves the ground empty. */
const bars = (rows: readonly Row[], key: string, column: string, lang: Lang) => {
  const values = rows.map((r) => r[column] as number | null);
  const top = Math.max(1, ...values.map((v) => v ?? 0));
  const title = `${name(column, lang)}: ${rows.map((r, i) => `${print(key, r[key])} ${print(column, values[i])}`).join('; ')}`;
  const drawn = rows.map((r, i) => {
    const y = i * 26;
    const width = ((values[i] ?? 0) / top) * 420;
    return html`<text x="0" y="${y + 17}" class="label">${print(key, r[key])}</text><rect x="130" y="${y + 4}" width="${width.toFixed(1)}" height="18" class="bar"></rect><text x="${(138 + width).toFixed(1)}" y="${y + 17}" class="number">${print(column, values[i])}</text>`;
  });
  return html`<svg viewBox="0 0 640 ${Math.max(26, rows.length * 26)}" role="img" aria-label="${title}">${drawn}</svg>`;
};

/** Hours by days: the number in every cell, shading behind it in six steps. */
const heat = (hours: readonly Row[], days: readonly string[], lang: Lang) => {
  const at = (day: string, h: number): number | null =>
    (hours.find((r) => (r['hour'] as string).startsWith(`${day}T${String(h).padStart(2, '0')}`))?.['visits'] as number | null | undefined) ?? null;
  const used = Array.from({ length: 24 }, (_, h) => h).filter((h) => days.some((d) => at(d, h) !== null));
  const top = Math.max(1, ...hours.map((r) => (r['visits'] as number | null) ?? 0));
  return html`<table class="heat"><caption>${TABLE_NAMES.hour[lang]}</caption><thead><tr><th scope="col">${name('hour', lang)}</th>${days.map((d) => html`<th scope="col">${d}</th>`)}</tr></thead>
<tbody>${used.map((h) => html`<tr><th scope="row">${String(h).padStart(2, '0')}:00</th>${days.map((d) => html`<td class="h${at(d, h) === null ? 0 : Math.ceil(((at(d, h) as number) / top) * 5)}">${print('visits', at(d, h))}</td>`)}</tr>`)}</tbody></table>`;
};

export type Named = { id: string; name: Text; projects: readonly { id: string; name: Text }[] };

/** The report as a whole HTML document. */
export const report = async (tally: Tally, showcase: Named, lang: Lang, nowMs: number): Promise<string> => {
  const ids = showcase.projects.map((p) => p.id);
  const of = (by: 'day' | 'hour' | 'project'): Attendance => attendanceOf(tally, showcase.id, by, {}, ids, nowMs);
  const days = of('day');
  const names = new Map(showcase.projects.map((p) => [p.id, p.name[lang]]));
  const projects = of('project')
    .rows.slice(0, projectsPrintedMax)
    .map((r) => ({ ...r, project: names.get(r['project'] as string) ?? (r['project'] as string) }));
  const visits = (days.totals['visits'] as number | null | undefined) ?? null;
  const line = visits === null ? '—' : publicationLine(publication(visits).value, publication(visits).about)[lang];
  const foot = `${showcase.name[lang]} · ${REPORT_WORDS.asOf[lang]} ${days.asOf} · ${REPORT_WORDS.position[lang]} ${days.position} · ${days.rule}`;
  const method = [REPORT_WORDS.visitsNotPeople, REPORT_WORDS.occupancy, REPORT_WORDS.authority, REPORT_WORDS.split, REPORT_WORDS.notAdditive, REPORT_WORDS.unknown];
  const page = html`<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${showcase.name[lang]} ${days.from} – ${days.to}</title><link rel="stylesheet" href="/api/v1/report.css"></head>
<body><main>
<section><p class="show">${showcase.name[lang]} · ${days.from} – ${days.to}</p><h1>${line}</h1><p class="exact">${name('visits', lang)} <strong>${print('visits', visits)}</strong></p>
${table(TABLE_NAMES.day[lang], ['day', 'visits', 'entries', 'exits', 'corrections', 'peakHour', 'peakOccupancy', 'coverage', 'status'], days.rows, lang, days.totals)}
${bars(days.rows, 'day', 'visits', lang)}</section>
<section><h2>${TABLE_NAMES.hour[lang]}</h2>${heat(
    of('hour').rows,
    days.rows.map((r) => r['day'] as string),
    lang,
  )}</section>
<section><h2>${TABLE_NAMES.project[lang]}</h2>${table(TABLE_NAMES.project[lang], COLUMNS.project, projects, lang)}</section>
<section><h2>${TABLE_NAMES.method[lang]}</h2><ol>${method.map((m) => html`<li>${m[lang]}</li>`)}</ol>
<h2>${TABLE_NAMES.reconciliation[lang]}</h2>${table(TABLE_NAMES.reconciliation[lang], Object.keys(days.reconciliation), [days.reconciliation], lang)}
<p class="sign"><span>${REPORT_WORDS.prepared[lang]}</span><span>${REPORT_WORDS.checked[lang]}</span></p></section>
</main><footer>${foot}</footer></body></html>`;
  return `<!doctype html>${String(await raw(await page))}`;
};

export const REPORT_CSS = `@page{size:A4;margin:16mm 15mm 18mm}
body{font:10pt/1.5 "Noto Sans HK","Noto Sans CJK HK","Noto Sans SC",sans-serif;color:#0b1b33;background:#fff;margin:0 auto;max-width:190mm;padding:8mm}
[lang=zh-CN] body{font-family:"Noto Sans SC","Noto Sans CJK SC",sans-serif}
section{break-after:page}section:last-of-type{break-after:auto}
.show{color:#3f5069;margin:0}h1{font:800 24pt/1.3 "Noto Serif HK","Noto Serif CJK HK",serif;margin:4mm 0 1mm}.exact{font-size:12pt;margin:0 0 5mm}h2{font-size:13pt;color:#0b4f8f;break-after:avoid;margin:6mm 0 2mm}
table{border-collapse:collapse;width:100%;font-size:9pt;break-inside:auto;margin:0 0 5mm}caption{text-align:left;font-weight:700;padding:0 0 1mm}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border-bottom:.3mm solid #c3d3e5;padding:1mm 1.4mm;text-align:right;font-variant-numeric:tabular-nums}th:first-child,td:first-child{text-align:left}thead th{background:#e3ecf8;print-color-adjust:exact;vertical-align:bottom}tfoot th,tfoot td{border-top:.6mm solid #0b1b33;font-weight:700}
svg{width:100%;height:auto;break-inside:avoid}.bar{fill:#0b4f8f;print-color-adjust:exact}.label,.number{font-size:13px;fill:#0b1b33}
.heat td{text-align:center;print-color-adjust:exact}.h1{background:#eef4fb}.h2{background:#d8e6f4}.h3{background:#bdd4ec}.h4{background:#9dc0e3}.h5{background:#7eabd8}
.sign{display:flex;gap:20mm;margin-top:14mm}.sign span{flex:1;border-top:.3mm solid #0b1b33;padding-top:1mm}
footer{font-size:8pt;color:#3f5069;border-top:.3mm solid #c3d3e5;padding-top:1mm;margin-top:4mm}`;

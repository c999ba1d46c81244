/**
 * The printable report: four A4 pages of plain HTML, in one language. What doesn't fit a page is cut to a named number of rows; the workbook
 * has them all. Counts of accessibility use under five print as "<5", because the report is passed on.
 */
import { html } from 'hono/html';
import type { Row } from '../../shared/attendance.ts';
import { CODE_NAMES, COLUMN_NAMES, TABLE_NAMES } from '../../shared/report/column-names.ts';
import { METHOD, publicationLine, REPORT_WORDS } from '../../shared/report-words.ts';
import type { Lang, Text } from '../../shared/words.ts';
import type { ExportFacts } from './export-facts.ts';
import { bars, columnLabel, gapList, grouped, heat, printedTable, printFontsPath, signatures } from './printed.ts';

export const projectsPrintedMax = 18;
export const daysPrintedMax = 12;
/** fewer uses of a mode than this are not told apart */
export const smallCellMin = 5;

const numberOf = (row: Row, key: string): number | null => (typeof row[key] === 'number' ? row[key] : null);

const languageRows = (facts: ExportFacts, lang: Lang) => {
  const { range, fold } = facts.asked;
  const langs = new Map<string, number>();
  const modes = new Map<string, number>();
  for (const [day, kiosks] of fold.detail.kiosks) {
    if (day < range.from || day > range.to) continue;
    for (const k of kiosks.values()) {
      for (const [l, n] of k.langs) langs.set(l, (langs.get(l) ?? 0) + n);
      for (const [m, n] of k.modes) modes.set(m, (modes.get(m) ?? 0) + n);
    }
  }
  const named = (['langHk', 'langCn', 'langEn'] as const).map((key, i) => ({ label: columnLabel(key, lang), value: langs.get(['zh-HK', 'zh-CN', 'en'][i] as string) ?? 0 }));
  return { langs: named, modes: [...modes].sort(([a], [b]) => (a < b ? -1 : 1)) };
};

const firstPage = (facts: ExportFacts, lang: Lang) => {
  const { tables, published, visits } = facts;
  const line = published === null ? '—' : publicationLine(published.value, published.about)[lang];
  const shown = { ...tables.day, rows: tables.day.rows.slice(-daysPrintedMax) };
  const earlier = tables.comparison.rows.filter((r) => r['comparison'] === 'show');
  return html`<section><p class="show">${facts.asked.names.name[lang]} · ${facts.asked.range.from} – ${facts.asked.range.to}</p><h1>${line}</h1><p class="exact">${columnLabel('visits', lang)} <strong>${visits === null ? '—' : grouped(visits)}</strong></p>
${printedTable(TABLE_NAMES.day[lang], shown, ['day', 'openHours', 'entries', 'exits', 'corrections', 'visits', 'visitsPerHour', 'peakHour', 'peakOccupancy', 'coverage', 'change', 'status'], lang)}
${bars(
  columnLabel('visits', lang),
  shown.rows.map((r) => ({ label: String(r['day']), value: numberOf(r, 'visits') })),
)}
${earlier.length === 0 ? '' : html`<div class="names">${printedTable(TABLE_NAMES.comparison[lang], { ...tables.comparison, rows: earlier }, ['other', 'value', 'otherValue', 'precision', 'change'], lang)}</div><p class="sources">${columnLabel('from', lang)}: ${[...new Set(earlier.map((r) => String(r['from'])))].join('; ')}</p>`}</section>`;
};

const secondPage = (facts: ExportFacts, lang: Lang) => {
  const days = facts.tables.day.rows.slice(-daysPrintedMax).map((r) => r['day'] as string);
  const shown = { ...facts.tables.day, rows: facts.tables.day.rows.slice(-daysPrintedMax) };
  return html`<section><div class="same"><h2>${TABLE_NAMES.hour[lang]} · ${columnLabel('visits', lang)}</h2>${heat(`${TABLE_NAMES.hour[lang]} · ${columnLabel('visits', lang)}`, facts.tables.hour.rows, days, lang)}
<h2>${columnLabel('peakHour', lang)}</h2>${printedTable(columnLabel('peakHour', lang), shown, ['day', 'peakHour', 'peakHourVisits', 'peakOccupancy', 'peakOccupancyAt', 'dwellMinutes'], lang)}</div></section>`;
};

const thirdPage = (facts: ExportFacts, lang: Lang) => {
  const { tables } = facts;
  // a project that no pack names any more is still told by its id
  const projects = {
    ...tables.project,
    rows: tables.project.rows.slice(0, projectsPrintedMax).map((r) => ({ ...r, projectName: r['projectName'] ?? r['project'] ?? null })),
    totals: null,
  };
  const { langs, modes } = languageRows(facts, lang);
  // series of other packs that nobody opened here say nothing of this show
  const series = tables.series.rows.filter((r) => r['series'] !== null && (r['showcase'] === facts.asked.fold.showcase || Number(r['views'] ?? 0) + Number(r['shown'] ?? 0) > 0));
  const all = langs.reduce((n, l) => n + l.value, 0);
  return html`<section><h2>${TABLE_NAMES.project[lang]}</h2><div class="names same">${printedTable(TABLE_NAMES.project[lang], projects, ['projectName', 'views', 'engagedViews', 'favourites', 'shown', 'scanned', 'votes'], lang)}</div>
${series.length === 0 ? '' : printedTable(TABLE_NAMES.series[lang], { ...tables.series, rows: series, totals: null }, ['seriesName', 'projects', 'views', 'votes', 'shown', 'scanned'], lang)}
<div class="two same"><div><h2>${columnLabel('sessions', lang)}</h2>${bars(columnLabel('sessions', lang), langs, 320)}
<table><caption>${columnLabel('sessions', lang)}</caption><tbody>${langs.map((l) => html`<tr><th scope="row">${l.label}</th><td>${grouped(l.value)}</td><td>${all === 0 ? '—' : `${((l.value / all) * 100).toFixed(1)}\u00a0%`}</td></tr>`)}</tbody></table></div>
<div><h2>${columnLabel('modeUses', lang)}</h2><table><caption>${columnLabel('modeUses', lang)}</caption><tbody>${modes.length === 0 ? html`<tr><th scope="row">—</th></tr>` : modes.map(([m, n]) => html`<tr><th scope="row">${CODE_NAMES[m]?.[lang] ?? m}</th><td>${n < smallCellMin ? `<${smallCellMin}` : grouped(n)}</td></tr>`)}</tbody></table></div></div></section>`;
};

const lastPage = (facts: ExportFacts, lang: Lang) => {
  const { day, totals, columns } = { day: facts.tables.reconciliation.rows, ...facts.tables.reconciliation };
  const byDay = new Map<string, Row>();
  for (const r of day) {
    const sum = byDay.get(r['day'] as string) ?? { day: r['day'] as string };
    for (const c of columns) if (c.foot === 'sum') sum[c.key] = ((sum[c.key] as number | undefined) ?? 0) + ((r[c.key] as number | null) ?? 0);
    byDay.set(r['day'] as string, sum);
  }
  const table = { columns, totals, rows: [...byDay.values()].slice(-daysPrintedMax) };
  const keys = columns.map((c) => c.key).filter((k) => k !== 'point');
  return html`<section><h2>${TABLE_NAMES.method[lang]}</h2><ol>${METHOD.map((m) => html`<li>${m[lang]}</li>`)}</ol>
<div class="same"><h2>${TABLE_NAMES.reconciliation[lang]}</h2>${printedTable(TABLE_NAMES.reconciliation[lang], table, keys, lang)}</div>
${gapList(facts.asked.fold.tally.gaps, lang)}
${signatures(lang)}</section>`;
};

/** The report as a whole HTML document. */
export const report = async (facts: ExportFacts, lang: Lang): Promise<string> => {
  const { names, range } = facts.asked;
  const words = REPORT_WORDS;
  const foot = `${names.name[lang]} · ${words.asOf[lang]} ${facts.asOf.slice(0, 19).replace('T', ' ')} · ${words.position[lang]} ${facts.position} · ${facts.rule} · v${facts.version} · ${(COLUMN_NAMES['status'] as Text)[lang]} ${facts.status === 'none' ? '—' : (CODE_NAMES[facts.status]?.[lang] ?? facts.status)} · CSV ${facts.csvSha256} · ${words.journalHash[lang]} ${facts.journalSha256}`;
  const page = html`<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${names.name[lang]} ${range.from} – ${range.to}</title><link rel="stylesheet" href="${printFontsPath}"><link rel="stylesheet" href="/api/v1/report.css"></head>
<body><main>${firstPage(facts, lang)}${secondPage(facts, lang)}${thirdPage(facts, lang)}${lastPage(facts, lang)}</main><footer>${foot}</footer></body></html>`;
  return `<!doctype html>${String(await page)}`;
};

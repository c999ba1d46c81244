/** An export put together: which days, which tables, in what form; the tables are seen first; then it is made, with progress, and can be broken off. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Row } from '../../shared/attendance.ts';
import { TABLE_NAMES } from '../../shared/report/column-names.ts';
import { type Column, TABLE_KEYS, type TableKey } from '../../shared/report/table.ts';
import type { Ask, Failure } from '../ui/api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { grouped } from '../words/numbers.ts';
import type { Say } from './cells.ts';
import { type DayRange, EXPORT_FORMATS, type ExportAsk, exportPath } from './downloads.ts';
import { PreviewTable, previewRowsMax } from './preview-table.tsx';
import { fetchFile, type Progress, type SavingPlace } from './saving.ts';

type Seen = { of: string; table: TableKey; columns: readonly Column[]; rows: readonly Row[]; rowCount: number };
type Props = { showcase: string; range: DayRange; ask: Ask; place: SavingPlace; say: Say; close(): void };

/** The first rows of the chosen table, asked for as it would be exported. */
const usePreview = (ask: Ask, path: string, table: TableKey): { seen: Seen | null; failed: Failure | null } => {
  const [seen, setSeen] = useState<Seen | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  useEffect(() => {
    let gone = false;
    void ask<{ tables: { [K in TableKey]?: { columns: Column[]; rows: Row[]; rowCount: number } } }>('GET', path).then((answer) => {
      if (gone) return;
      const found = answer.ok ? answer.value.tables[table] : undefined;
      setFailed(answer.ok ? null : answer);
      if (found) setSeen({ of: path, table, ...found });
    });
    return () => {
      gone = true;
    };
  }, [path]);
  return { seen: seen?.of === path ? seen : null, failed };
};

const ProgressLine = ({ progress, say: { w }, stop }: { progress: Progress; say: Say; stop(): void }) => {
  const share = progress.step === 'counting' ? progress.share : null;
  return (
    <div class="progress" role="status">
      <span>
        {progress.step === 'counting' ? w.exports.counting(share === null ? '…' : `${Math.floor(share * 100)}%`) : w.exports.receiving(grouped(Math.ceil(progress.bytes / 1_024)))}
      </span>
      {/* without a value it moves by itself: how much is left is not known */}
      <progress max={1} {...(share !== null && { value: share })} />
      <button type="button" class="btn" onClick={stop}>
        {w.exports.stop}
      </button>
    </div>
  );
};

const save = ({ name, blob }: { name: string; blob: Blob }): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the browser has begun to write it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

export const ExportDialog = ({ showcase, range: given, ask, place, say, close }: Props) => {
  const { w, d, lang } = say;
  const t = w.exports;
  const [range, setRange] = useState(given);
  const [chosen, choose] = useState<Omit<ExportAsk, 'range'>>({ format: 'xlsx', lang, tables: TABLE_KEYS, raw: false });
  const [table, look] = useState<TableKey>('day');
  const [progress, tell] = useState<Progress | null>(null);
  const [ended, end] = useState<Failure | { saved: string } | 'stopped' | null>(null);
  const stopping = useRef<AbortController | null>(null);
  const preview = usePreview(ask, exportPath(showcase, { ...chosen, range, format: 'json', lang, tables: [table], raw: false }, previewRowsMax), table);
  useEffect(() => () => stopping.current?.abort(), []);
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const stop = new AbortController();
    stopping.current = stop;
    end(null);
    const answer = await fetchFile(place, exportPath(showcase, { ...chosen, range }), tell, stop.signal);
    tell(null);
    if (answer?.ok) save(answer.value);
    end(answer === null ? 'stopped' : answer.ok ? { saved: answer.value.name } : answer);
  };
  const toggle = (key: TableKey): void => choose({ ...chosen, tables: TABLE_KEYS.filter((k) => (k === key ? !chosen.tables.includes(k) : chosen.tables.includes(k))) });
  const wrong = range.from !== null && range.to !== null && range.from > range.to;
  const whole = chosen.format === 'statement';
  const rows = preview.seen?.rowCount ?? 0;
  return (
    <Dialog title={t.build} d={d} close={close} wide>
      <form class="export-form" onSubmit={(e) => void make(e)}>
        <div class="row">
          <label>
            <span>{w.range.from}</span>
            <input type="date" value={range.from ?? ''} onInput={(e) => setRange({ ...range, from: e.currentTarget.value || null })} />
          </label>
          <label>
            <span>{w.range.to}</span>
            <input type="date" value={range.to ?? ''} onInput={(e) => setRange({ ...range, to: e.currentTarget.value || null })} />
          </label>
          <label>
            <span>{t.format}</span>
            <select value={chosen.format} onChange={(e) => choose({ ...chosen, format: EXPORT_FORMATS.find((f) => f === e.currentTarget.value) ?? 'xlsx' })}>
              {EXPORT_FORMATS.map((f) => (
                <option key={f} value={f}>
                  {t.formats[f]}
                </option>
              ))}
            </select>
          </label>
          {chosen.format === 'xlsx' && (
            <label>
              <span>{t.language}</span>
              <select value={chosen.lang} onChange={(e) => choose({ ...chosen, lang: e.currentTarget.value as ExportAsk['lang'] })}>
                {(['zh-HK', 'zh-CN', 'en', 'both'] as const).map((l) => (
                  <option key={l} value={l}>
                    {t.languages[l]}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        {!whole && (
          <fieldset class="table-choice">
            <legend>{t.choose}</legend>
            {TABLE_KEYS.map((key) => (
              <span key={key} class={key === table ? 'looked' : ''}>
                <label class="tick">
                  <input type="checkbox" checked={chosen.tables.includes(key)} onChange={() => toggle(key)} />
                  <span>{TABLE_NAMES[key][lang]}</span>
                </label>
                <button type="button" class="btn small" aria-pressed={key === table} aria-label={t.seeTable(TABLE_NAMES[key][lang])} onClick={() => look(key)}>
                  {t.see}
                </button>
              </span>
            ))}
            {chosen.format !== 'json' && (
              <span>
                <label class="tick">
                  <input type="checkbox" checked={chosen.raw} onChange={() => choose({ ...chosen, raw: !chosen.raw })} />
                  <span>{TABLE_NAMES.raw[lang]}</span>
                </label>
              </span>
            )}
          </fieldset>
        )}
        {whole ? (
          <p class="note">{t.statementNote}</p>
        ) : (
          <section class="preview-part" aria-busy={preview.seen === null}>
            <h3>{TABLE_NAMES[table][lang]}</h3>
            <FailureNote failed={preview.failed} d={d} />
            {preview.seen === null && preview.failed === null && <p class="note">{d.loading}</p>}
            {preview.seen !== null && rows === 0 && <p class="note">{w.empty}</p>}
            {preview.seen !== null && rows > 0 && <PreviewTable {...preview.seen} lang={lang} />}
            {rows > previewRowsMax && <p class="note">{t.first(grouped(previewRowsMax), grouped(rows))}</p>}
          </section>
        )}
        {wrong && <p class="fault">{w.range.wrong}</p>}
        <div role="status">
          {ended === 'stopped' && <p class="note">{t.stopped}</p>}
          {ended !== null && typeof ended === 'object' && ('saved' in ended ? <p class="good">{t.saved(ended.saved)}</p> : <FailureNote failed={ended} d={d} />)}
        </div>
        {progress === null ? (
          <button type="submit" class="btn primary" disabled={wrong || (!whole && chosen.tables.length === 0)}>
            {t.make}
          </button>
        ) : (
          <ProgressLine progress={progress} say={say} stop={() => stopping.current?.abort()} />
        )}
      </form>
    </Dialog>
  );
};

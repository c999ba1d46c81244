/**
 * The maintenance screen behind the staff's corner, loaded when it is opened: how this kiosk's records stand, whether it starts without the
 * hub, what went wrong in words; and the records taken off by hand, as a file or as QR codes. It changes nothing.
 */
import { useEffect, useState } from 'preact/hooks';
import { makeId } from '../../shared/ids.ts';
import { outboxFormat, outboxVersion } from '../../shared/outbox-file.ts';
import type { Lang } from '../../shared/words.ts';
import type { KioskLink, LinkState } from '../link/kiosk-link.ts';
import { type MaintenanceWords, maintenanceWords } from '../words/maintenance.ts';
import { grouped } from '../words/numbers.ts';
import type { VisitorWords } from '../words/visitor.ts';
import { Dialog } from './dialog.tsx';
import { type Glass, layoutFor } from './layout.ts';
import { Codes } from './maintenance-codes.tsx';
import { type DeviceFacts, readDevice } from './maintenance-device.ts';
import { fileName, framesOf, packOutbox } from './maintenance-export.ts';
import { GlassSettings } from './maintenance-glass.tsx';
import './maintenance.css';

const refreshMs = 2_000;
/** a blob's address is kept this long for the browser to save it */
const blobKeepMs = 60_000;

type Words = VisitorWords['staff'];
type Carried =
  | { kind: 'none' | 'preparing' | 'failed' | 'nothing' | 'tooMany' }
  | { kind: 'saved'; events: number; name: string }
  | { kind: 'codes'; bytes: Uint8Array; tag: string; of: number };

const sizeText = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)}\u00a0kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)}\u00a0MB` : `${(bytes / 1e9).toFixed(1)}\u00a0GB`;
const timeText = (atMs: number, lang: Lang): string =>
  new Date(atMs).toLocaleString(lang, { timeZone: 'Asia/Hong_Kong', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** What a fault's code says in words; codes of one kind share their words. */
export const faultText = (code: string, w: Words, lang: Lang): string => {
  const kind = code.startsWith('refused_')
    ? w.faultKind.refused
    : code.startsWith('rejected_')
      ? w.faultKind.rejected
      : /^(webgl|gpu|stage|context)/.test(code)
        ? w.faultKind.stage
        : null;
  return w.fault[code] ?? kind ?? maintenanceWords(lang).unknownFault;
};

const offlineText = (offline: DeviceFacts['offline'], w: MaintenanceWords): string => {
  if (offline.kind === 'insecure') return w.insecure;
  if (offline.kind === 'none') return w.noWorker;
  return offline.kind === 'partly' ? w.filesMissing(grouped(offline.missing)) : w.yes;
};

const Facts = ({ state, link, lang, w, device }: { state: LinkState; link: KioskLink; lang: Lang; w: MaintenanceWords; device: DeviceFacts | null }) => {
  const detail = link.detail?.() ?? null;
  const said = (known: boolean | null | undefined): string => (known === null || known === undefined ? w.unknown : known ? w.yes : w.no);
  const at = (ms: number | null | undefined, none: string): string => (ms === null || ms === undefined ? none : timeText(ms, lang));
  const offset = detail?.offsetMs ?? null;
  const rows: [string, string][] = [
    [w.waiting, grouped(state.waiting)],
    [w.oldest, at(state.oldestMs, w.none)],
    [w.tail, grouped(detail?.tail ?? 0)],
    [w.acked, at(detail?.ackedMs, w.unknown)],
    [w.epoch, detail?.epoch?.slice(0, 8) ?? w.unknown],
    [w.clock, offset === null ? w.unmeasured : `${w.seconds((offset / 1_000).toFixed(1))} (${w.measured(at(detail?.measuredMs, w.unknown))})`],
    [w.storage, state.storage === 'durable' ? w.durable : w.memory],
    [w.quota, device?.usedBytes === null || device?.usedBytes === undefined ? w.unknown : w.ofQuota(sizeText(device.usedBytes), sizeText(device.quotaBytes ?? 0))],
    [w.persisted, said(device?.persisted)],
    [w.offline, device ? offlineText(device.offline, w) : w.checking],
  ];
  return (
    <dl class="maintenance-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

type MaintenanceProps = { words: Words; lang: Lang; state: LinkState; link: KioskLink; glass: Glass; onGlass(g: Glass): void; onBack(): void };

export const Maintenance = ({ words, lang, state, link, glass, onGlass, onBack }: MaintenanceProps) => {
  const w = maintenanceWords(lang);
  const [device, setDevice] = useState<DeviceFacts | null>(null);
  const [tail, setTail] = useState(false);
  const [carried, setCarried] = useState<Carried>({ kind: 'none' });
  useEffect(() => {
    let shown = true;
    const read = async (): Promise<void> => {
      const facts = await readDevice();
      if (shown) setDevice(facts);
    };
    void read();
    const timer = setInterval(() => void read(), refreshMs);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, []);

  const carry = async (as: 'file' | 'codes'): Promise<void> => {
    setCarried({ kind: 'preparing' });
    try {
      const detail = link.detail?.();
      const pages = link.kept?.(tail);
      if (!detail?.epoch || !pages) return setCarried({ kind: 'nothing' });
      const madeMs = Math.round(link.nowMs());
      const id = state.device ?? 'unpaired';
      const place = { device: id, showcase: state.showcase ?? 'unknown', zone: state.zone ?? '' };
      const { bytes, events } = await packOutbox(
        { format: outboxFormat, version: outboxVersion, ...place, epoch: detail.epoch, madeMs, offsetMs: Math.round(detail.offsetMs ?? 0) },
        pages,
      );
      if (events === 0) return setCarried({ kind: 'nothing' });
      if (as === 'codes') {
        const of = framesOf(bytes);
        if (of === null) return setCarried({ kind: 'tooMany' });
        return setCarried({ kind: 'codes', bytes, of, tag: makeId((into) => crypto.getRandomValues(into)).slice(0, 8) });
      }
      const name = fileName(id, madeMs);
      save(new Blob([bytes], { type: 'application/gzip' }), name);
      setCarried({ kind: 'saved', events, name });
    } catch {
      setCarried({ kind: 'failed' }); // the storage refused to be read, or holds more than a file may
    }
  };

  if (carried.kind === 'codes')
    return (
      <Dialog label={w.codes} className="staff maintenance codes" onEscape={() => setCarried({ kind: 'none' })}>
        <Codes w={w} {...carried} pxPerMm={layoutFor(window.innerWidth, window.innerHeight, glass).glassPxPerMm} onBack={() => setCarried({ kind: 'none' })} />
      </Dialog>
    );
  const says: string | null = carried.kind === 'none' ? null : carried.kind === 'saved' ? w.saved(grouped(carried.events), carried.name) : w[carried.kind];
  const busy = carried.kind === 'preparing';
  return (
    <Dialog label={w.title} className="staff maintenance" onEscape={onBack}>
      <header class="maintenance-head">
        <h2>{w.title}</h2>
        <button type="button" class="btn" onClick={onBack}>
          {w.back}
        </button>
      </header>
      <div class="maintenance-parts">
        <div>
          <Facts state={state} link={link} lang={lang} w={w} device={device} />
          <h3>{w.faults}</h3>
          <ul class="maintenance-faults">
            {state.faults.length === 0 && <li>{w.noFaults}</li>}
            {state.faults.map((code) => (
              <li key={code}>
                {faultText(code, words, lang)} <code lang="en">{code}</code>
              </li>
            ))}
          </ul>
          <h3>{w.carry}</h3>
          <p class="maintenance-note">{w.carryNote}</p>
          <div class="staff-acts">
            <fieldset class="seg">
              <legend class="unseen">{w.which}</legend>
              <button type="button" aria-pressed={!tail} onClick={() => setTail(false)}>
                {w.onlyWaiting}
              </button>
              <button type="button" aria-pressed={tail} onClick={() => setTail(true)}>
                {w.everything}
              </button>
            </fieldset>
            <button type="button" class="btn to-file" disabled={busy} onClick={() => void carry('file')}>
              {w.file}
            </button>
            <button type="button" class="btn to-codes" disabled={busy} onClick={() => void carry('codes')}>
              {w.codes}
            </button>
          </div>
          {says !== null && <p role="status">{says}</p>}
        </div>
        <GlassSettings w={w.glass} glass={glass} onGlass={onGlass} />
      </div>
    </Dialog>
  );
};

const save = (blob: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), blobKeepMs);
};
